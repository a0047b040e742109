import { sql } from '../../prisma/sql.ts';
import { grouped } from '../shared/listing.ts';
import { type ListedIssue, listedIssueColumns } from './reads.ts';

/** Issues that runs have checked out. */
export const issuesHeldBy = grouped<ListedIssue>((runIds) => sql`
  SELECT i.holder_run_id AS "__parent", ${listedIssueColumns} FROM issue i WHERE i.holder_run_id = ANY(${runIds}::uuid[]) ORDER BY i.number`);
