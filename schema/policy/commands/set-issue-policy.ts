import { isId, newId } from '../../../prisma/id.ts';
import type { Issue, IssuePolicy, Prisma } from '../../../prisma/generated/client.ts';
import type { PolicyStageType } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { reportsTo } from '../../agent/org.ts';
import { heldAgainst, issueFor, mustDirect } from '../../issue/commands/access.ts';
import type { IssueHeld } from '../../issue/conflicts.ts';
import { isTerminal } from '../../issue/rules.ts';
import { badInput, notFound, Refusal } from '../../shared/refusal.ts';
import { isSame, LIMIT, type Participant, type Stage } from '../rules.ts';
import { isWaiting, nextOf, NOTHING_WAITS, stagesOf, submit } from './submit.ts';

export interface ParticipantInput {
  agentId?: string | null | undefined;
  userId?: string | null | undefined;
}

export interface SetIssuePolicy {
  issueId: string;
  stages: { type: PolicyStageType; participants: ParticipantInput[] }[];
}

/**
 * Says who must look at an issue before it is done; without stages nobody. Nobody sets the policy of their own work, and no
 * agent one that the board or somebody above it has set. What waits for a decision is submitted to the first stage of the new
 * policy.
 */
export async function setIssuePolicy(tx: Tx, by: Principal, input: SetIssuePolicy): Promise<Issue | IssueHeld> {
  const issue = await issueFor(tx, by, input.issueId);
  const stages = await checkedStages(tx, issue, input.stages);
  const held = await heldAgainst(tx, by, issue);
  if (held) return held;
  const agentId = agentOf(by);
  if (agentId && agentId === issue.assigneeId) throw new Refusal('FORBIDDEN', 'an agent does not say who looks at its own work');
  await mustDirect(tx, by, issue, 'set the policy of');
  if (isTerminal(issue.status)) throw new Refusal('RULE_VIOLATION', 'a finished issue needs no policy');

  const before = await tx.issuePolicy.findUnique({ where: { issueId: issue.id } });
  if (agentId && before && stagesOf(before).length > 0) await mustBeTheirs(tx, agentId, before);
  const written = { stages: stages as unknown as Prisma.InputJsonArray, ...NOTHING_WAITS };
  await tx.issuePolicy.upsert({ where: { issueId: issue.id }, create: { issueId: issue.id, companyId: issue.companyId, ...written }, update: written });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.policySet', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId, details: { stages: stages.map(({ type }) => type) },
  });
  if (before && isWaiting(issue, before)) {
    const executor = before.executorType && before.executorType !== 'SYSTEM' && before.executorId ? { type: before.executorType, id: before.executorId } : null;
    const next = await nextOf(tx, stages, null, executor);
    if (next.kind === 'stage') await submit(tx, by, issue, { stage: next.stage, participant: next.participant, executor });
  }
  return tx.issue.update({ where: { id: issue.id }, data: { updatedAt: new Date() } });
}

/**
 * An agent changes what it or one of its reports has set. Whose the issue is does not tell: who was to be looked at could let go
 * of the work, or hand it to a report, take the policy away, and take the work back.
 */
async function mustBeTheirs(tx: Tx, agentId: string, { companyId, issueId }: IssuePolicy): Promise<void> {
  const set = await tx.activity.findFirst({ where: { companyId, entityId: issueId, action: 'issue.policySet' }, orderBy: [{ txid: 'desc' }, { seq: 'desc' }], select: { actorType: true, actorId: true } });
  if (set?.actorType === 'AGENT' && set.actorId && (await reportsTo(tx, set.actorId, agentId))) return;
  throw new Refusal('FORBIDDEN', 'an agent changes only a policy that it or one of its reports has set');
}

async function checkedStages(tx: Tx, issue: Issue, stages: SetIssuePolicy['stages']): Promise<Stage[]> {
  for (const { participants } of stages) for (const participant of participants) await mustKnow(tx, issue, participant);
  if (stages.length > LIMIT.stages) throw badInput('stages', `at most ${LIMIT.stages} stages`);
  return stages.map(({ type, participants }) => {
    if (participants.length === 0) throw badInput('stages.participants', 'a stage needs somebody to decide it');
    if (participants.length > LIMIT.participants) throw badInput('stages.participants', `at most ${LIMIT.participants} participants`);
    const named = participants.map(participantOf);
    if (named.some((each, i) => named.findIndex((other) => isSame(each, other)) !== i)) throw badInput('stages.participants', 'somebody is there twice');
    return { id: newId(), type, participants: named };
  });
}

/** Agents are of the company; people are on the board of all of them. */
async function mustKnow(tx: Tx, issue: Issue, { agentId, userId }: ParticipantInput): Promise<void> {
  for (const id of [agentId, userId]) if (typeof id === 'string' && !isId(id)) throw badInput('stages.participants', 'holds something that is not an id');
  if (agentId && (await tx.agent.findUnique({ where: { id: agentId }, select: { companyId: true } }))?.companyId !== issue.companyId) throw notFound('agent');
  if (userId && !(await tx.user.findUnique({ where: { id: userId }, select: { id: true } }))) throw notFound('user');
}

function participantOf({ agentId, userId }: ParticipantInput): Participant {
  if (agentId && !userId) return { type: 'AGENT', id: agentId };
  if (userId && !agentId) return { type: 'USER', id: userId };
  throw badInput('stages.participants', 'each names an agent or a person');
}
