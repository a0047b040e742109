import { newId } from '../../../prisma/id.ts';
import { type Issue, Prisma } from '../../../prisma/generated/client.ts';
import type { IssueStatus, Priority } from '../../../prisma/generated/enums.ts';
import { columns } from '../../../prisma/sql.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { mustHaveStrategy } from '../../approval/ceo-gate.ts';
import { openCompanyOf } from '../../company/commands.ts';
import { sequencesOf } from '../../company/rules.ts';
import { noteIssueTexts } from '../../reference/note.ts';
import { joinHolds } from '../../hold/commands/join-holds.ts';
import { once } from '../../shared/idempotency.ts';
import { badInput } from '../../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../../shared/text.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { REQUEST_DEPTH_MAX, requestDepthBelow } from '../rules.ts';
import { mustBeAssignable } from './access.ts';
import { checkedGoal, checkedParent, checkedProject, checkedUser } from './references.ts';
import { replaceBlockers } from './set-blockers.ts';
import { replaceLabels } from './labels.ts';

const wholeRow = columns(Prisma.IssueScalarFieldEnum, 'i');

export interface CreateIssue {
  companyId: string;
  title: string;
  description?: string | null | undefined;
  parentId?: string | null | undefined;
  projectId?: string | null | undefined;
  goalId?: string | null | undefined;
  assigneeId?: string | null | undefined;
  assigneeUserId?: string | null | undefined;
  priority?: Priority | null | undefined;
  status?: IssueStatus | null | undefined;
  labelIds?: string[] | null | undefined;
  blockedByIds?: string[] | null | undefined;
  billingCode?: string | null | undefined;
  /** At least one more than its parent's. */
  requestDepth?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/**
 * Files an issue. Without a status it is TODO when somebody is assigned, else parked in BACKLOG. An agent assigned to work
 * that may start is woken. Project, goal and billing code come from the parent unless given.
 */
export async function createIssue(tx: Tx, by: Principal, input: CreateIssue): Promise<Issue> {
  const { companyId, idempotencyKey, ...fields } = input;
  await openCompanyOf(tx, by, companyId);
  let made: Issue | null = null;
  const id = await once(tx, by, { companyId, operation: 'createIssue', key: idempotencyKey, input: fields }, async () => {
    made = await insertIssue(tx, by, input);
    return made.id;
  });
  // Only what was made earlier is read: a read at the end of the index, where all creators insert, would make them conflict.
  return made ?? tx.issue.findUniqueOrThrow({ where: { id } });
}

async function insertIssue(tx: Tx, by: Principal, input: CreateIssue): Promise<Issue> {
  const { companyId } = input;
  const title = requiredText('title', input.title, LIMITS.title);
  const description = optionalText('description', input.description, LIMITS.description);
  const assigneeId = input.assigneeId ?? null;
  if (assigneeId && input.assigneeUserId) throw badInput('assigneeUserId', 'an issue has one assignee, agent or user');
  const assigneeUserId = await checkedUser(tx, input.assigneeUserId);
  const assigned = Boolean(assigneeId ?? assigneeUserId);
  const status = checkedInitialStatus(input.status ?? (assigned ? 'TODO' : 'BACKLOG'), assigned);
  if (status !== 'BACKLOG') await mustHaveStrategy(tx, by, companyId, 'file issues other than in BACKLOG');
  const parent = await checkedParent(tx, companyId, null, input.parentId);
  const projectId = await checkedProject(tx, companyId, input.projectId ?? parent?.projectId);
  const goalId = await checkedGoal(tx, companyId, input.goalId ?? parent?.goalId);
  if (assigneeId) await mustBeAssignable(tx, by, { companyId, projectId }, assigneeId);

  const id = newId();
  const { actorType, actorId } = actorOf(by);
  const billingCode = optionalText('billingCode', input.billingCode, LIMITS.name) ?? parent?.billingCode ?? null;
  const [made] = await tx.$queryRaw<[Issue]>`
    INSERT INTO issue AS i (id, company_id, number, title, description, status, priority, project_id, goal_id, parent_id, assignee_id, assignee_user_id,
                       request_depth, billing_code, creator_type, creator_id, started_at)
    VALUES (${id}::uuid, ${companyId}::uuid, nextval(${sequencesOf(companyId).issues}::text::regclass), ${title}, ${description}, ${status}::issue_status,
            ${input.priority ?? 'MEDIUM'}::priority, ${projectId}::uuid, ${goalId}::uuid, ${parent?.id ?? null}::uuid, ${assigneeId}::uuid, ${assigneeUserId}::uuid,
            ${requestDepthBelow(parent?.requestDepth ?? null, checkedDepth(input.requestDepth))}, ${billingCode}, ${actorType}::actor_type, ${actorId}::uuid,
            CASE WHEN ${status} = 'IN_PROGRESS' THEN now() END)
    RETURNING ${wholeRow}`;
  if (input.labelIds?.length) await replaceLabels(tx, { id, companyId }, input.labelIds);
  if (input.blockedByIds?.length) await replaceBlockers(tx, { id, companyId }, input.blockedByIds);
  await noteIssueTexts(tx, null, made);
  await joinHolds(tx, id, parent?.id ?? null);
  await recordActivity(tx, by, {
    companyId, action: 'issue.created', entityType: 'issue', entityId: id, agentId: assigneeId, details: { number: made.number, title, status },
  });
  if (assigneeId && (status === 'TODO' || status === 'IN_PROGRESS')) {
    await enqueueWake(tx, by, { agentId: assigneeId, issueId: id, source: 'ASSIGNMENT', reason: 'issue_assigned' });
  }
  return made;
}

function checkedDepth(depth: number | null | undefined): number {
  if (typeof depth === 'number' && (depth < 0 || depth > REQUEST_DEPTH_MAX)) throw badInput('requestDepth', `must be 0 to ${REQUEST_DEPTH_MAX}`);
  return depth ?? 0;
}

function checkedInitialStatus(status: IssueStatus, assigned: boolean): IssueStatus {
  if (status === 'DONE' || status === 'CANCELLED' || status === 'IN_REVIEW') throw badInput('status', 'a new issue is backlog, todo, in progress or blocked');
  if (status === 'IN_PROGRESS' && !assigned) throw badInput('status', 'work in progress needs an assignee');
  return status;
}
