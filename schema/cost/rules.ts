import type { BillingType, CostStatus } from '../../prisma/generated/enums.ts';

export interface Tokens { inputTokens: bigint; cachedInputTokens: bigint; outputTokens: bigint }

/** What a model's tokens cost from a time on, in millionths of a dollar per million tokens. */
export interface Price {
  provider: string;
  /** As the provider names it; a star at the end stands for any rest. */
  model: string;
  from: Date;
  inputMicros: bigint;
  cachedInputMicros: bigint;
  outputMicros: bigint;
}

/** The largest count or amount taken: 2^53, about nine billion dollars. More is a mistake of the reporter. */
export const MOST = 9_007_199_254_740_992n;

/** True where a price's model names this model, by the whole name or by its beginning. Case does not matter. */
export function namesModel(pattern: string, model: string): boolean {
  const [known, asked] = [pattern.toLowerCase(), model.toLowerCase()];
  return known.endsWith('*') ? asked.startsWith(known.slice(0, -1)) : known === asked;
}

/**
 * The price of a model at a time: of those that name it and began by then, the one that names it most closely, and of equals
 * the latest. A whole name is closer than the same name with a star.
 */
export function priceOf<P extends Price>(prices: readonly P[], use: { provider: string; model: string; at: Date }): P | null {
  let best: P | null = null;
  for (const price of prices) {
    if (price.provider.toLowerCase() !== use.provider.toLowerCase() || price.from > use.at || !namesModel(price.model, use.model)) continue;
    if (best === null || closeness(price) > closeness(best) || (closeness(price) === closeness(best) && price.from > best.from)) best = price;
  }
  return best;
}

/** The length of what is spelled out; a whole name counts a half more. */
function closeness({ model }: Price): number {
  return model.endsWith('*') ? model.length - 1 : model.length + 0.5;
}

/**
 * Tokens at a price, rounded to the nearest millionth, a half up. Null where there are no tokens: nothing is known of such a
 * use, which is not the same as that it was free.
 */
export function priced(tokens: Tokens, price: Omit<Price, 'provider' | 'model' | 'from'> | null): bigint | null {
  if (price === null || tokens.inputTokens + tokens.cachedInputTokens + tokens.outputTokens === 0n) return null;
  const sum = tokens.inputTokens * price.inputMicros + tokens.cachedInputTokens * price.cachedInputMicros + tokens.outputTokens * price.outputMicros;
  const micros = (sum + 500_000n) / 1_000_000n;
  return micros > MOST ? MOST : micros;
}

/** What an event says of money: what is billed, whether that is known, and what it is worth by the price list. */
export interface Worth { costMicros: bigint | null; costStatus: CostStatus; imputedMicros: bigint | null }

/**
 * What is billed is what was reported. Where nothing was: tokens of a metered API cost what the list says, and a subscription
 * that includes them bills nothing for them. All else is unpriced. What it is worth is told by the list; where that is silent
 * a bill tells as much, except that of a subscription, which says nothing about the single use.
 */
export function worthOf(reported: bigint | null, billingType: BillingType, byList: bigint | null): Worth {
  const isSubscription = billingType === 'SUBSCRIPTION_INCLUDED';
  if (reported !== null) return { costMicros: reported, costStatus: 'REPORTED', imputedMicros: byList ?? (isSubscription ? null : reported) };
  if (isSubscription) return { costMicros: 0n, costStatus: 'PRICED', imputedMicros: byList };
  if (billingType === 'METERED_API' && byList !== null) return { costMicros: byList, costStatus: 'PRICED', imputedMicros: byList };
  return { costMicros: null, costStatus: 'UNPRICED', imputedMicros: byList };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Before and after all that costs are asked about: whole days, so that what has no bounds is made of days alone. */
export const EVER = new Date('0001-01-01T00:00:00.000Z');
export const NEVER = new Date('9999-12-31T00:00:00.000Z');

/**
 * A span of time in pieces that can be summed: [since, hourFrom) and [hourTo, until) from the events themselves, hours from
 * the hourly sums, whole days [dayFrom, dayTo) from the daily ones. Each moment of the span is in exactly one piece.
 */
export interface Span { since: Date; hourFrom: Date; dayFrom: Date; dayTo: Date; hourTo: Date; until: Date }

export function spanOf(since: Date | null | undefined, until: Date | null | undefined): Span {
  const from = Math.min(Math.max(since?.getTime() ?? EVER.getTime(), EVER.getTime()), NEVER.getTime());
  const to = Math.max(from, Math.min(until?.getTime() ?? NEVER.getTime(), NEVER.getTime()));
  const hourFrom = Math.min(up(from, HOUR), to);
  const hourTo = Math.max(down(to, HOUR), hourFrom);
  const dayFrom = Math.min(up(hourFrom, DAY), hourTo);
  const dayTo = Math.max(down(hourTo, DAY), dayFrom);
  const [s, a, b, c, d, u] = [from, hourFrom, dayFrom, dayTo, hourTo, to].map((time) => new Date(time)) as [Date, Date, Date, Date, Date, Date];
  return { since: s, hourFrom: a, dayFrom: b, dayTo: c, hourTo: d, until: u };
}

function up(time: number, step: number): number {
  return Math.ceil(time / step) * step;
}

function down(time: number, step: number): number {
  return Math.floor(time / step) * step;
}
