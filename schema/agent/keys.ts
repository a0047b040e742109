import { createHash, randomBytes } from 'node:crypto';
import { newId } from '../../prisma/id.ts';
import type { AgentKey } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { Refusal } from '../shared/refusal.ts';
import { LIMITS, requiredText } from '../shared/text.ts';
import { agentFor } from './commands.ts';

export const KEY_PREFIX = 'brk_';

/** Makes a long-lived key: 24 random bytes in hex behind `brk_`. The secret is answered once; only its SHA-256 is stored. */
export async function createAgentKey(tx: Tx, by: Principal, input: { agentId: string; name: string }): Promise<{ agentKey: AgentKey; secret: string }> {
  const agent = await agentFor(tx, by, input.agentId);
  mustBeBoard(by, 'make agent keys');
  if (agent.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent gets no key');
  if (agent.status === 'PENDING_APPROVAL') throw new Refusal('RULE_VIOLATION', 'the board has not approved this agent yet: it gets no key');
  const secret = KEY_PREFIX + randomBytes(24).toString('hex');
  const agentKey = await tx.agentKey.create({
    data: { id: newId(), companyId: agent.companyId, agentId: agent.id, name: requiredText('name', input.name, LIMITS.name), hint: secret.slice(-4), hash: hashOfKey(secret) },
  });
  await recordActivity(tx, by, { companyId: agent.companyId, action: 'agentKey.created', entityType: 'agentKey', entityId: agentKey.id, agentId: agent.id, details: { name: agentKey.name } });
  return { agentKey, secret };
}

/** Revoking is final, works at once, and twice is once. */
export async function revokeAgentKey(tx: Tx, by: Principal, input: { agentKeyId: string }): Promise<AgentKey> {
  const key = visible(by, await tx.agentKey.findUnique({ where: { id: input.agentKeyId } }), 'agent key');
  mustBeBoard(by, 'revoke agent keys');
  if (key.revokedAt) return key;
  const revoked = await tx.agentKey.update({ where: { id: key.id }, data: { revokedAt: new Date() } });
  await recordActivity(tx, by, { companyId: key.companyId, action: 'agentKey.revoked', entityType: 'agentKey', entityId: key.id, agentId: key.agentId });
  return revoked;
}

export function hashOfKey(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest());
}
