import { type Activity, type ActivitySeal, type ActorType, Prisma } from '../../prisma/generated/client.ts';
import type { Database } from '../../prisma/client.ts';
import { allOf, columns, joinSql, type Sql, sql } from '../../prisma/sql.ts';
import { batch, batchById } from '../shared/loading.ts';
import type { Listing } from '../shared/listing.ts';
import { checkedFilter } from '../shared/lookup.ts';
import type { Page } from '../shared/follow.ts';
import { badInput } from '../shared/refusal.ts';

const activityColumns = columns(Prisma.ActivityScalarFieldEnum, 'v');

export const activityById = batchById<Activity>((db, ids) => db.query(sql`SELECT ${activityColumns} FROM activity v WHERE v.id = ANY(${ids}::uuid[])`));

/** By transaction, then by row: the order in which readers of the live stream get them too. */
const newest: Listing<Activity>['order'] = [
  { column: 'v.txid', type: 'bigint', direction: 'DESC', of: (row) => row.txid },
  { column: 'v.seq', type: 'bigint', direction: 'DESC', of: (row) => row.seq },
];
const ofCompany: Listing<Activity> = { name: 'company.activity', columns: activityColumns, from: sql`activity v`, parent: sql`v.company_id`, order: newest };

export const activityOf = { company: ofCompany, issue: { ...ofCompany, name: 'issue.activity', parent: sql`v.issue_id` } };

const sealColumns = columns(Prisma.ActivitySealScalarFieldEnum, 's');

/** The chain of a company from its beginning. */
export const sealsOf: Listing<ActivitySeal> = {
  name: 'company.activitySeals', columns: sealColumns, from: sql`activity_seal s`, parent: sql`s.company_id`, order: [{ column: 's.number', type: 'int', direction: 'ASC', of: (row) => row.number }],
};

export const headOf = batch<string, ActivitySeal | null>(null, async (db, ids) => {
  const rows = await db.query<ActivitySeal>(sql`
    SELECT s.* FROM unnest(${ids}::uuid[]) AS parent(id) CROSS JOIN LATERAL (SELECT ${sealColumns} FROM activity_seal s WHERE s.company_id = parent.id ORDER BY s.number DESC LIMIT 1) s`);
  return new Map(rows.map((row) => [row.companyId, row]));
});

export interface ActivityFilter {
  /** Exact, or `issue.*` for all that begin so. */
  actions?: string[] | null | undefined;
  actorType?: ActorType | null | undefined;
  actorId?: string | null | undefined;
  since?: Date | null | undefined;
  until?: Date | null | undefined;
  entityType?: string | null | undefined;
  entityId?: string | null | undefined;
  agentId?: string | null | undefined;
  runId?: string | null | undefined;
  issueId?: string | null | undefined;
}

export function activityConditions(filter: ActivityFilter | null | undefined): Sql[] {
  if (!filter) return [];
  checkedFilter(filter);
  return [
    ...(filter.actions ? [actionsAre(filter.actions)] : []),
    ...(filter.actorType ? [sql`v.actor_type = ${filter.actorType}::actor_type`] : []),
    ...(filter.actorId ? [sql`v.actor_id = ${filter.actorId}::uuid`] : []),
    ...(filter.since ? [sql`v.created_at >= ${filter.since}`] : []),
    ...(filter.until ? [sql`v.created_at < ${filter.until}`] : []),
    ...(filter.entityType ? [sql`v.entity_type = ${filter.entityType}`] : []),
    ...(filter.entityId ? [sql`v.entity_id = ${filter.entityId}::uuid`] : []),
    ...(filter.agentId ? [sql`v.agent_id = ${filter.agentId}::uuid`] : []),
    ...(filter.runId ? [sql`v.run_id = ${filter.runId}::uuid`] : []),
    ...(filter.issueId ? [sql`v.issue_id = ${filter.issueId}::uuid`] : []),
  ];
}

/** More would be a longer statement for nobody. */
const ACTIONS_MAX = 100;
const PREFIX = /^([A-Za-z]+)\.\*$/;

