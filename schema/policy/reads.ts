import { type IssuePolicy, type PolicyDecision, Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { batch } from '../shared/loading.ts';

export const policyOfIssue = batch<string, IssuePolicy | null>(null, async (db, ids) => {
  const rows = await db.query<IssuePolicy>(sql`SELECT ${columns(Prisma.IssuePolicyScalarFieldEnum, 'p')} FROM issue_policy p WHERE p.issue_id = ANY(${ids}::uuid[]) AND p.stages <> '[]'::jsonb`);
  return new Map(rows.map((row) => [row.issueId, row]));
});

export const decisionsOfIssue: Listing<PolicyDecision> = {
  name: 'issue.policyDecisions', columns: columns(Prisma.PolicyDecisionScalarFieldEnum, 'd'), from: sql`policy_decision d`, parent: sql`d.issue_id`,
  order: [
    { column: 'd.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'd.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};
