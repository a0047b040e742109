import { Prisma, type RecoveryAction, type WatchdogDecision } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { batch, batchById } from '../shared/loading.ts';
import { grouped, type Listing } from '../shared/listing.ts';

const recoveryColumns = columns(Prisma.RecoveryActionScalarFieldEnum, 'v');
const decisionColumns = columns(Prisma.WatchdogDecisionScalarFieldEnum, 'd');

export const recoveryById = batchById<RecoveryAction>((db, ids) => db.query(sql`SELECT ${recoveryColumns} FROM recovery_action v WHERE v.id = ANY(${ids}::uuid[])`));
export const decisionById = batchById<WatchdogDecision>((db, ids) => db.query(sql`SELECT ${decisionColumns} FROM watchdog_decision d WHERE d.id = ANY(${ids}::uuid[])`));

/** The open action of each issue; there is at most one. */
export const recoveryOfIssue = batch<string, RecoveryAction | null>(null, async (db, ids) => {
  const rows = await db.query<RecoveryAction>(sql`SELECT ${recoveryColumns} FROM recovery_action v WHERE v.issue_id = ANY(${ids}::uuid[]) AND v.status IN ('ACTIVE', 'ESCALATED')`);
  return new Map(rows.map((row) => [row.issueId, row]));
});

const newest: Listing<RecoveryAction>['order'] = [
  { column: 'v.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
  { column: 'v.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
];
export const recoveriesOfCompany: Listing<RecoveryAction> = { name: 'company.recoveries', columns: recoveryColumns, from: sql`recovery_action v`, parent: sql`v.company_id`, order: newest };
export const recoveriesOfIssue: Listing<RecoveryAction> = { ...recoveriesOfCompany, name: 'issue.recoveries', parent: sql`v.issue_id` };

export const isOpenRecovery = sql`v.status IN ('ACTIVE', 'ESCALATED')`;

export const decisionsOfRun = grouped<WatchdogDecision>((ids) => sql`
  SELECT d.run_id AS "__parent", ${decisionColumns} FROM watchdog_decision d WHERE d.run_id = ANY(${ids}::uuid[]) ORDER BY d.created_at DESC, d.id DESC`);