function actionsAre(actions: string[]): Sql {
  if (actions.length > ACTIONS_MAX) throw badInput('actions', `must not be more than ${ACTIONS_MAX}`);
  const prefixes = actions.flatMap((action) => PREFIX.exec(action)?.[1] ?? []);
  const exact = actions.filter((action) => !PREFIX.test(action));
  const odd = exact.find((action) => action.includes('*'));
  if (odd !== undefined) throw badInput('actions', 'takes a star only for all actions of one thing, as in issue.*');
  // As a range, which the index serves: it serves starts_with from Postgres 15 on. Behind the dot comes the slash.
  const begins = prefixes.map((prefix) => sql`(v.action >= ${`${prefix}.`} AND v.action < ${`${prefix}/`})`);
  return sql`(${joinSql([sql`v.action = ANY(${exact}::text[])`, ...begins], ' OR ')})`;
}

/** A place in the activity log. Sequence numbers alone would skip rows of a transaction that commits late. */
export interface Place {
  txid: bigint;
  seq: bigint;
}

export function cursorOf({ txid, seq }: Place): string {
  return `${txid}.${seq}`;
}

const LAST = 9_223_372_036_854_775_807n;

/** "0" is the beginning, as it is for logs. */
export function placeOf(cursor: string): Place {
  if (cursor === '0') return { txid: 0n, seq: 0n };
  const match = /^(\d{1,19})\.(\d{1,19})$/.exec(cursor);
  const [txid, seq] = [BigInt(match?.[1] ?? -1), BigInt(match?.[2] ?? -1)];
  if (txid < 0n || txid > LAST || seq > LAST) throw badInput('after', 'is not a cursor of this stream');
  return { txid, seq };
}

/**
 * Rows of a company after a place, oldest first. Only rows of transactions older than every one still open are given: a row
 * that commits later than its neighbours is waited for, never skipped. Rows that are there but not given are held back.
 */
export async function activityAfter(db: Database, companyId: string, after: Place, limit: number): Promise<Page<Activity>> {
  const rows = await db.query<Activity & { isSettled: boolean }>(sql`
    SELECT ${activityColumns}, v.txid < (SELECT log_txid(pg_snapshot_xmin(pg_current_snapshot()))) AS "isSettled" FROM activity v
    WHERE v.company_id = ${companyId}::uuid AND (v.txid, v.seq) > (${after.txid}::bigint, ${after.seq}::bigint)
    ORDER BY v.txid, v.seq LIMIT ${limit}`);
  const settled = rows.findIndex((row) => !row.isSettled);
  return settled === -1 ? { items: rows } : { items: rows.slice(0, settled), isHeldBack: true };
}

/** As activityAfter, of those rows that a filter lets through and that lie up to a place: for the export. */
export async function activityBetween(db: Database, companyId: string, conditions: Sql[], after: Place, end: Place, limit: number): Promise<Activity[]> {
  return db.query<Activity>(sql`
    SELECT ${activityColumns} FROM activity v
    WHERE v.company_id = ${companyId}::uuid AND (v.txid, v.seq) > (${after.txid}::bigint, ${after.seq}::bigint) AND (v.txid, v.seq) <= (${end.txid}::bigint, ${end.seq}::bigint)
      AND ${allOf(conditions)} ORDER BY v.txid, v.seq LIMIT ${limit}`);
}

/** Where a stream that starts now begins: everything that may still commit comes after it. */
export async function placeNow(db: Database): Promise<Place> {
  const rows = await db.query<{ txid: bigint }>(sql`SELECT log_txid(pg_snapshot_xmin(pg_current_snapshot())) AS txid`);
  return { txid: (rows[0]?.txid ?? 0n) - 1n, seq: LAST };
}

/** Rows that wait after a place, counted up to a bound. */
export async function waitingAfter(db: Database, companyId: string, after: Place, bound: number): Promise<number> {
  const rows = await db.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM activity v
      WHERE v.company_id = ${companyId}::uuid AND (v.txid, v.seq) > (${after.txid}::bigint, ${after.seq}::bigint) LIMIT ${bound}) x`);
  return rows[0]?.count ?? 0;
}
