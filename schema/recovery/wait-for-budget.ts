import type { Issue, Run } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { type LivenessFacts, livenessOf } from '../issue/liveness-rules.ts';
import { requestOf } from '../policy/commands/submit.ts';
import { enqueueWake } from '../wake/enqueue-wake.ts';
import type { Undecided } from './review.ts';

/**
 * What would follow from the end of a run, where a budget that is used up lets nothing follow: the wish is stored, shut out as it
 * is, and made up for when work goes on there. No try of any cause is used up by it, and nobody is asked to look.
 */
export async function waitForBudget(tx: Tx, issue: Issue, run: Run, facts: LivenessFacts, undecided: Undecided | null): Promise<void> {
  if (undecided) {
    await enqueueWake(tx, SYSTEM, { agentId: run.agentId, issueId: issue.id, ...requestOf(undecided.stage, undecided.executorId) });
    return;
  }
  const isOurs = issue.assigneeId === run.agentId && !run.answersOnly && (issue.status === 'TODO' || issue.status === 'IN_PROGRESS');
  // What the stop itself cancelled is told by the run; what else waits has its own way to go on.
  if (!isOurs || run.status === 'CANCELLED' || livenessOf({ ...facts, budgetStop: null }).state !== 'STALLED') return;
  await enqueueWake(tx, SYSTEM, { agentId: run.agentId, issueId: issue.id, source: 'AUTOMATION', reason: 'issue_continuation_needed', payload: { runNumber: run.number } });
}
