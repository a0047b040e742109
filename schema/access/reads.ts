import type { Database } from '../../prisma/client.ts';
import { Prisma, type User } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { batchById } from '../shared/loading.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Principal } from './principal.ts';

export const userById = batchById<User>((db, ids) => db.query(sql`SELECT ${columns(Prisma.UserScalarFieldEnum, 'u')} FROM board_user u WHERE u.id = ANY(${ids}::uuid[])`));

/** Declines a principal whose run is over or whose key was revoked since it was let in: for what lasts longer than a request. */
export async function mustBeCurrent(db: Database, by: Principal): Promise<void> {
  if (by.kind !== 'run' && by.kind !== 'agentKey') return;
  const current = await db.query(
    by.kind === 'run'
      ? sql`SELECT 1 FROM run WHERE id = ${by.runId}::uuid AND status = 'RUNNING'`
      : sql`SELECT 1 FROM agent_key WHERE id = ${by.keyId}::uuid AND revoked_at IS NULL`,
  );
  if (current.length === 0) throw new Refusal('UNAUTHENTICATED', 'this token is no longer valid');
}
