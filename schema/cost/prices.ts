import type { ModelPrice } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { priceList } from './price-list.ts';
import { type Price, priced, priceOf, type Tokens } from './rules.ts';

export type { Tokens } from './rules.ts';

/**
 * What tokens cost by the price list at a time, in millionths of a dollar: the company's own price where it set one, else the
 * list that Boardroom ships. Null where no price is known, which is not zero.
 */
export async function imputedCost(tx: Tx, companyId: string, use: Tokens & { provider: string; model: string; at: Date }): Promise<bigint | null> {
  const own = await tx.modelPrice.findMany({ where: { companyId } });
  return priced(use, effectivePrice(own.map(asPrice), use));
}

/** The price of a model at a time: any price of the company's own comes before the list. */
export function effectivePrice(own: readonly Price[], use: { provider: string; model: string; at: Date }): Price | null {
  return priceOf(own, use) ?? priceOf(priceList, use);
}

export function asPrice({ effectiveFrom, ...price }: ModelPrice): Price {
  return { ...price, from: effectiveFrom };
}
