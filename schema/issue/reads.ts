import { type Comment, type Issue, type Label, Prisma } from '../../prisma/generated/client.ts';
import { columns, rawSql, type Sql, sql } from '../../prisma/sql.ts';
import { likeText } from '../agent/reads.ts';
import type { Context } from '../context.ts';
import { holdsWords } from '../search/conditions.ts';
import { batch, batchById } from '../shared/loading.ts';
import { counted, grouped, type Listing } from '../shared/listing.ts';
import { checkedFilter } from '../shared/lookup.ts';
import type { OrderKey } from '../shared/paging.ts';
import { parseIdentifier } from './rules.ts';

type Unlisted = 'description' | 'origin' | 'originId' | 'modelLane' | 'lastOperationId';
/** An issue as lists read it: without the description, which can be 100,000 characters, and what few lists show. */
export type ListedIssue = Omit<Issue, Unlisted> & Partial<Pick<Issue, Unlisted>>;

const { description: _description, origin: _origin, originId: _originId, modelLane: _modelLane, lastOperationId: _lastOperationId, ...listedFields } = Prisma.IssueScalarFieldEnum;
export const issueColumns = columns(Prisma.IssueScalarFieldEnum, 'i');
export const listedIssueColumns = columns(listedFields, 'i');
const labelColumns = columns(Prisma.LabelScalarFieldEnum, 'l');
const commentColumns = columns(Prisma.CommentScalarFieldEnum, 'c');

