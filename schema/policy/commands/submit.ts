import type { Issue, IssuePolicy } from '../../../prisma/generated/client.ts';
import type { IssueStatus } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { Refusal } from '../../shared/refusal.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { nextStage, type NextStage, type Participant, type Stage } from '../rules.ts';

export interface Submission {
  stage: Stage;
  participant: Participant;
  executor: Participant | null;
}

/** What the policy of an issue makes of a move: it is submitted to a stage instead, or what was submitted is withdrawn. */
export type PolicyStep = ({ kind: 'submit' } & Submission) | { kind: 'withdraw' };

/**
 * Asked before an issue is moved or given to somebody else; null where its policy has nothing to say. Whoever wants it done, or
 * reviewed, submits it to the first stage. While a stage waits, only its participant moves the issue on, by a decision.
 */
export async function policyStep(tx: Tx, by: Principal, before: Issue, to: IssueStatus, reassigned: boolean): Promise<PolicyStep | null> {
  if (to === before.status && !reassigned) return null;
  const policy = await tx.issuePolicy.findUnique({ where: { issueId: before.id } });
  if (!policy) return null;
  if (isWaiting(before, policy)) {
    if (to === 'CANCELLED') return { kind: 'withdraw' };
    throw new Refusal('RULE_VIOLATION', 'a stage of its policy waits for a decision: its participant decides it, or the policy is changed', {
      field: 'status', details: { stageId: policy.stageId, participantType: policy.participantType, participantId: policy.participantId },
    });
  }
  if (to === before.status || (to !== 'DONE' && to !== 'IN_REVIEW')) return null;
  const executor = executorOf(by, before);
  const next = await nextOf(tx, stagesOf(policy), null, executor);
  return next.kind === 'stage' ? { kind: 'submit', stage: next.stage, participant: next.participant, executor } : null;
}

/** A stage is a matter of work in review: one that was cancelled meanwhile and reopened is submitted anew. */
export function isWaiting(issue: Pick<Issue, 'status'>, policy: Pick<IssuePolicy, 'stageId'> | null): boolean {
  return policy !== null && policy.stageId !== null && issue.status === 'IN_REVIEW';
}

/** Whether a decision on the issue is awaited: nobody checks it out before. */
export async function isAwaited(tx: Tx, issue: Pick<Issue, 'id' | 'status'>): Promise<boolean> {
  return issue.status === 'IN_REVIEW' && isWaiting(issue, await tx.issuePolicy.findUnique({ where: { issueId: issue.id }, select: { stageId: true } }));
}

export function stagesOf({ stages }: Pick<IssuePolicy, 'stages'>): Stage[] {
  return stages as unknown as Stage[];
}

/** Who did the work: whose issue it is, else who says that it is done. */
function executorOf(by: Principal, issue: Issue): Participant | null {
  if (issue.assigneeId) return { type: 'AGENT', id: issue.assigneeId };
  if (issue.assigneeUserId) return { type: 'USER', id: issue.assigneeUserId };
  const { actorType, actorId } = actorOf(by);
  return actorType === 'SYSTEM' || !actorId ? null : { type: actorType, id: actorId };
}

/** The stage after one, where somebody can take it or none is left; else nobody may go on. */
export async function nextOf(tx: Tx, stages: Stage[], afterId: string | null, executor: Participant | null): Promise<Exclude<NextStage, { kind: 'nobody' }>> {
  const ids = stages.flatMap(({ participants }) => participants.flatMap(({ type, id }) => (type === 'AGENT' ? [id] : [])));
  const able = new Set((await tx.agent.findMany({ where: { id: { in: ids }, status: { notIn: ['PAUSED', 'TERMINATED', 'PENDING_APPROVAL'] } }, select: { id: true } })).map(({ id }) => id));
  const next = nextStage(stages, afterId, executor, ({ type, id }) => type === 'USER' || able.has(id));
  if (next.kind === 'nobody') {
    throw new Refusal('RULE_VIOLATION', `nobody can give the ${next.stage.type.toLowerCase()} that its policy asks for: who did the work may not, and the others are paused or gone`, { details: { stageId: next.stage.id } });
  }
  return next;
}

/** Carries the step out, once the issue stands where it leads. */
export async function takePolicyStep(tx: Tx, by: Principal, issue: Issue, step: PolicyStep): Promise<void> {
  if (step.kind === 'submit') return submit(tx, by, issue, step);
  await tx.issuePolicy.update({ where: { issueId: issue.id }, data: NOTHING_WAITS });
}

export const NOTHING_WAITS = { stageId: null, participantType: null, participantId: null };

/** Puts an issue in review before a participant of a stage, who hears of it. */
export async function submit(tx: Tx, by: Principal, issue: Issue, { stage, participant, executor }: Submission): Promise<void> {
  await tx.issuePolicy.update({
    where: { issueId: issue.id },
    data: { stageId: stage.id, participantType: participant.type, participantId: participant.id, executorType: executor?.type ?? null, executorId: executor?.id ?? null },
  });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.submitted', entityType: 'issue', entityId: issue.id, agentId: participant.type === 'AGENT' ? participant.id : null,
    details: { stageId: stage.id, stageType: stage.type, participantType: participant.type, participantId: participant.id },
  });
  if (participant.type === 'AGENT') await enqueueWake(tx, by, { agentId: participant.id, issueId: issue.id, ...requestOf(stage, executor?.id ?? null) });
}

/** What a participant is told of a stage that waits for it. */
export function requestOf({ id, type }: Stage, executorId: string | null) {
  return {
    source: 'AUTOMATION', reason: type === 'REVIEW' ? 'execution_review_requested' : 'execution_approval_requested', payload: { policy: { stageId: id, stageType: type, executorId } },
  } as const;
}
