import type { OperationStatus, WorkspacePhase, WorkspaceStatus } from '../../../graphql/generated/graphql.ts';

interface Facts {
  status: WorkspaceStatus;
  lastOperation?: { phase: WorkspacePhase; status: OperationStatus; run?: { number: number } | null | undefined } | null | undefined;
}

/** Whether what waits for the workspace may go on: accepts, and issues that this one blocks. */
export function gateWords({ lastOperation: last }: Facts): { open: boolean; bad: boolean; text: string } {
  if (!last) return { open: true, bad: false, text: 'open: nothing was done in it' };
  if (last.phase === 'FINALIZE' && last.status === 'SUCCEEDED') return { open: true, bad: false, text: 'open: finalized' };
  if (last.status === 'FAILED') return { open: false, bad: true, text: last.phase === 'FINALIZE' ? 'shut: finalize failed' : 'shut: it could not be prepared' };
  return { open: false, bad: false, text: last.run ? `shut until run ${last.run.number} is finalized` : 'shut until it is finalized' };
}
