import { utcDay, utcMonth, utcWeekday } from '../../ui/format.ts';

/** Spans of days as the Costs page asks for them. Costs are kept by days in UTC, so spans begin and end with those. */

export type RangeKey = 'month' | 'last-month' | '7d' | '30d' | 'custom';

export interface Range {
  /** The first moment in it, as ISO. */
  since: string;
  /** The first moment after it; null where it goes on until now. */
  until: string | null;
  /** Every day that a chart of it has room for: to the end of the month, where it is this one. */
  days: readonly string[];
  /** The last day that has begun. */
  lastDay: string;
  /** "1 to 21 November". */
  words: string;
}

export const RANGES: readonly { value: RangeKey; label: string }[] = [
  { value: 'month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: 'custom', label: 'Custom' },
];

export const rangeKey = (value: unknown): RangeKey => RANGES.find((range) => range.value === value)?.value ?? 'month';

const DAY_MS = 86_400_000;
/** As many as one page of days holds, and as bars are told apart. */
export const LONGEST_DAYS = 100;

const dayStart = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;
export const dayKey = (at: number): string => new Date(at).toISOString().slice(0, 10);
const dayAt = (key: string): number => Date.parse(`${key}T00:00:00Z`);
const monthStart = (at: number, months = 0): number => {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
};

/** The span that is meant; of a custom one that makes no sense, why it does not. */
export function rangeOf(key: RangeKey, custom: { from?: string | undefined; to?: string | undefined }, now: number): Range | { problem: string } {
  const today = dayStart(now);
  switch (key) {
    case 'month':
      return between(monthStart(now), today, { now, room: monthStart(now, 1) - DAY_MS });
    case 'last-month':
      return between(monthStart(now, -1), monthStart(now) - DAY_MS, { now });
    case '7d':
      return between(today - 6 * DAY_MS, today, { now });
    case '30d':
      return between(today - 29 * DAY_MS, today, { now });
    case 'custom': {
      const from = dayAt(custom.from ?? '');
      const to = dayAt(custom.to ?? '');
      if (Number.isNaN(from) || Number.isNaN(to)) return { problem: 'Choose the first and the last day.' };
      if (to < from) return { problem: 'The last day is before the first.' };
      if (from > today) return { problem: 'These days are still to come.' };
      if ((to - from) / DAY_MS >= LONGEST_DAYS) return { problem: `At most ${LONGEST_DAYS} days at once.` };
      return between(from, to, { now });
    }
  }
}

function between(first: number, last: number, { now, room = last }: { now: number; room?: number }): Range {
  const today = dayStart(now);
  const begun = Math.min(last, today);
  const days = Array.from({ length: Math.round((room - first) / DAY_MS) + 1 }, (_, at) => dayKey(first + at * DAY_MS));
  return { since: new Date(first).toISOString(), until: last >= today ? null : new Date(last + DAY_MS).toISOString(), days, lastDay: dayKey(begun), words: spanWords(first, begun, now) };
}

/** "1 to 21 November", "28 Oct to 21 Nov", "15 November". */
function spanWords(first: number, last: number, now: number): string {
  const [a, b, today] = [new Date(first), new Date(last), new Date(now)];
  const year = a.getUTCFullYear() === today.getUTCFullYear() && b.getUTCFullYear() === today.getUTCFullYear() ? '' : ` ${b.getUTCFullYear()}`;
  if (first === last) return `${a.getUTCDate()} ${utcMonth(a)}${year}`;
  if (a.getUTCMonth() === b.getUTCMonth() && a.getUTCFullYear() === b.getUTCFullYear()) return `${a.getUTCDate()} to ${b.getUTCDate()} ${utcMonth(b)}${year}`;
  return `${utcDay(a, now)} to ${utcDay(b, now)}`;
}

/** "21 Nov": the day of a key, wherever one is. */
export const dayWords = (key: string, now?: number): string => utcDay(dayAt(key), now);
/** "Sat 21 Nov". */
export const weekdayWords = (key: string): string => utcWeekday(dayAt(key));
/** Where a custom span begins when it is first asked for: the last fortnight. */
export const fortnight = (now: number): { from: string; to: string } => ({ from: dayKey(now - 13 * DAY_MS), to: dayKey(now) });
