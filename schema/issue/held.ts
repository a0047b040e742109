import type { Issue } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import { grouped } from '../shared/listing.ts';
import { issueColumns } from './reads.ts';

/** Issues that runs have checked out. */
export const issuesHeldBy = grouped<Issue>((runIds) => sql`
  SELECT i.holder_run_id AS "__parent", ${issueColumns} FROM issue i WHERE i.holder_run_id = ANY(${runIds}::uuid[]) ORDER BY i.number`);
