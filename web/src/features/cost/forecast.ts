const DAY_MS = 86_400_000;

export interface Pace {
  /** Since the first of the month. */
  monthMicros: bigint;
  /** In the last seven days. */
  weekMicros: bigint;
  /** When there first was anything to spend on: a company of two days has no seven. */
  since: number;
  now: number;
}

export interface Forecast {
  /** By the end of the month. */
  monthMicros: bigint;
  /** What a day costs at this pace. */
  dayMicros: bigint;
  /** How many days the pace was taken from, 1 to 7. */
  paceDays: number;
}

/** What the month will have cost if the rest of it goes on as the last seven days went. */
export function forecastOf({ monthMicros, weekMicros, since, now }: Pace): Forecast {
  const age = Math.min(7 * DAY_MS, Math.max(DAY_MS, now - since));
  const today = new Date(now);
  const left = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1) - now;
  return { monthMicros: monthMicros + (weekMicros * BigInt(left)) / BigInt(age), dayMicros: (weekMicros * BigInt(DAY_MS)) / BigInt(age), paceDays: Math.round(age / DAY_MS) };
}

const SMALL = ['', 'day', 'two days', 'three days', 'four days', 'five days', 'six days', 'seven days'];
export const paceWords = (days: number): string => SMALL[days] ?? `${days} days`;
