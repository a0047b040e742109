import type { Tx } from '../../prisma/transaction.ts';

export interface Tokens { inputTokens: bigint; cachedInputTokens: bigint; outputTokens: bigint }

/**
 * What tokens cost by the price list at a time, in millionths of a dollar: the company's own price where it set one, else the
 * list that Boardroom ships. Null where no price is known, which is not zero.
 */
export async function imputedCost(_tx: Tx, _companyId: string, _use: Tokens & { provider: string; model: string; at: Date }): Promise<bigint | null> {
  return null;
}
