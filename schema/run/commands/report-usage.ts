import { now } from '../../../prisma/clock.ts';
import type { BillingType } from '../../../prisma/generated/client.ts';
import { touch, type Tx } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../access/principal.ts';
import { judgeReport } from '../../breaker/judge.ts';
import { enforceBudgets } from '../../budget/enforce.ts';
import { reasonOf } from '../../budget/open-stop.ts';
import { imputedCost, type Tokens } from '../../cost/prices.ts';
import { worthOf } from '../../cost/rules.ts';
import { requestCancel } from './request-cancel.ts';

export interface ReportUsage {
  runId: string;
  /** The worker's proof that the run is still its own. */
  leaseToken: number;
  /** Of the whole run so far, never of what came since the last report: told twice it counts once. */
  usage: Tokens;
  costMicros?: bigint | undefined;
  provider?: string | undefined;
  biller?: string | undefined;
  billingType?: BillingType | undefined;
  model?: string | undefined;
}

export type UsageReported =
  /** `stop`: why the run is to end, where it is to. */
  | { kind: 'stored'; stop: string | null }
  /** It is over, or another worker has it. */
  | { kind: 'notRunning' };

/**
 * Stores what a running run has used so far, and looks at the budgets over it and at its agent's breakers in the same
 * transaction: a run that uses too much is asked to stop by the report that tells so.
 */
export async function reportUsage(tx: Tx, { runId, leaseToken, usage, ...told }: ReportUsage): Promise<UsageReported> {
  const run = await tx.run.findUnique({ where: { id: runId } });
  if (!run || run.status !== 'RUNNING' || run.leaseToken !== leaseToken) return { kind: 'notRunning' };
  // A worker that reads the output again from its beginning, after a fault, knows less for a moment than was told before.
  const isLess = run.usageAt !== null && totalOf(usage) < totalOf({ inputTokens: run.inputTokens ?? 0n, cachedInputTokens: run.cachedInputTokens ?? 0n, outputTokens: run.outputTokens ?? 0n });
  if (isLess) return { kind: 'stored', stop: run.cancelRequestedAt ? (run.cancelReason ?? 'cancelled') : null };
  const at = now();
  const provider = told.provider ?? run.adapterType;
  const listed = told.model ? await imputedCost(tx, run.companyId, { provider, model: told.model, at, ...usage }) : null;
  // As its event will say at the end.
  const { costMicros, imputedMicros } = worthOf(told.costMicros ?? null, told.billingType ?? 'UNKNOWN', listed);
  const using = await tx.run.update({
    where: { id: run.id },
    data: {
      inputTokens: usage.inputTokens, cachedInputTokens: usage.cachedInputTokens, outputTokens: usage.outputTokens, usageAt: at,
      costMicros, imputedMicros, costReported: told.costMicros !== undefined, provider, biller: told.biller ?? provider, billingType: told.billingType ?? null, model: told.model ?? null,
    },
  });
  touch(tx, `run:${run.id}`);
  const { stop: budgetStop } = await enforceBudgets(tx, { ...run, issueId: run.issueId ?? run.workedIssueId, projectId: null, goalId: null });
  // One that was not ended with the stop, because there were many, ends by its own report. Those that a number of runs let start go on.
  if (budgetStop && budgetStop.metric !== 'RUNS') await requestCancel(tx, SYSTEM, { runId: run.id, reason: reasonOf(budgetStop.message) });
  // One that is being stopped has had its word.
  if (!run.cancelRequestedAt && !budgetStop) await judgeReport(tx, using);
  const { cancelRequestedAt, cancelReason } = await tx.run.findUniqueOrThrow({ where: { id: run.id }, select: { cancelRequestedAt: true, cancelReason: true } });
  return { kind: 'stored', stop: cancelRequestedAt ? (cancelReason ?? 'cancelled') : null };
}

function totalOf({ inputTokens, cachedInputTokens, outputTokens }: Tokens): bigint {
  return inputTokens + cachedInputTokens + outputTokens;
}
