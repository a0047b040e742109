import type { ModelPrice } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { priceList } from './price-list.ts';
import { type Price, priced, priceOf, type Tokens } from './rules.ts';

export type { Tokens } from './rules.ts';

/**
 * What tokens cost by the price list at a time, in millionths of a dollar: the company's own price where it set one, else what the
 * program that used them told that list prices make of it, else the list that Boardroom ships. Null where no price is known, which
 * is not zero. `told` knows of writes to caches, and of which model used what, and the counts do not.
 */
export async function imputedCost(tx: Tx, companyId: string, use: Tokens & { provider: string; model: string; at: Date; told?: bigint | null }): Promise<bigint | null> {
  const own = (await tx.modelPrice.findMany({ where: { companyId } })).map(asPrice);
  return priced(use, priceOf(own, use)) ?? use.told ?? priced(use, priceOf(priceList, use));
}

/** The price of a model at a time: any price of the company's own comes before the list. */
export function effectivePrice(own: readonly Price[], use: { provider: string; model: string; at: Date }): Price | null {
  return priceOf(own, use) ?? priceOf(priceList, use);
}

export function asPrice({ effectiveFrom, ...price }: ModelPrice): Price {
  return { ...price, from: effectiveFrom };
}
