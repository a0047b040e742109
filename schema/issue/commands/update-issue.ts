import { now } from '../../../prisma/clock.ts';
import type { Comment, Issue, Prisma } from '../../../prisma/generated/client.ts';
import type { IssueStatus, ModelLane, Priority } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import { mustHaveStrategy } from '../../approval/ceo-gate.ts';
import { stayingWithin } from '../../budget/leaving.ts';
import { noteIssueTexts } from '../../reference/note.ts';
import { joinHolds } from '../../hold/commands/join-holds.ts';
import { mustNotSkipPlan } from '../../plan/continuation.ts';
import { policyStep, takePolicyStep } from '../../policy/commands/submit.ts';
import { mustWriteDeliverables } from '../../recovery/lane.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { mergePayloads } from '../../wake/payload.ts';
import { withdrawDeferred } from '../../wake/promote.ts';
import { openBlockerIds } from '../blocking.ts';
import { IssueBlocked, type IssueHeld } from '../conflicts.ts';
import { isTerminal, judgeMove, requestDepthBelow, stampsOf } from '../rules.ts';
import { checkedAssignee, heldAgainst, issueFor, mustDirect, mustMoveProject, mustReassign } from './access.ts';
import { insertComment } from './add-comment.ts';
import { afterMove, cancelRunsOn } from './after-move.ts';
import { interruption, stopRunsOn, wakeMentioned, wordsOf } from './follow-comment.ts';
import { replaceLabels } from './labels.ts';
import { checkedGoal, checkedParent, checkedProject, checkedUser } from './references.ts';

export interface UpdateIssue {
  issueId: string;
  title?: string | null | undefined;
  description?: string | null | undefined;
  status?: IssueStatus | null | undefined;
  priority?: Priority | null | undefined;
  assigneeId?: string | null | undefined;
  assigneeUserId?: string | null | undefined;
  parentId?: string | null | undefined;
  projectId?: string | null | undefined;
  goalId?: string | null | undefined;
  labelIds?: string[] | null | undefined;
  billingCode?: string | null | undefined;
  modelLane?: ModelLane | null | undefined;
  comment?: string | null | undefined;
  /** Stop the run that is at work on it; with a comment or a new assignee. */
  interrupt?: boolean | null | undefined;
}

/**
 * Changes what is given, moves the issue by the status table, and does what follows: a reassigned or cancelled issue stops
 * the run that holds it, a new agent is woken, dependents and parent hear of an end. While a run has the issue checked out,
 * others than it, its agent's managers and the board get IssueHeld.
 */
