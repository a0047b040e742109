/** A time given as seconds since 1970; null where it is none that a calendar can hold. */
export function dateOfSeconds(seconds: number | undefined): Date | null {
  const date = new Date((seconds ?? NaN) * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}

/**
 * When a usage limit resets, from Claude Code's own words: `…|1795205202`, `resets 8:06pm (UTC)`, `resets Oct 7 at 3pm
 * (Europe/Berlin)`. The words name a wall clock, so the answer is the next such time after `now`. Null if there is none.
 */
export function resetTimeIn(message: string, now: Date): Date | null {
  const epoch = /\|(\d{10})\b/.exec(message)?.[1];
  if (epoch !== undefined) return dateOfSeconds(Number(epoch));
  const words = /resets?\s+(?:at\s+)?(?:([A-Z][a-z]{2})[a-z]*\s+(\d{1,2})(?:,\s+(\d{4}))?(?:,|\s+at)?\s+)?(\d{1,2})(?::(\d{2}))?\s*([ap]m)?(?:\s*\(([\w/+-]+)\))?/i.exec(message);
  if (!words) return null;
  const [, monthName, day, year, hour, minute, half, zone] = words;
  if (minute === undefined && half === undefined) return null;
  const clock = hourOf(Number(hour), half);
  const timeZone = knownZone(zone);
  if (clock === null || timeZone === null) return null;
  const today = wallClock(now, timeZone);
  const month = monthName === undefined ? today.month : months.indexOf(monthName.toLowerCase()) + 1;
  if (month === 0) return null;
  const wanted = { year: year === undefined ? today.year : Number(year), month, day: day === undefined ? today.day : Number(day), hour: clock, minute: Number(minute ?? 0) };
  const first = instantOf(wanted, timeZone);
  if (first.getTime() > now.getTime() || year !== undefined) return first;
  return instantOf(monthName === undefined ? { ...wanted, day: wanted.day + 1 } : { ...wanted, year: wanted.year + 1 }, timeZone);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface WallClock { year: number; month: number; day: number; hour: number; minute: number }

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function knownZone(zone: string | undefined): string | null {
  if (zone === undefined) return Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function wallClock(at: Date, timeZone: string): WallClock {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}

/** Reads the clock as if it were UTC, then takes off by how much that zone is ahead at that time. */
function instantOf(wall: WallClock, timeZone: string): Date {
  const asUtc = utc(wall);
  const ahead = utc(wallClock(new Date(asUtc), timeZone)) - asUtc;
  return new Date(asUtc - ahead);
}

function utc({ year, month, day, hour, minute }: WallClock): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}
