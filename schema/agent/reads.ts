import { type Agent, type AgentKey, type AgentRevision, Prisma } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import { batch, batchById } from '../shared/loading.ts';
import { counted, type Listing } from '../shared/listing.ts';
import { checkedFilter } from '../shared/lookup.ts';
import type { Settings } from './revision-rules.ts';

export const agentColumns = columns(Prisma.AgentScalarFieldEnum, 'a');

export const agentById = batchById<Agent>((db, ids) => db.query(sql`SELECT ${agentColumns} FROM agent a WHERE a.id = ANY(${ids}::uuid[])`));

const byAge: Listing<Agent>['order'] = [
  { column: 'a.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
  { column: 'a.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
];

export const agentsOfCompany: Listing<Agent> = { name: 'company.agents', columns: agentColumns, from: sql`agent a`, parent: sql`a.company_id`, order: byAge };
export const reportsOfAgent: Listing<Agent> = { ...agentsOfCompany, name: 'agent.reports', parent: sql`a.manager_id` };

const keyColumns = columns(Prisma.AgentKeyScalarFieldEnum, 'k');

export const agentKeyById = batchById<AgentKey>((db, ids) => db.query(sql`SELECT ${keyColumns} FROM agent_key k WHERE k.id = ANY(${ids}::uuid[])`));

export const keysOfAgent: Listing<AgentKey> = {
  name: 'agent.keys', columns: keyColumns, from: sql`agent_key k`, parent: sql`k.agent_id`,
  order: [
    { column: 'k.created_at', type: 'timestamptz', direction: 'DESC', of: (row) => row.createdAt },
    { column: 'k.id', type: 'uuid', direction: 'DESC', of: (row) => row.id },
  ],
};

const revisionColumns = columns(Prisma.AgentRevisionScalarFieldEnum, 'r');

export const agentRevisionById = batchById<AgentRevision>((db, ids) => db.query(sql`SELECT ${revisionColumns} FROM agent_revision r WHERE r.id = ANY(${ids}::uuid[])`));

/** The settings of the revision before each of these; absent for the first of an agent. */
export const settingsBefore = batch<string, Settings | null>(null, async (db, ids) => {
  const rows = await db.query<{ id: string; settings: Settings }>(sql`
    SELECT r.id, earlier.settings FROM agent_revision r JOIN agent_revision earlier ON earlier.agent_id = r.agent_id AND earlier.number = r.number - 1 WHERE r.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map(({ id, settings }) => [id, settings]));
});

export const revisionsOfAgent: Listing<AgentRevision> = {
  name: 'agent.revisions', columns: revisionColumns, from: sql`agent_revision r`, parent: sql`r.agent_id`,
  order: [{ column: 'r.number', type: 'int', direction: 'DESC', of: (row) => row.number }],
};

export interface AgentFilter {
  statuses?: string[] | null | undefined;
  managerId?: string | null | undefined;
  text?: string | null | undefined;
}

export function agentConditions(filter: AgentFilter | null | undefined): Sql[] {
  if (!filter) return [];
  checkedFilter(filter);
  return [
    ...(filter.statuses ? [sql`a.status = ANY(${filter.statuses}::agent_status[])`] : []),
    ...(filter.managerId ? [sql`a.manager_id = ${filter.managerId}::uuid`] : []),
    ...(filter.text ? [sql`(a.name ILIKE ${`%${likeText(filter.text)}%`} OR a.title ILIKE ${`%${likeText(filter.text)}%`})`] : []),
  ];
}

/** Text to be found as it stands: LIKE's own signs lose their meaning. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

/** Timer heartbeats that the database answered without a run: they cost no tokens. */
export const skippedHeartbeats = counted((ids) => sql`
  SELECT agent_id AS id, sum(coalesced_count + 1)::int AS count FROM wakeup
  WHERE agent_id = ANY(${ids}::uuid[]) AND source = 'TIMER' AND status = 'SKIPPED' GROUP BY agent_id`);