export async function updateIssue(tx: Tx, by: Principal, input: UpdateIssue): Promise<Issue | IssueHeld | IssueBlocked> {
  const before = await issueFor(tx, by, input.issueId);
  const held = await heldAgainst(tx, by, before);
  if (held) return held;

  const owner = await newOwner(tx, before, input);
  const asked = input.status ?? before.status;
  const hasAssignee = Boolean(owner.assigneeId ?? owner.assigneeUserId);
  mustMove(by, before, asked, hasAssignee);
  if (asked === 'IN_PROGRESS' && before.status !== 'IN_PROGRESS') {
    const blockers = await openBlockerIds(tx, before.id);
    if (blockers.length > 0) return new IssueBlocked(before, blockers);
  }

  if (asked === 'DONE' && before.status !== 'DONE') {
    await mustWriteDeliverables(tx, by);
    await mustNotSkipPlan(tx, by, before.id);
  }
  if (asked === 'CANCELLED' && before.status !== 'CANCELLED') await mustDirect(tx, by, before, 'cancel');
  const reassigned = owner.assigneeId !== before.assigneeId || owner.assigneeUserId !== before.assigneeUserId;
  if (reassigned) await mustReassign(tx, by, before, owner, input.projectId === undefined ? before.projectId : input.projectId);
  if (input.projectId !== undefined) await mustMoveProject(tx, by, before, input.projectId);
  await mustOnlyDraft(tx, by, before, { status: asked, assigneeId: owner.assigneeId, reassigned });
  if (input.interrupt && !reassigned && typeof input.comment !== 'string') throw badInput('interrupt', 'goes with a comment or a new assignee');
  const step = await policyStep(tx, by, before, asked, reassigned);
  const status = step?.kind === 'submit' ? 'IN_REVIEW' : asked;
  const data: Prisma.IssueUncheckedUpdateInput = {
    ...(await plainFields(tx, before, input)),
    ...(reassigned ? owner : {}),
    ...(status !== before.status ? { status, ...stampsOf(before.status, status, now(), before.startedAt) } : {}),
    // A lock is for work in progress by its owner: whoever moves it on, or away, ends it.
    ...(before.holderRunId && (status !== 'IN_PROGRESS' || reassigned) ? { holderRunId: null, holderStatus: null } : {}),
  };
  if (input.labelIds) await replaceLabels(tx, before, input.labelIds);
  const isMoved = input.parentId !== undefined || input.projectId !== undefined || input.goalId !== undefined;
  const after = await stayingWithin(tx, by, isMoved ? { companyId: before.companyId, issueId: before.id } : null, () => tx.issue.update({ where: { id: before.id }, data: { ...data, updatedAt: now() } }));
  if (after.parentId !== before.parentId) await joinHolds(tx, after.id, after.parentId);
  await noteIssueTexts(tx, before, after);
  const comment = typeof input.comment !== 'string' ? null : await insertComment(tx, by, after, requiredText('comment', input.comment, LIMITS.body));
  await recordActivity(tx, by, {
    companyId: after.companyId, action: 'issue.updated', entityType: 'issue', entityId: after.id, agentId: after.assigneeId,
    details: {
      changed: [...Object.keys(data).filter((key) => !key.startsWith('holder')), ...(input.labelIds ? ['labels'] : [])],
      ...(status !== before.status ? { from: before.status, to: status } : {}),
    },
  });
  const taken = reassigned && before.assigneeId ? await takeAway(tx, by, after.id, before.assigneeId) : { told: {}, stopped: [] };
  if (input.interrupt && !reassigned) taken.stopped.push(...(await stopRunsOn(tx, by, after.id, 'interrupted')));
  if (step) await takePolicyStep(tx, by, after, step);
  await afterMove(tx, by, before, after);
  await wakeOwner(tx, by, before, after, { reassigned, comment, ...taken });
  return after;
}

/** Before its strategy is approved a CEO sets nobody's work in motion but its own: neither by moving it nor by handing it on. */
async function mustOnlyDraft(tx: Tx, by: Principal, before: Issue, to: { status: IssueStatus; assigneeId: string | null; reassigned: boolean }): Promise<void> {
  if (to.status === 'BACKLOG' || isTerminal(to.status) || to.assigneeId === agentOf(by)) return;
  if (before.status === 'BACKLOG') await mustHaveStrategy(tx, by, before.companyId, 'move issues of others out of BACKLOG');
  else if (to.reassigned && to.assigneeId) await mustHaveStrategy(tx, by, before.companyId, 'hand on work that is not in BACKLOG');
}

/** The former owner's runs and retries end, and what it was still to be told goes to the next one. */
async function takeAway(tx: Tx, by: Principal, issueId: string, agentId: string): Promise<{ told: Prisma.InputJsonObject; stopped: string[] }> {
  const told = await withdrawDeferred(tx, issueId, agentId);
  return { told, stopped: await cancelRunsOn(tx, by, issueId, 'issue reassigned', agentId) };
}

