import type { OperationStatus, WorkspacePhase } from '../../prisma/generated/enums.ts';
import { rawSql, type Sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';

/** A gate that is shut, and by what. */
export interface Shut {
  workspaceId: string;
  runId: string;
  operationId: string | null;
  message: string;
}

/** The work that is to be accepted is not safely in its workspace: returned as data, with what it waits for. */
export class GateShut {
  readonly workspaceId: string;
  readonly runId: string;
  readonly operationId: string | null;
  readonly message: string;
  constructor({ workspaceId, runId, operationId, message }: Shut) {
    this.workspaceId = workspaceId;
    this.runId = runId;
    this.operationId = operationId;
    this.message = message;
  }
}

interface Newest { id: string; workspaceId: string; phase: WorkspacePhase; status: OperationStatus; errorMessage: string | null; number: number | null; isRunning: boolean }

/**
 * What keeps from being accepted what a run has asked for on an issue; null where nothing does. The newest operation of that
 * run on the issue's workspace must be a FINALIZE that succeeded. Without a run, a workspace, or operations the gate is open.
 * Asked in the transaction that accepts: a finalize, or another operation of the run, that lands meanwhile makes it read again.
 */
export async function gateOf(tx: Tx, issueId: string, sourceRunId: string | null): Promise<Shut | null> {
  if (sourceRunId === null) return null;
  const [newest] = await tx.$queryRaw<Newest[]>`
    SELECT o.id, o.workspace_id AS "workspaceId", o.phase, o.status, o.error_message AS "errorMessage", r.number, coalesce(r.status = 'RUNNING', false) AS "isRunning"
    FROM issue i JOIN workspace_operation o ON o.workspace_id = i.workspace_id AND o.run_id = ${sourceRunId}::uuid LEFT JOIN run r ON r.id = o.run_id
    WHERE i.id = ${issueId}::uuid ORDER BY o.id DESC LIMIT 1`;
  if (!newest || isFinalized(newest)) return null;
  return { workspaceId: newest.workspaceId, runId: sourceRunId, operationId: newest.id, message: sentence(newest) };
}

function isFinalized({ phase, status }: Pick<Newest, 'phase' | 'status'>): boolean {
  return phase === 'FINALIZE' && status === 'SUCCEEDED';
}

function sentence({ phase, status, errorMessage, number, isRunning }: Newest): string {
  const run = number === null ? 'the run' : `run ${number}`;
  if (phase === 'FINALIZE' && status === 'FAILED') return `the workspace of ${run} could not be finalized: ${errorMessage ?? 'no reason was given'}`;
  if (phase !== 'FINALIZE' && isRunning) return `${run} still works in the workspace`;
  return `the workspace of ${run} is not finalized yet`;
}

/**
 * SQL: the work on the issue under this alias is safely in its workspace, or it has none. By a pointer on the issue: one look at
 * a primary key, and in a folder that a project shares, work on another issue shuts nothing.
 */
export function finalized(alias: string): Sql {
  return rawSql(`NOT EXISTS (SELECT 1 FROM workspace_operation wo WHERE wo.id = ${alias}.last_operation_id AND wo.workspace_id = ${alias}.workspace_id
    AND NOT (wo.phase = 'FINALIZE' AND wo.status = 'SUCCEEDED'))`);
}

/** SQL: the issue under this alias frees what it blocks. */
export function satisfied(alias: string): Sql {
  return rawSql(`(${alias}.status = 'DONE' AND ${finalized(alias).sql})`);
}
