import { newId } from '../../../prisma/id.ts';
import type { Issue, IssuePolicy } from '../../../prisma/generated/client.ts';
import type { PolicyOutcome } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { issueFor } from '../../issue/commands/access.ts';
import { insertComment } from '../../issue/commands/add-comment.ts';
import { afterMove } from '../../issue/commands/after-move.ts';
import { stampsOf } from '../../issue/rules.ts';
import { mustWriteDeliverables } from '../../recovery/lane.ts';
import { Refusal } from '../../shared/refusal.ts';
import { clip, LIMITS, requiredText } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { now } from '../../../prisma/clock.ts';
import { isSame, type Participant, type Stage } from '../rules.ts';
import { isWaiting, nextOf, NOTHING_WAITS, stagesOf, submit } from './submit.ts';

/** Characters of what a reviewer says that the wake carries inline. */
const INLINE_MAX = 4_000;

export interface DecidePolicyStage {
  issueId: string;
  outcome: PolicyOutcome;
  comment: string;
}

/**
 * The participant of the stage that waits decides it, with a word why. Approved work goes on to the next stage, and is done
 * after the last; where changes are wanted it goes back to who did it.
 */
export async function decidePolicyStage(tx: Tx, by: Principal, input: DecidePolicyStage): Promise<Issue> {
  const issue = await issueFor(tx, by, input.issueId);
  const body = requiredText('comment', input.comment, LIMITS.body);
  const policy = await tx.issuePolicy.findUnique({ where: { issueId: issue.id } });
  const stage = policy && isWaiting(issue, policy) ? stagesOf(policy).find(({ id }) => id === policy.stageId) : undefined;
  if (!policy || !stage) throw new Refusal('RULE_VIOLATION', 'nothing on it waits for a decision');
  mustTakePart(by, policy);
  await mustWriteDeliverables(tx, by);

  const { actorType, actorId } = actorOf(by);
  await tx.policyDecision.create({
    data: { id: newId(), companyId: issue.companyId, issueId: issue.id, stageId: stage.id, stageType: stage.type, outcome: input.outcome, body, actorType, actorId, runId: runOf(by) },
  });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.stageDecided', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId,
    details: { stageId: stage.id, stageType: stage.type, outcome: input.outcome },
  });
  const comment = await insertComment(tx, by, issue, body);
  return input.outcome === 'APPROVED' ? goOn(tx, by, issue, policy, stage) : sendBack(tx, by, issue, policy, { stage, commentId: comment.id, body });
}

function mustTakePart(by: Principal, { participantType, participantId }: IssuePolicy): void {
  const { actorType, actorId } = actorOf(by);
  if (actorType === participantType && actorId === participantId) return;
  throw new Refusal('RULE_VIOLATION', 'only the participant of the stage decides it', { details: { participantType, participantId } });
}

async function goOn(tx: Tx, by: Principal, issue: Issue, policy: IssuePolicy, stage: Stage): Promise<Issue> {
  const executor = executorOf(policy);
  const next = await nextOf(tx, stagesOf(policy), stage.id, executor);
  if (next.kind === 'stage') {
    await submit(tx, by, issue, { stage: next.stage, participant: next.participant, executor });
    return tx.issue.update({ where: { id: issue.id }, data: { updatedAt: new Date() } });
  }
  const done = await move(tx, by, issue, 'DONE', {});
  await afterMove(tx, by, issue, done);
  return done;
}

/** Back to who did the work, also where somebody else was given the issue since. */
async function sendBack(tx: Tx, by: Principal, issue: Issue, policy: IssuePolicy, why: { stage: Stage; commentId: string; body: string }): Promise<Issue> {
  const executor = executorOf(policy);
  const owner = executor ? { assigneeId: executor.type === 'AGENT' ? executor.id : null, assigneeUserId: executor.type === 'USER' ? executor.id : null } : {};
  const back = await move(tx, by, issue, 'IN_PROGRESS', owner);
  if (isSame(executor, back.assigneeId ? { type: 'AGENT', id: back.assigneeId } : null)) {
    await enqueueWake(tx, by, {
      agentId: back.assigneeId as string, issueId: issue.id, source: 'AUTOMATION', reason: 'execution_changes_requested',
      payload: { commentId: why.commentId, body: clip(why.body, INLINE_MAX), policy: { stageId: why.stage.id, stageType: why.stage.type } },
    });
  }
  return back;
}

async function move(tx: Tx, by: Principal, issue: Issue, to: 'DONE' | 'IN_PROGRESS', owner: { assigneeId?: string | null; assigneeUserId?: string | null }): Promise<Issue> {
  await tx.issuePolicy.update({ where: { issueId: issue.id }, data: NOTHING_WAITS });
  const moved = await tx.issue.update({ where: { id: issue.id }, data: { status: to, ...owner, ...stampsOf(issue.status, to, now(), issue.startedAt) } });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.updated', entityType: 'issue', entityId: issue.id, agentId: moved.assigneeId, details: { changed: ['status'], from: issue.status, to },
  });
  return moved;
}

function executorOf({ executorType, executorId }: IssuePolicy): Participant | null {
  return executorId && (executorType === 'AGENT' || executorType === 'USER') ? { type: executorType, id: executorId } : null;
}
