import { type Approval, type ApprovalComment, type ApprovalVersion, type Issue, Prisma } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import { issueColumns } from '../issue/reads.ts';
import type { Listing } from '../shared/listing.ts';
import { batch, batchById } from '../shared/loading.ts';

const approvalColumns = columns(Prisma.ApprovalScalarFieldEnum, 'p');
const versionColumns = columns(Prisma.ApprovalVersionScalarFieldEnum, 'v');
const commentColumns = columns(Prisma.ApprovalCommentScalarFieldEnum, 'pc');

export const approvalById = batchById<Approval>((db, ids) => db.query(sql`SELECT ${approvalColumns} FROM approval p WHERE p.id = ANY(${ids}::uuid[])`));
export const approvalCommentById = batchById<ApprovalComment>((db, ids) => db.query(sql`SELECT ${commentColumns} FROM approval_comment pc WHERE pc.id = ANY(${ids}::uuid[])`));

export const approvalVersionById = batchById<ApprovalVersion>((db, ids) => db.query(sql`SELECT ${versionColumns} FROM approval_version v WHERE v.id = ANY(${ids}::uuid[])`));

/** The version before each of these; null for the first that is kept. */
export const versionBefore = batch<string, ApprovalVersion | null>(null, async (db, ids) => {
  const rows = await db.query<ApprovalVersion & { of: string }>(sql`
    SELECT later.id AS "of", ${versionColumns} FROM approval_version later JOIN approval_version v ON v.approval_id = later.approval_id AND v.number = later.number - 1 WHERE later.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map(({ of, ...version }) => [of, version]));
});

/** By which each agent was, or is to be, hired; null where the board hired it directly. */
export const hireOfAgent = batch<string, Approval | null>(null, async (db, ids) => {
  const rows = await db.query<Approval>(sql`
    SELECT DISTINCT ON (p.agent_id) ${approvalColumns} FROM approval p
    WHERE p.agent_id = ANY(${ids}::uuid[]) AND p.type = 'HIRE_AGENT' ORDER BY p.agent_id, p.created_at DESC, p.id DESC`);
  return new Map(rows.map((row) => [row.agentId as string, row]));
});

export const approvalsOfCompany: Listing<Approval> = {
  name: 'company.approvals', columns: approvalColumns, from: sql`approval p`, parent: sql`p.company_id`,
  order: [
    { column: 'p.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
    { column: 'p.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};

export const approvalsOfIssue: Listing<Approval> = { ...approvalsOfCompany, name: 'issue.approvals', from: sql`approval p JOIN approval_issue pi ON pi.approval_id = p.id`, parent: sql`pi.issue_id` };

export const issuesOfApproval: Listing<Issue> = {
  name: 'approval.issues', columns: issueColumns, from: sql`issue i JOIN approval_issue pi ON pi.issue_id = i.id`, parent: sql`pi.approval_id`,
  order: [
    { column: 'i.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'i.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

export const versionsOfApproval: Listing<ApprovalVersion> = {
  name: 'approval.versions', columns: versionColumns, from: sql`approval_version v`, parent: sql`v.approval_id`,
  order: [{ column: 'v.number', type: 'int', direction: 'DESC', of: (row) => row.number }],
};

export const commentsOfApproval: Listing<ApprovalComment> = {
  name: 'approval.comments', columns: commentColumns, from: sql`approval_comment pc`, parent: sql`pc.approval_id`,
  order: [
    { column: 'pc.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'pc.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

export interface ApprovalFilter {
  statuses?: string[] | null | undefined;
  types?: string[] | null | undefined;
}

export function approvalConditions(filter: ApprovalFilter | null | undefined): Sql[] {
  return [
    ...(filter?.statuses ? [sql`p.status = ANY(${filter.statuses}::approval_status[])`] : []),
    ...(filter?.types ? [sql`p.type = ANY(${filter.types}::approval_type[])`] : []),
  ];
}
