import { type IssueMonitor, Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { batch } from '../shared/loading.ts';

export const monitorOfIssue = batch<string, IssueMonitor | null>(null, async (db, ids) => {
  const rows = await db.query<IssueMonitor>(sql`SELECT ${columns(Prisma.IssueMonitorScalarFieldEnum, 'm')} FROM issue_monitor m WHERE m.issue_id = ANY(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.issueId, row]));
});
