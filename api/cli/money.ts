import { UsageError } from './failure.ts';
import { dollars } from './print.ts';

/** Dollars as whole millionths, by their digits: a float would lose some. */
export function micros(flag: string, usd: string): string {
  const [, whole, part = ''] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(usd) ?? [];
  if (whole === undefined) throw new UsageError(`${flag} is an amount such as 0.0125, not ${usd}`);
  return BigInt(whole + part.padEnd(6, '0')).toString();
}

/** What one use cost: what is billed, and what it is worth where that is another amount. */
export function billedAndWorth({ costMicros, imputedMicros }: { costMicros: string | null; imputedMicros: string | null }): string {
  const billed = costMicros === null ? 'unpriced usage' : dollars(costMicros);
  return imputedMicros === null || imputedMicros === costMicros ? billed : `${billed} (worth ${dollars(imputedMicros)})`;
}

const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time: `7d`, `12h` or `30m` ago, a date, or a time as RFC 3339 has it. */
export function moment(flag: string, given: string, now = Date.now()): string {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(given) ?? [];
  const at = count && unit ? new Date(now - Number(count) * (UNIT_MS[unit] ?? 0)) : new Date(/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(given) ? given : NaN);
  if (Number.isNaN(at.getTime())) throw new UsageError(`${flag} is a time ago such as 7d or 12h, a date, or a time such as 2026-01-31T08:00:00Z, not ${given}`);
  return at.toISOString();
}
