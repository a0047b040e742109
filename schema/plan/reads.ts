import { type PlanDecomposition, Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { type ListedIssue, listedIssueColumns } from '../issue/reads.ts';
import { grouped } from '../shared/listing.ts';
import { batchById } from '../shared/loading.ts';

/** Without what was asked for at first, which the made issues show. */
export type ShownDecomposition = Omit<PlanDecomposition, 'children'>;

const { children: _children, ...shown } = Prisma.PlanDecompositionScalarFieldEnum;
const decompositionColumns = columns(shown, 'd');

export const decompositionById = batchById<ShownDecomposition>((db, ids) => db.query(sql`SELECT ${decompositionColumns} FROM plan_decomposition d WHERE d.id = ANY(${ids}::uuid[])`));

export const decompositionsOfIssue = grouped<ShownDecomposition>((ids) => sql`
  SELECT d.source_issue_id AS "__parent", ${decompositionColumns} FROM plan_decomposition d WHERE d.source_issue_id = ANY(${ids}::uuid[]) ORDER BY d.created_at, d.id`);

export const childrenOfDecomposition = grouped<ListedIssue>((ids) => sql`
  SELECT pc.decomposition_id AS "__parent", ${listedIssueColumns} FROM plan_child pc JOIN issue i ON i.id = pc.issue_id
  WHERE pc.decomposition_id = ANY(${ids}::uuid[]) ORDER BY pc.ordinal`);
