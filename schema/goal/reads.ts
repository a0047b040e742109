import { type Goal, Prisma } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import { batchById } from '../shared/loading.ts';
import type { Listing } from '../shared/listing.ts';

const goalColumns = columns(Prisma.GoalScalarFieldEnum, 'g');

export const goalById = batchById<Goal>((db, ids) => db.query(sql`SELECT ${goalColumns} FROM goal g WHERE g.id = ANY(${ids}::uuid[])`));

export const goalsOfCompany: Listing<Goal> = {
  name: 'company.goals', columns: goalColumns, from: sql`goal g`, parent: sql`g.company_id`,
  order: [
    { column: 'g.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'g.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};
export const childrenOfGoal: Listing<Goal> = { ...goalsOfCompany, name: 'goal.children', parent: sql`g.parent_id` };

export interface GoalFilter {
  statuses?: string[] | null | undefined;
  levels?: string[] | null | undefined;
  rootsOnly?: boolean | null | undefined;
}

export function goalConditions(filter: GoalFilter | null | undefined): Sql[] {
  if (!filter) return [];
  return [
    ...(filter.statuses ? [sql`g.status = ANY(${filter.statuses}::goal_status[])`] : []),
    ...(filter.levels ? [sql`g.level = ANY(${filter.levels}::goal_level[])`] : []),
    ...(filter.rootsOnly ? [sql`g.parent_id IS NULL`] : []),
  ];
}
