import { now } from '../../prisma/clock.ts';
import type { Issue, Run } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { isInvokable } from '../agent/rules.ts';
import { judgeEnd } from '../breaker/judge.ts';
import { livenessOfIssue } from '../issue/liveness.ts';
import { type LivenessFacts, livenessOf } from '../issue/liveness-rules.ts';
import { recordRunEvents } from '../run/commands/record-event.ts';
import { enqueueWake, queueRun } from '../wake/enqueue-wake.ts';
import { addWake } from '../wake/payload.ts';
import { openAction, openActionOn } from './actions.ts';
import { park } from './park.ts';
import { ownerSpoke, readProgress } from './progress.ts';
import { askAgain, undecidedBy } from './review.ts';
import {
  type Cause, causeOfFailure, causeOfSilence, type FailureFamily, followUp, type FollowUp, isContinuation, isPark, reasonsOf, streakOf, wasStoppedByHand,
} from './rules.ts';
import { waitForBudget } from './wait-for-budget.ts';

export interface EndOfRun {
  run: Run;
  family?: FailureFamily | undefined;
  /** Not worth trying before: a quota's reset. */
  retryNotBefore?: Date | undefined;
}

/** How far back a streak is looked for: more than any rule allows. */
const HISTORY = 16;

/**
 * What follows from the end of a run, in its own transaction: its progress is judged, and an issue that nothing else moves
 * gets the next try of its cause, or a recovery action once these are used up. A retry is a queued run and holds nothing.
 * Where a breaker trips nothing follows by itself.
 */
export async function followEnd(tx: Tx, end: EndOfRun): Promise<void> {
  const { run, family } = end;
  const issue = run.issueId ? await tx.issue.findUnique({ where: { id: run.issueId } }) : null;
  const facts = issue && (await livenessOfIssue(tx, issue.id));
  const liveness = facts && livenessOf(facts);
  const traces = issue && liveness ? await readProgress(tx, run, { status: issue.status, state: liveness.state }) : null;
  const progress = traces?.progress ?? (run.status === 'SUCCEEDED' ? null : 'FAILED');
  if (progress) await tx.run.update({ where: { id: run.id }, data: { progress } });

  const failed = run.status === 'FAILED' || run.status === 'TIMED_OUT';
  const cause = failed || run.status !== 'SUCCEEDED' ? causeOfFailure({ ...run, family }) : traces && causeOfSilence(traces.progress, traces.comments > 0);
  const mustPause = failed && isPermanent(cause as Cause);
  const isTripped = await judgeEnd(tx, { ...run, progress }, mustPause);
  await goOn(tx, end, { issue, facts, progress, cause, mustPause: mustPause || (isTripped && failed) });
}

interface Ended {
  issue: Issue | null;
  facts: LivenessFacts | null;
  progress: Run['progress'];
  cause: Cause | null;
  /** The agent is paused for how this run failed. */
  mustPause: boolean;
}

/** What comes next for the issue of a run that is over. */
async function goOn(tx: Tx, { run, family, retryNotBefore }: EndOfRun, { issue, facts, progress, cause, mustPause }: Ended): Promise<void> {
  const liveness = facts && livenessOf(facts);
  const undecided = issue && (await undecidedBy(tx, issue, run));
  if (issue && facts && liveness?.state === 'BUDGET_STOPPED' && !mustPause) {
    await waitForBudget(tx, issue, run, facts, undecided);
    return;
  }
  if (issue && undecided) {
    await askAgain(tx, { issue, run, undecided, family, evidence: whatWasSeen(run) });
    return;
  }
  if (!issue || !facts || !liveness || !cause || issue.assigneeId !== run.agentId || run.answersOnly) return;
  const isOurs = issue.status === 'TODO' || issue.status === 'IN_PROGRESS';
  if (mustPause && isOurs) {
    await openAction(tx, { issue, cause: isPermanent(cause) ? cause : 'adapter_failed', runId: run.id, evidence: whatWasSeen(run) });
    return;
  }
  if ((isOurs || issue.status === 'IN_REVIEW') && (await settleContinuation(tx, issue, run, facts))) return;
  if (!isOurs || liveness.state !== 'STALLED' || (await openActionOn(tx, issue.id))) return;
  // Stopped because something else was decided: the sweep looks whether that left it without a next step.
  if (run.status === 'CANCELLED' && !wasStoppedByHand(run)) return;
  const streak = streakOf(await historyOf(tx, run, progress));
  const waitMs = retryNotBefore ? retryNotBefore.getTime() - now().getTime() : null;
  const speaks = cause === 'no_disposition' && (await ownerSpoke(tx, run));
  await carryOut(tx, issue, run, followUp({ cause, streak, waitMs: waitMs !== null && waitMs > 0 ? waitMs : null, ownerSpoke: speaks }));
}

