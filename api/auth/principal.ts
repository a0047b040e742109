import type { Database } from '../../prisma/client.ts';
import { isId } from '../../prisma/id.ts';
import { sql } from '../../prisma/sql.ts';
import { LOCAL_BOARD_USER, type Principal } from '../../schema/access/principal.ts';
import { readRunToken } from '../../schema/access/run-token.ts';
import { hashOfKey, KEY_PREFIX } from '../../schema/agent/keys.ts';
import { Refusal } from '../../schema/shared/refusal.ts';

export interface Credentials {
  /** The Authorization header, or the same from a WebSocket's connection parameters. */
  authorization?: string | null | undefined;
  /** X-Boardroom-Run-Id: ties a request with an agent key to one of the agent's running runs. */
  runId?: string | null | undefined;
}

const LOCAL_BOARD: Principal = { kind: 'user', userId: LOCAL_BOARD_USER };

/**
 * Answers who a request is from. Without credentials it is the board: this mode listens on loopback only. With some that are
 * nobody's, also empty ones, it is nobody: an agent that lost its token must not act as the board.
 */
export function authenticator(db: Database, signingKey: Uint8Array) {
  return async ({ authorization, runId }: Credentials): Promise<Principal> => {
    if (authorization === null || authorization === undefined) return LOCAL_BOARD;
    const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
    const by = !token ? null : token.startsWith(KEY_PREFIX) ? await byKey(db, token, runId ?? null) : await byRunToken(db, signingKey, token);
    if (!by) throw new Refusal('UNAUTHENTICATED', 'this token is not valid, or its run is over');
    return by;
  };
}

async function byRunToken(db: Database, signingKey: Uint8Array, token: string): Promise<Principal | null> {
  const claims = await readRunToken(signingKey, token);
  return claims && isId(claims.runId) ? runningRun(db, claims.runId, claims.agentId) : null;
}

/** A run speaks only while it is running, and while its agent is employed: its token is dead the moment either changes. */
async function runningRun(db: Database, runId: string, agentId: string): Promise<Principal | null> {
  const [run] = await db.query<{ companyId: string; issueId: string | null }>(sql`
    SELECT r.company_id AS "companyId", r.issue_id AS "issueId" FROM run r JOIN agent a ON a.id = r.agent_id
    WHERE r.id = ${runId}::uuid AND r.agent_id = ${agentId}::uuid AND r.status = 'RUNNING' AND a.status NOT IN ('TERMINATED', 'PENDING_APPROVAL')`);
  return run ? { kind: 'run', agentId, companyId: run.companyId, runId, issueId: run.issueId } : null;
}

/** Looks a key up by its hash, and notes its use at most once a minute. */
async function byKey(db: Database, key: string, runId: string | null): Promise<Principal | null> {
  const hash = hashOfKey(key);
  const [found] = await db.query<{ id: string; agentId: string; companyId: string; stale: boolean }>(sql`
    SELECT k.id, k.agent_id AS "agentId", k.company_id AS "companyId", coalesce(k.last_used_at < now() - interval '1 minute', true) AS stale
    FROM agent_key k JOIN agent a ON a.id = k.agent_id WHERE k.hash = ${Buffer.from(hash)} AND k.revoked_at IS NULL AND a.status NOT IN ('TERMINATED', 'PENDING_APPROVAL')`);
  if (!found) return null;
  if (found.stale) await db.query(sql`UPDATE agent_key SET last_used_at = now() WHERE id = ${found.id}::uuid`);
  if (!runId) return { kind: 'agentKey', agentId: found.agentId, companyId: found.companyId, keyId: found.id };
  return isId(runId) ? runningRun(db, runId, found.agentId) : null;
}
