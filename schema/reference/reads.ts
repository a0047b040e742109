import type { ReferenceKind } from '../../prisma/generated/enums.ts';
import { rawSql, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';

/** Another issue, once, however often one names the other. */
export interface ListedReference {
  issueId: string;
  kinds: ReferenceKind[];
  createdAt: Date;
}

/** One row for each issue at the far end. */
function referencesFrom(near: 'source_issue_id' | 'target_issue_id', far: 'source_issue_id' | 'target_issue_id'): Omit<Listing<ListedReference>, 'name'> {
  return {
    columns: sql`x.issue_id AS "issueId", x.kinds, x.created_at AS "createdAt"`,
    from: sql`(SELECT r.${rawSql(near)} AS parent_id, r.${rawSql(far)} AS issue_id, array_agg(DISTINCT r.kind::text) AS kinds, min(r.created_at) AS created_at
               FROM issue_reference r GROUP BY 1, 2) x`,
    parent: sql`x.parent_id`,
    order: [
      { column: 'x.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
      { column: 'x.issue_id', type: 'uuid', direction: 'DESC', of: (row) => row.issueId },
    ],
  };
}

export const referencesOfIssue: Listing<ListedReference> = { name: 'issue.references', ...referencesFrom('source_issue_id', 'target_issue_id') };
export const referencesToIssue: Listing<ListedReference> = { name: 'issue.referencedBy', ...referencesFrom('target_issue_id', 'source_issue_id') };