/** A continuation that left the work waiting for others' is not tried again: it is blocked by them, or somebody is to look. */
async function settleContinuation(tx: Tx, issue: Issue, run: Run, facts: LivenessFacts): Promise<boolean> {
  const isLookedAfter = facts.interactionId !== null || facts.approvalId !== null || facts.monitorAt !== null || facts.reviewerName !== null || facts.holdIssueId !== null || facts.queuedRunId !== null || facts.deferred;
  const reasons = reasonsOf(run);
  if (isPark({ ...facts, status: run.status, reasons, isLookedAfter })) {
    await park(tx, issue);
    return true;
  }
  if (issue.status !== 'IN_REVIEW' || run.status !== 'SUCCEEDED' || isLookedAfter || !isContinuation({ reasons })) return false;
  await openAction(tx, { issue, cause: 'in_review_without_action_path', runId: run.id, evidence: whatWasSeen(run) });
  return true;
}

const isPermanent = (cause: Cause) => cause === 'permanent_auth' || cause === 'unknown_adapter';

/** The runs of this agent on this issue, the ended one first. */
export async function historyOf(tx: Tx, run: Pick<Run, 'agentId' | 'issueId'> & { id?: string }, progress?: Run['progress']) {
  const past = await tx.run.findMany({
    where: { issueId: run.issueId, agentId: run.agentId, finishedAt: { not: null }, startedAt: { not: null } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: HISTORY,
    select: { id: true, status: true, errorCode: true, progress: true, reason: true, context: true, cancelReason: true },
  });
  return past.map((each) => ({ ...each, ...(each.id === run.id && progress !== undefined ? { progress } : {}), reasons: reasonsOf(each) }));
}

/** Does what the table says about an issue: another run, or an action for somebody. */
export async function carryOut(tx: Tx, issue: Issue, run: Run | null, next: FollowUp): Promise<void> {
  if (next.kind === 'retry') {
    const queued = await retry(tx, issue, run, next);
    if (queued) return;
  }
  if (next.kind === 'act' && next.block && issue.status === 'TODO') await markBlocked(tx, issue);
  await openAction(tx, { issue, cause: next.cause, runId: run?.id ?? null, evidence: run ? whatWasSeen(run) : {} });
}

/** Queues the next try; false where a gate is shut, so that somebody has to look. */
async function retry(tx: Tx, issue: Issue, run: Run | null, next: Extract<FollowUp, { kind: 'retry' }>): Promise<boolean> {
  const agentId = issue.assigneeId as string;
  const payload = { cause: next.cause, attempt: next.attempt, ...(run ? { runNumber: run.number } : {}) };
  const lineage = { retryOfId: run?.id ?? null, retryAttempt: next.attempt };
  if (next.delayMs > 0) {
    const agent = await tx.agent.findUniqueOrThrow({ where: { id: agentId }, select: { id: true, companyId: true, adapterType: true, status: true } });
    if (!isInvokable(agent.status)) return false;
    const availableAt = new Date(now().getTime() + next.delayMs);
    const wake = { source: 'AUTOMATION' as const, reason: next.reason, payload };
    const id = await queueRun(tx, agent, { issueId: issue.id, ...wake }, addWake({}, wake), { status: 'SCHEDULED_RETRY', availableAt, ...lineage });
    await recordRunEvents(tx, id, [{ kind: 'retry_scheduled', message: `Try ${next.attempt} after ${next.cause}.`, data: { availableAt, retryOfId: run?.id } }]);
    return true;
  }
  const wakeup = await enqueueWake(tx, SYSTEM, { agentId, issueId: issue.id, source: 'AUTOMATION', reason: next.reason, payload });
  if (wakeup.status === 'QUEUED' && wakeup.runId) await tx.run.update({ where: { id: wakeup.runId }, data: lineage });
  return wakeup.status !== 'SKIPPED';
}

async function markBlocked(tx: Tx, issue: Issue): Promise<void> {
  await tx.issue.update({ where: { id: issue.id }, data: { status: 'BLOCKED' } });
  await recordActivity(tx, SYSTEM, {
    companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId, details: { changed: ['status'], from: 'TODO', to: 'BLOCKED' },
  });
}

export function whatWasSeen(run: Pick<Run, 'number' | 'status' | 'errorCode' | 'errorMessage' | 'errorRemedy' | 'summary' | 'finishedAt'>): Record<string, unknown> {
  return {
    runNumber: run.number, status: run.status, errorCode: run.errorCode, errorMessage: run.errorMessage, remedy: run.errorRemedy, summary: run.summary, finishedAt: run.finishedAt,
  };
}
