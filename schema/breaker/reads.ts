import { type BreakerTrip, Prisma } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import type { Listing } from '../shared/listing.ts';
import { batch, batchById } from '../shared/loading.ts';
import { checkedFilter } from '../shared/lookup.ts';
import { DEFAULTS, effective, type Limits, type OwnLimits, UNSAID } from './rules.ts';
import { limitsOf, ownOf, type StoredLimits } from './settings.ts';

const tripColumns = columns(Prisma.BreakerTripScalarFieldEnum, 't');

export const tripById = batchById<BreakerTrip>((db, ids) => db.query(sql`SELECT ${tripColumns} FROM breaker_trip t WHERE t.id = ANY(${ids}::uuid[])`));

/** What is tripped on an agent now. */
export const openTripOfAgent = batch<string, BreakerTrip | null>(null, async (db, ids) => {
  const rows = await db.query<BreakerTrip>(sql`SELECT ${tripColumns} FROM breaker_trip t WHERE t.agent_id = ANY(${ids}::uuid[]) AND t.reset_at IS NULL`);
  return new Map(rows.map((row) => [row.agentId, row]));
});

export const tripsOfCompany: Listing<BreakerTrip> = {
  name: 'company.breakers', columns: tripColumns, from: sql`breaker_trip t`, parent: sql`t.company_id`,
  order: [
    { column: 't.tripped_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.trippedAt },
    { column: 't.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};

export interface TripFilter { agentId?: string | null | undefined; open?: boolean | null | undefined }

export function tripConditions(filter: TripFilter | null | undefined): Sql[] {
  if (!filter) return [];
  checkedFilter(filter);
  return [
    ...(filter.agentId ? [sql`t.agent_id = ${filter.agentId}::uuid`] : []),
    ...(typeof filter.open === 'boolean' ? [filter.open ? sql`t.reset_at IS NULL` : sql`t.reset_at IS NOT NULL`] : []),
  ];
}

/** A level's own limits, and those that hold there. */
export interface SettingsView { own: OwnLimits; effective: Limits }
const UNTOUCHED: SettingsView = { own: UNSAID, effective: DEFAULTS };

export const breakersOfCompany = batch<string, SettingsView>(UNTOUCHED, async (db, ids) => {
  const rows = await db.query<{ id: string; company: StoredLimits }>(sql`
    SELECT company.company_id AS id, ${limitsOf('company')} AS company FROM breaker_settings company WHERE company.company_id = ANY(${ids}::uuid[]) AND company.agent_id IS NULL`);
  return new Map(rows.map((row) => [row.id, { own: ownOf(row.company), effective: effective(UNSAID, ownOf(row.company)) }]));
});

export const breakersOfAgent = batch<string, SettingsView>(UNTOUCHED, async (db, ids) => {
  const rows = await db.query<{ id: string; own: StoredLimits; company: StoredLimits }>(sql`
    SELECT a.id, ${limitsOf('own')} AS own, ${limitsOf('company')} AS company FROM agent a
      LEFT JOIN breaker_settings own ON own.agent_id = a.id LEFT JOIN breaker_settings company ON company.company_id = a.company_id AND company.agent_id IS NULL
    WHERE a.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, { own: ownOf(row.own), effective: effective(ownOf(row.own), ownOf(row.company)) }]));
});
