import { now } from '../../prisma/clock.ts';
import type { Issue, Run } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { isInvokable } from '../agent/rules.ts';
import { isWaiting, requestOf, stagesOf } from '../policy/commands/submit.ts';
import type { Stage } from '../policy/rules.ts';
import { recordRunEvents } from '../run/commands/record-event.ts';
import { enqueueWake, queueRun } from '../wake/enqueue-wake.ts';
import { addWake } from '../wake/payload.ts';
import { openAction } from './actions.ts';
import { causeOfFailure, type FailureFamily, followUp, reasonsOf, wasStoppedByHand } from './rules.ts';

/** A stage that waits for the agent of a run that is over. */
export interface Undecided {
  stage: Stage;
  executorId: string | null;
  /** Runs in which it could have decided, the ended one included. */
  tries: number;
}

/** What the agent of an ended run was to decide and did not; null where it was nothing, or where another run of it waits. */
export async function undecidedBy(tx: Tx, issue: Issue, run: Run): Promise<Undecided | null> {
  if (issue.status !== 'IN_REVIEW') return null;
  const policy = await tx.issuePolicy.findUnique({ where: { issueId: issue.id } });
  if (!policy || !isWaiting(issue, policy) || policy.participantType !== 'AGENT' || policy.participantId !== run.agentId) return null;
  const stage = stagesOf(policy).find(({ id }) => id === policy.stageId);
  // Since the last decision: work that comes back after changes is another request. Ids count up with time.
  const decided = await tx.policyDecision.findFirst({ where: { issueId: issue.id }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { id: true } });
  const past = await tx.run.findMany({
    where: { issueId: issue.id, agentId: run.agentId, ...(decided ? { id: { gt: decided.id } } : {}) }, orderBy: { id: 'desc' }, take: 16,
    select: { status: true, finishedAt: true, context: true, reason: true },
  });
  if (!stage || past.some(({ status }) => status === 'QUEUED' || status === 'SCHEDULED_RETRY' || status === 'RUNNING')) return null;
  const { reason } = requestOf(stage, policy.executorId);
  const tries = past.filter((each) => each.finishedAt !== null && reasonsOf(each).includes(reason)).length;
  return { stage, executorId: policy.executorId, tries: Math.max(1, tries) };
}

/**
 * A reviewer whose run ended without a decision is asked again, as often as the table allows for what ended the run; then
 * somebody is to look. Nothing else would move the work: it waits for this agent alone.
 */
export async function askAgain(tx: Tx, { issue, run, undecided, family, evidence }: { issue: Issue; run: Run; undecided: Undecided; family?: FailureFamily | undefined; evidence: Record<string, unknown> }): Promise<void> {
  const { stage, executorId, tries } = undecided;
  const give = (cause: 'review_undecided' | 'stopped_by_hand') => openAction(tx, { issue, cause, runId: run.id, evidence });
  if (wasStoppedByHand(run)) {
    await give('stopped_by_hand');
    return;
  }
  // A run that was stopped for something else, and one that only ended, are no failures of their own: once more.
  const cause = run.status === 'SUCCEEDED' || run.status === 'CANCELLED' ? 'no_disposition' : causeOfFailure({ ...run, family });
  const next = followUp({ cause, streak: tries - 1 });
  if (next.kind === 'act') {
    await give('review_undecided');
    return;
  }
  const request = requestOf(stage, executorId);
  const wake = { ...request, payload: { ...request.payload, cause, attempt: next.attempt, runNumber: run.number } };
  if (next.delayMs === 0) {
    const { status } = await enqueueWake(tx, SYSTEM, { agentId: run.agentId, issueId: issue.id, ...wake });
    if (status === 'SKIPPED') await give('review_undecided');
    return;
  }
  const agent = await tx.agent.findUniqueOrThrow({ where: { id: run.agentId }, select: { id: true, companyId: true, adapterType: true, status: true } });
  if (!isInvokable(agent.status)) {
    await give('review_undecided');
    return;
  }
  const availableAt = new Date(now().getTime() + next.delayMs);
  const id = await queueRun(tx, agent, { issueId: issue.id, ...wake }, addWake({}, wake), { status: 'SCHEDULED_RETRY', availableAt, answersOnly: run.answersOnly, retryOfId: run.id, retryAttempt: next.attempt });
  await recordRunEvents(tx, id, [{ kind: 'retry_scheduled', message: `Try ${next.attempt} after ${cause}.`, data: { availableAt, retryOfId: run.id } }]);
}
