import type { Database } from '../../prisma/client.ts';
import { type AgentGrant, Prisma, type User } from '../../prisma/generated/client.ts';
import type { AgentPermission } from '../../prisma/generated/enums.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { grouped, type Listing } from '../shared/listing.ts';
import { batchById } from '../shared/loading.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Principal } from './principal.ts';

export const userById = batchById<User>((db, ids) => db.query(sql`SELECT ${columns(Prisma.UserScalarFieldEnum, 'u')} FROM board_user u WHERE u.id = ANY(${ids}::uuid[])`));

const grantColumns = columns(Prisma.AgentGrantScalarFieldEnum, 'g');

export const grantById = batchById<AgentGrant>((db, ids) => db.query(sql`SELECT ${grantColumns} FROM agent_grant g WHERE g.id = ANY(${ids}::uuid[])`));

export const grantsOfAgent: Listing<AgentGrant> = {
  name: 'agent.grants', columns: grantColumns, from: sql`agent_grant g`, parent: sql`g.agent_id`,
  order: [
    { column: 'g.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'g.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

/** What agents were granted, without what their roles bring. */
export const permissionsGranted = grouped<{ permission: AgentPermission }>((agentIds) => sql`SELECT agent_id AS "__parent", permission FROM agent_grant WHERE agent_id = ANY(${agentIds}::uuid[])`);

/** Declines a principal whose run is over, whose key was revoked or who was let go since it was let in: for what lasts longer than a request. */
export async function mustBeCurrent(db: Database, by: Principal): Promise<void> {
  if (by.kind !== 'run' && by.kind !== 'agentKey') return;
  const current = await db.query(
    by.kind === 'run'
      ? sql`SELECT 1 FROM run r JOIN agent a ON a.id = r.agent_id WHERE r.id = ${by.runId}::uuid AND r.status = 'RUNNING' AND a.status NOT IN ('TERMINATED', 'PENDING_APPROVAL')`
      : sql`SELECT 1 FROM agent_key k JOIN agent a ON a.id = k.agent_id WHERE k.id = ${by.keyId}::uuid AND k.revoked_at IS NULL AND a.status NOT IN ('TERMINATED', 'PENDING_APPROVAL')`,
  );
  if (current.length === 0) throw new Refusal('UNAUTHENTICATED', 'this token is no longer valid');
}