export const issueById = batchById<Issue>((db, ids) => db.query(sql`SELECT ${issueColumns} FROM issue i WHERE i.id = ANY(${ids}::uuid[])`));
/** For issues that came from a list. */
export const issueDescription = batch<string, string | null>(null, async (db, ids) => {
  const rows = await db.query<{ id: string; description: string | null }>(sql`SELECT i.id, i.description FROM issue i WHERE i.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.description]));
});
export const labelById = batchById<Label>((db, ids) => db.query(sql`SELECT ${labelColumns} FROM label l WHERE l.id = ANY(${ids}::uuid[])`));
export const commentById = batchById<Comment>((db, ids) => db.query(sql`SELECT ${commentColumns} FROM comment c WHERE c.id = ANY(${ids}::uuid[])`));

/** The issue that ACME-12 names; null where there is none. */
export async function issueByIdentifier(ctx: Context, text: string): Promise<Issue | null> {
  const parsed = parseIdentifier(text);
  if (!parsed) return null;
  const rows = await ctx.db.query<Issue>(sql`
    SELECT ${issueColumns} FROM issue i JOIN company c ON c.id = i.company_id WHERE c.prefix = ${parsed.prefix} AND i.number = ${parsed.number}`);
  return rows[0] ?? null;
}

const newest: OrderKey<ListedIssue>[] = [
  { column: 'i.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
  { column: 'i.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
];
const oldest = newest.map((key) => ({ ...key, direction: 'ASC' as const }));

export const issuesOfCompany: Listing<ListedIssue> = { name: 'company.issues', columns: listedIssueColumns, from: sql`issue i`, parent: sql`i.company_id`, order: newest };
export const issuesOfAgent: Listing<ListedIssue> = { ...issuesOfCompany, name: 'agent.issues', parent: sql`i.assignee_id` };
export const issuesOfProject: Listing<ListedIssue> = { ...issuesOfCompany, name: 'project.issues', parent: sql`i.project_id` };
export const issuesOfGoal: Listing<ListedIssue> = { ...issuesOfCompany, name: 'goal.issues', parent: sql`i.goal_id` };
export const childrenOfIssue: Listing<ListedIssue> = { ...issuesOfCompany, name: 'issue.children', parent: sql`i.parent_id`, order: oldest };

export const commentsOfIssue: Listing<Comment> = {
  name: 'issue.comments', columns: commentColumns, from: sql`comment c`, parent: sql`c.issue_id`,
  order: [
    { column: 'c.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'c.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

export const labelsOfCompany: Listing<Label> = {
  name: 'company.labels', columns: labelColumns, from: sql`label l`, parent: sql`l.company_id`,
  order: [
    { column: 'l.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'l.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

const orders = {
  CREATED_AT: { column: 'i.created_at', type: 'timestamptz', of: (row: ListedIssue) => row.createdAt },
  UPDATED_AT: { column: 'i.updated_at', type: 'timestamptz', of: (row: ListedIssue) => row.updatedAt },
  PRIORITY: { column: 'i.priority', type: 'priority', of: (row: ListedIssue) => row.priority },
  NUMBER: { column: 'i.number', type: 'int', of: (row: ListedIssue) => row.number },
} as const;

/** The order asked for, made total by the id: each has an index of its own. */
export function issueOrder(asked: { field: keyof typeof orders; direction: 'ASC' | 'DESC' } | null | undefined): OrderKey<ListedIssue>[] | undefined {
  if (!asked) return undefined;
  return [{ ...orders[asked.field], direction: asked.direction }, { column: 'i.id', type: 'uuid', direction: asked.direction, of: (row) => row.id }];
}

export interface IssueFilter {
  statuses?: string[] | null | undefined;
  priorities?: string[] | null | undefined;
  assigneeId?: string | null | undefined;
  assigneeUserId?: string | null | undefined;
  unassigned?: boolean | null | undefined;
  projectId?: string | null | undefined;
  goalId?: string | null | undefined;
  labelId?: string | null | undefined;
  parentId?: string | null | undefined;
  rootsOnly?: boolean | null | undefined;
  live?: boolean | null | undefined;
  text?: string | null | undefined;
}

export async function issueConditions(ctx: Context, filter: IssueFilter | null | undefined): Promise<Sql[]> {
  if (!filter) return [];
  checkedFilter(filter);
  const is = (column: string, id: string | null | undefined) => (id ? [sql`${rawSql(column)} = ${id}::uuid`] : []);
  return [
    ...(filter.statuses ? [sql`i.status = ANY(${filter.statuses}::issue_status[])`] : []),
    ...(filter.priorities ? [sql`i.priority = ANY(${filter.priorities}::priority[])`] : []),
    ...is('i.assignee_id', filter.assigneeId),
    ...is('i.assignee_user_id', filter.assigneeUserId),
    ...(filter.unassigned ? [sql`i.assignee_id IS NULL AND i.assignee_user_id IS NULL`] : []),
    ...is('i.project_id', filter.projectId),
    ...is('i.goal_id', filter.goalId),
    ...(filter.labelId ? [sql`EXISTS (SELECT 1 FROM issue_label il WHERE il.issue_id = i.id AND il.label_id = ${filter.labelId}::uuid)`] : []),
    ...is('i.parent_id', filter.parentId),
    ...(filter.rootsOnly ? [sql`i.parent_id IS NULL`] : []),
    ...(filter.live ? [sql`EXISTS (SELECT 1 FROM run r WHERE r.issue_id = i.id AND r.status = 'RUNNING')`] : []),
    ...(filter.text?.trim() ? [await textCondition(ctx, filter.text.trim())] : []),
  ];
}

/** By the index of words. A text of signs alone has no words: it is sought as it stands. */
async function textCondition(ctx: Context, text: string): Promise<Sql> {
  const like = `%${likeText(text)}%`;
  return (await holdsWords(ctx, text)) ?? sql`(i.title ILIKE ${like} OR i.description ILIKE ${like})`;
}

export const commentCount = counted((ids) => sql`SELECT c.issue_id AS id, count(*)::int AS count FROM comment c WHERE c.issue_id = ANY(${ids}::uuid[]) GROUP BY c.issue_id`);

/** What is shown of a label: pages carry many, and half of their columns nobody can ask for. */
export type ShownLabel = Pick<Label, 'id' | 'name' | 'color'>;

export const labelsOfIssue = grouped<ShownLabel>((ids) => sql`
  SELECT il.issue_id AS "__parent", l.id, l.name, l.color FROM issue_label il JOIN label l ON l.id = il.label_id WHERE il.issue_id = ANY(${ids}::uuid[]) ORDER BY l.name`);

export const blockersOfIssue = grouped<ListedIssue>((ids) => sql`
  SELECT b.issue_id AS "__parent", ${listedIssueColumns} FROM issue_blocker b JOIN issue i ON i.id = b.blocker_id WHERE b.issue_id = ANY(${ids}::uuid[]) ORDER BY i.number`);

export const blockedByIssue = grouped<ListedIssue>((ids) => sql`
  SELECT b.blocker_id AS "__parent", ${listedIssueColumns} FROM issue_blocker b JOIN issue i ON i.id = b.issue_id WHERE b.blocker_id = ANY(${ids}::uuid[]) ORDER BY i.number LIMIT 1000`);

export type StatusCounts = Partial<Record<Issue['status'], number>>;

/** Issues by status under each parent of a column: children of an issue, issues of a project or company. */
export function statusCounts(parent: Sql, conditions: Sql = sql`true`) {
  return batch<string, StatusCounts>({}, async (db, ids) => {
    const rows = await db.query<{ id: string; status: Issue['status']; count: number }>(sql`
      SELECT ${parent} AS id, i.status, count(*)::int AS count FROM issue i WHERE ${parent} = ANY(${ids}::uuid[]) AND ${conditions} GROUP BY 1, 2`);
    const found = new Map<string, StatusCounts>();
    for (const { id, status, count } of rows) found.set(id, { ...found.get(id), [status]: count });
    return found;
  });
}

export const childStatusCounts = statusCounts(sql`i.parent_id`);
export const projectStatusCounts = statusCounts(sql`i.project_id`);