async function plainFields(tx: Tx, before: Issue, input: UpdateIssue): Promise<Prisma.IssueUncheckedUpdateInput> {
  const parent = input.parentId === undefined ? undefined : await checkedParent(tx, before.companyId, before.id, input.parentId);
  return {
    ...(typeof input.title === 'string' ? { title: requiredText('title', input.title, LIMITS.title) } : {}),
    ...(input.description !== undefined ? { description: optionalText('description', input.description, LIMITS.description) } : {}),
    ...(input.priority ? { priority: input.priority } : {}),
    ...(input.modelLane !== undefined ? { modelLane: input.modelLane } : {}),
    ...(input.billingCode !== undefined ? { billingCode: optionalText('billingCode', input.billingCode, LIMITS.name) } : {}),
    ...(parent !== undefined ? { parentId: parent?.id ?? null, requestDepth: requestDepthBelow(parent?.requestDepth ?? null) } : {}),
    ...(input.projectId !== undefined ? { projectId: await checkedProject(tx, before.companyId, input.projectId) } : {}),
    ...(input.goalId !== undefined ? { goalId: await checkedGoal(tx, before.companyId, input.goalId) } : {}),
  };
}

/** Agent or user: naming one takes the issue from the other. */
async function newOwner(tx: Tx, before: Issue, input: UpdateIssue): Promise<{ assigneeId: string | null; assigneeUserId: string | null }> {
  if (input.assigneeId && input.assigneeUserId) throw badInput('assigneeUserId', 'an issue has one assignee, agent or user');
  if (input.assigneeId && input.assigneeId !== before.assigneeId) await checkedAssignee(tx, before.companyId, input.assigneeId);
  const userId = await checkedUser(tx, input.assigneeUserId);
  if (input.assigneeId) return { assigneeId: input.assigneeId, assigneeUserId: null };
  if (userId) return { assigneeId: null, assigneeUserId: userId };
  return {
    assigneeId: input.assigneeId === null ? null : before.assigneeId,
    assigneeUserId: input.assigneeUserId === null ? null : before.assigneeUserId,
  };
}

function mustMove(by: Principal, before: Issue, to: IssueStatus, hasAssignee: boolean): void {
  const agentId = agentOf(by);
  const verdict = judgeMove({ from: before.status, to, hasAssignee, isBoard: agentId === null });
  if (!verdict.allowed) {
    throw new Refusal('RULE_VIOLATION', `cannot move from ${before.status} to ${to}: ${verdict.reason}`, { field: 'status', details: { from: before.status, to } });
  }
  if (to === 'IN_PROGRESS' && !hasAssignee) throw new Refusal('RULE_VIOLATION', 'work in progress needs an assignee', { field: 'assigneeId' });
  if (agentId && to === 'IN_PROGRESS' && before.status !== 'IN_PROGRESS') {
    throw new Refusal('RULE_VIOLATION', 'agents start work by checking it out', { field: 'status' });
  }
}

interface ForOwner { reassigned: boolean; comment: Comment | null; told: Prisma.InputJsonObject; stopped: string[] }

/** One wake for whoever has it now, with all that is new: a changed owner or status, a person's comment, the run that was stopped for it. */
async function wakeOwner(tx: Tx, by: Principal, before: Issue, after: Issue, { reassigned, comment, told, stopped }: ForOwner): Promise<void> {
  const { assigneeId } = after;
  const isOpen = after.status === 'TODO' || after.status === 'IN_PROGRESS';
  const moved = before.status !== after.status && agentOf(by) !== assigneeId;
  const isForOwner = assigneeId !== null && isOpen && (reassigned || moved || stopped.length > 0);
  if (isForOwner) {
    const news = { from: before.status, to: after.status, ...(comment ? wordsOf(comment) : {}), ...interruption(stopped) };
    await enqueueWake(tx, by, {
      agentId: assigneeId, issueId: after.id, source: 'ASSIGNMENT',
      reason: reassigned ? 'issue_assigned' : moved ? 'issue_status_changed' : 'issue_commented', payload: mergePayloads(told, news),
    });
  }
  if (!comment) return;
  const named = await wakeMentioned(tx, by, after, comment, isForOwner ? assigneeId : null);
  const isHeard = isForOwner || named || before.status !== after.status || by.kind !== 'user';
  if (isHeard || !assigneeId || isTerminal(after.status) || after.status === 'BACKLOG') return;
  await enqueueWake(tx, by, { agentId: assigneeId, issueId: after.id, source: 'AUTOMATION', reason: 'issue_commented', payload: wordsOf(comment) });
}
