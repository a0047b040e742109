import type { Budget } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Told } from './rules.ts';
import { subjectOf } from './stops.ts';

/** What a sentence about a budget needs: its subject by name. */
export async function toldOf(tx: Tx, budget: Budget): Promise<Told> {
  const [row] = await tx.$queryRaw<{ subject: string | null }[]>(sql`SELECT ${subjectOf} AS subject FROM budget b WHERE b.id = ${budget.id}::uuid`);
  const { scope, metric, window, windowHours } = budget;
  return { scope, metric, window, windowHours, subject: row?.subject ?? '' };
}

/** The same for programs. Amounts are texts: they may be larger than what JSON readers take. */
export function limitOf(budget: Budget, used: bigint) {
  const { id, scope, scopeId, metric, window, windowHours, amount } = budget;
  return { budgetId: id, scope, scopeId, metric, window, ...(window === 'ROLLING' ? { windowHours } : {}), limit: amount.toString(), spent: used.toString() };
}
