import { Prisma, type Project } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import { batchById } from '../shared/loading.ts';
import type { Listing } from '../shared/listing.ts';

const projectColumns = columns(Prisma.ProjectScalarFieldEnum, 'p');

export const projectById = batchById<Project>((db, ids) => db.query(sql`SELECT ${projectColumns} FROM project p WHERE p.id = ANY(${ids}::uuid[])`));

export const projectsOfCompany: Listing<Project> = {
  name: 'company.projects', columns: projectColumns, from: sql`project p`, parent: sql`p.company_id`,
  order: [
    { column: 'p.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'p.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

export interface ProjectFilter {
  statuses?: string[] | null | undefined;
  includeArchived?: boolean | null | undefined;
}

export function projectConditions(filter: ProjectFilter | null | undefined): Sql[] {
  return [
    ...(filter?.statuses ? [sql`p.status = ANY(${filter.statuses}::project_status[])`] : []),
    ...(filter?.includeArchived ? [] : [sql`p.archived_at IS NULL`]),
  ];
}
