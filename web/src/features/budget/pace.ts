import type { BudgetMetric } from '../../graphql/generated/graphql.ts';
import { utcDay, utcDayTime } from '../../ui/format.ts';

const DAY_MS = 86_400_000;

/** What a budget says of its time and its use: a month has both ends, a rolling window a beginning, a lifetime none. */
export interface Timed {
  window: 'MONTH' | 'ROLLING' | 'LIFETIME';
  windowStartsAt?: string | null;
  windowEndsAt?: string | null;
  amount: string;
  used: string;
}

/** Where in its time a budget is, and where that leads. */
export interface Pace {
  /** Of the time: 0 at its beginning, 1 at its end. */
  share: number;
  /** Of the amount, more than 1 where more was used. */
  used: number;
  /** When it is used up if it goes on so, as a share of the time; null where that is not before its end, or it is too early to say. */
  endsAt: number | null;
}

/** Of a month that has begun; null for windows that have no end, and where nothing is limited. */
export function paceOf(budget: Timed, now: number): Pace | null {
  const [start, end] = [Date.parse(budget.windowStartsAt ?? ''), Date.parse(budget.windowEndsAt ?? '')];
  const amount = Number(budget.amount);
  if (budget.window !== 'MONTH' || Number.isNaN(start) || Number.isNaN(end) || amount === 0) return null;
  const share = Math.min(1, Math.max(0, (now - start) / (end - start)));
  const used = Number(budget.used) / amount;
  // The first day's haste is no pace of a month.
  const told = now - start >= DAY_MS && used > 0 && used < 1;
  const endsAt = told ? share / used : null;
  return { share, used, endsAt: endsAt !== null && endsAt < 1 ? endsAt : null };
}

/** What its time is: "starts anew 1 Dec", "counts since 14 Nov, 12:00 UTC", "never starts anew". Budgets reckon in UTC. */
export function timeWords(budget: Timed): string {
  if (budget.window === 'LIFETIME') return 'never starts anew';
  if (budget.window === 'ROLLING') return budget.windowStartsAt ? `counts since ${utcDayTime(budget.windowStartsAt)}` : 'rolling';
  return budget.windowEndsAt ? `starts anew ${utcDay(budget.windowEndsAt)}` : 'each month anew';
}

/** How it goes: when it is used up at this pace, or how far from an even one it is. Null where there is no telling. */
export function paceWords(budget: Timed, now: number): { text: string; tone: 'warn' | 't3' } | null {
  const pace = paceOf(budget, now);
  if (!pace || pace.used >= 1) return null;
  if (pace.endsAt !== null) {
    const [start, end] = [Date.parse(budget.windowStartsAt ?? ''), Date.parse(budget.windowEndsAt ?? '')];
    return { text: `used up about ${utcDay(start + pace.endsAt * (end - start), now)} at this pace`, tone: 'warn' };
  }
  return { text: pace.used <= pace.share ? 'within an even pace' : 'too early to tell its pace', tone: 't3' };
}

export interface Day {
  /** "2026-11-21". */
  day: string;
  costMicros: string;
  imputedMicros: string;
  tokens: bigint;
}

const ofMetric = (day: Day, metric: BudgetMetric): bigint => (metric === 'BILLED_COST' ? BigInt(day.costMicros) : metric === 'IMPUTED_COST' ? BigInt(day.imputedMicros) : day.tokens);

/**
 * How what is left went down, from 1 at the beginning of the time to now: day by day where days are known, else straight. Days say
 * what is recorded; the last point is what is used, by running runs too. Runs are not counted by days.
 */
export function burnOf(budget: Timed & { metric: BudgetMetric }, now: number, days: readonly Day[] | undefined): { at: number; left: number }[] {
  const pace = paceOf(budget, now);
  if (!pace) return [];
  const last = { at: pace.share, left: Math.max(0, 1 - pace.used) };
  const first = { at: 0, left: 1 };
  if (!days || budget.metric === 'RUNS') return [first, last];
  const [start, end] = [Date.parse(budget.windowStartsAt ?? ''), Date.parse(budget.windowEndsAt ?? '')];
  let sum = 0n;
  const points = days
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .flatMap((day) => {
      const from = Date.parse(`${day.day}T00:00:00Z`);
      if (from < start || from + DAY_MS > now) return [];
      const before = { at: (from - start) / (end - start), left: Math.max(0, 1 - Number(sum) / Number(budget.amount)) };
      sum += ofMetric(day, budget.metric);
      return [before, { at: (from + DAY_MS - start) / (end - start), left: Math.max(0, 1 - Number(sum) / Number(budget.amount)) }];
    });
  return [first, ...points, last];
}
