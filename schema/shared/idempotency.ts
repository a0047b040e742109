import { createHash } from 'node:crypto';
import type { Tx } from '../../prisma/transaction.ts';
import { agentOf, type Principal } from '../access/principal.ts';
import { Refusal } from './refusal.ts';
import { requiredText } from './text.ts';

/**
 * Runs `work` once per key, company and principal (kept 24 h): the same key with the same input answers the first result's
 * id, with another input it is a CONFLICT. Two at once: the key's primary key lets one in; the other is retried and finds it.
 */
export async function once(
  tx: Tx,
  by: Principal,
  at: { companyId: string; operation: string; key: string | null | undefined; input: unknown },
  work: () => Promise<string>,
): Promise<string> {
  if (at.key === null || at.key === undefined) return work();
  const key = requiredText('idempotencyKey', at.key, 200);
  const principal = by.kind === 'user' ? `user:${by.userId}` : `agent:${agentOf(by)}`;
  const inputHash = createHash('sha256').update(`${at.operation}\n${JSON.stringify(at.input, stable)}`).digest('hex');
  const id = { companyId: at.companyId, principal, key };
  const first = await tx.idempotencyKey.findUnique({ where: { companyId_principal_key: id } });
  if (first) {
    if (first.inputHash !== inputHash) {
      throw new Refusal('CONFLICT', 'this idempotency key was used with another input', { field: 'idempotencyKey' });
    }
    return first.resultId;
  }
  const resultId = await work();
  await tx.idempotencyKey.create({ data: { ...id, operation: at.operation, inputHash, resultId } });
  return resultId;
}

function stable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
