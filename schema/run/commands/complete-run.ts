import type { Run } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf, visible } from '../../access/principal.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText } from '../../shared/text.ts';
import { finishRun, type RunReport } from './finish-run.ts';

export interface CompleteRun {
  /** The run of the token where absent; a board user names it. */
  runId?: string | null | undefined;
  outcome: 'SUCCEEDED' | 'FAILED';
  summary?: string | null | undefined;
  errorCode?: string | null | undefined;
  errorMessage?: string | null | undefined;
  usage?: { inputTokens: bigint; cachedInputTokens?: bigint | null | undefined; outputTokens: bigint } | null | undefined;
  costMicros?: bigint | null | undefined;
  provider?: string | null | undefined;
  model?: string | null | undefined;
}

/** The run is over, or was never asked for: what is true of it now. */
export class RunNotRunning {
  readonly message: string;
  readonly run: Run;
  constructor(run: Run) {
    this.run = run;
    this.message = `the run is ${run.status}`;
  }
}

/** Ends a run whose work is done elsewhere (http). A run with a process of its own ends with that process and not by a word. */
export async function completeRun(tx: Tx, by: Principal, input: CompleteRun): Promise<Run | RunNotRunning> {
  const own = runOf(by);
  const runId = input.runId ?? own;
  if (!runId) throw badInput('runId', 'name the run');
  const run = visible(by, await tx.run.findUnique({ where: { id: runId } }), 'run');
  if (by.kind !== 'user' && by.kind !== 'system' && own !== run.id) throw new Refusal('FORBIDDEN', 'only the run itself or the board completes a run');
  if (run.status !== 'RUNNING') return new RunNotRunning(run);
  if ((run.execution as { kind?: string } | null)?.kind !== 'request') {
    throw new Refusal('RULE_VIOLATION', 'this run ends when its process ends');
  }
  const finished = await finishRun(tx, by, { runId: run.id, leaseToken: null, end: endOf(input), report: reportOf(input) });
  return finished.kind === 'finished' ? finished.run : new RunNotRunning(run);
}

function endOf(input: CompleteRun) {
  const code = optionalText('errorCode', input.errorCode, LIMITS.name) ?? 'REPORTED_FAILURE';
  const message = optionalText('errorMessage', input.errorMessage, 2_000) ?? 'the agent reported a failure';
  return input.outcome === 'SUCCEEDED' ? { kind: 'succeeded' as const } : { kind: 'failed' as const, code, message };
}

/** The largest count or amount taken, as in reportCost: more is a mistake of the reporter. */
const MOST = 9_007_199_254_740_992n;

function amount(field: string, given: bigint | null | undefined): bigint | undefined {
  if (given === null || given === undefined) return undefined;
  if (given < 0n || given > MOST) throw badInput(field, `must be 0 to ${MOST}`);
  return given;
}

function reportOf(input: CompleteRun): RunReport {
  const { usage, costMicros } = input;
  return {
    summary: optionalText('summary', input.summary, 4_000) ?? undefined,
    provider: optionalText('provider', input.provider, LIMITS.name) ?? undefined,
    model: optionalText('model', input.model, LIMITS.name) ?? undefined,
    costMicros: amount('costMicros', costMicros),
    usage: usage ? {
      inputTokens: amount('usage.inputTokens', usage.inputTokens) ?? 0n, cachedInputTokens: amount('usage.cachedInputTokens', usage.cachedInputTokens) ?? 0n, outputTokens: amount('usage.outputTokens', usage.outputTokens) ?? 0n,
    } : undefined,
  };
}
