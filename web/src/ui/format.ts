/** Money, time and counts as people read them. All pure; `now` is passed in so that tests and ticking clocks agree. */

const MICROS = 1_000_000n;

/** Millionths of a dollar: "$11.46". Below a cent it says so and does not round to nothing. */
export function money(micros: string | bigint | null | undefined): string {
  if (micros === null || micros === undefined) return '';
  const value = BigInt(micros);
  const negative = value < 0n;
  const amount = negative ? -value : value;
  if (amount > 0n && amount < 5_000n) return `${negative ? '-' : ''}<$0.01`;
  const cents = (amount + 5_000n) / 10_000n;
  const whole = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return `${negative ? '-' : ''}$${whole}.${(cents % 100n).toString().padStart(2, '0')}`;
}

/** True where money() would print $0.00. */
export function isZero(micros: string | bigint | null | undefined): boolean {
  return micros === null || micros === undefined || BigInt(micros) === 0n;
}

/** Micros as a number of dollars, for charts only. */
export function dollars(micros: string | bigint): number {
  return Number((BigInt(micros) * 100n) / MICROS) / 100;
}

/** A running clock: "0:07", "14:08", "1:02:33". */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** A span in words: "340 ms", "8 s", "14 min", "2 h 10 min", "3 d". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 36) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} d`;
}

const steps: [limitMs: number, unitMs: number, unit: string][] = [
  [3_600_000, 60_000, 'm'],
  [86_400_000, 3_600_000, 'h'],
  [7 * 86_400_000, 86_400_000, 'd'],
  [365 * 86_400_000, 7 * 86_400_000, 'w'],
];

/** Age in one unit for a narrow column: "now", "38m", "2h", "5d", "6w", "2y". */
export function age(at: string | number | Date, now: number): string {
  const ms = now - new Date(at).getTime();
  if (ms < 60_000) return 'now';
  for (const [limit, unit, name] of steps) if (ms < limit) return `${Math.floor(ms / unit)}${name}`;
  return `${Math.floor(ms / (365 * 86_400_000))}y`;
}

type At = string | number | Date;

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const two = (value: number): string => String(value).padStart(2, '0');

/** The parts of a moment, where the reader is or in UTC. Put together here and not by a locale: it reads the same in every browser. */
function partsOf(at: At, isUtc: boolean) {
  const date = new Date(at);
  const [year, month, day, weekday, hour, minute, second] = isUtc
    ? [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCDay(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    : [date.getFullYear(), date.getMonth(), date.getDate(), date.getDay(), date.getHours(), date.getMinutes(), date.getSeconds()];
  return { year, month: MONTHS[month] ?? '', weekday: WEEKDAYS[weekday] ?? '', day, time: `${two(hour)}:${two(minute)}`, second: two(second) };
}

const dayWithYear = (at: At, now: At, isUtc: boolean): string => {
  const { year, month, day } = partsOf(at, isUtc);
  return `${day} ${month.slice(0, 3)}${year === partsOf(now, isUtc).year ? '' : ` ${year}`}`;
};

/** "21 Nov", of another year "21 Nov 2025". */
export const dayOf = (at: At, now: At = Date.now()): string => dayWithYear(at, now, false);
/** "18:33". */
export const timeOf = (at: At): string => partsOf(at, false).time;
/** "18:33:28", where seconds matter: in logs. */
export const secondsOf = (at: At): string => {
  const { time, second } = partsOf(at, false);
  return `${time}:${second}`;
};
/** "21 Nov, 18:33". */
export const dayTimeOf = (at: At, now: At = Date.now()): string => `${dayOf(at, now)}, ${timeOf(at)}`;
/** "18:33" of today, else with its day. */
export const soonOf = (at: At, now: At = Date.now()): string => (new Date(at).toDateString() === new Date(now).toDateString() ? timeOf(at) : dayTimeOf(at, now));
/** "Saturday 21 November". */
export const longDay = (at: At, now: At = Date.now()): string => {
  const { year, month, weekday, day } = partsOf(at, false);
  return `${weekday} ${day} ${month}${year === partsOf(now, false).year ? '' : ` ${year}`}`;
};
/** "21 Nov 2026, 18:33:28 UTC+1": all there is to know of a moment, for hovering. */
export function moment(at: At): string {
  const { year, month, day } = partsOf(at, false);
  const off = -new Date(at).getTimezoneOffset();
  const hours = `${Math.floor(Math.abs(off) / 60)}${off % 60 === 0 ? '' : `:${two(Math.abs(off) % 60)}`}`;
  return `${day} ${month.slice(0, 3)} ${year}, ${secondsOf(at)} UTC${off === 0 ? '' : `${off < 0 ? '-' : '+'}${hours}`}`;
}

/** Days and months of rules that reckon in UTC, as budgets and costs do: "21 Nov". */
export const utcDay = (at: At, now: At = Date.now()): string => dayWithYear(at, now, true);
/** "21 Nov, 13:32 UTC". */
export const utcDayTime = (at: At, now: At = Date.now()): string => `${utcDay(at, now)}, ${partsOf(at, true).time} UTC`;
/** "Sat 21 Nov". */
export const utcWeekday = (at: At): string => {
  const { weekday, day, month } = partsOf(at, true);
  return `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)}`;
};
/** "November". */
export const utcMonth = (at: At): string => partsOf(at, true).month;

const counts = new Intl.NumberFormat('en-US');

/** Whole numbers with separators. */
export const count = (value: number | string | bigint): string => counts.format(BigInt(value));

/** Tokens and bytes of text: "812", "38 k", "1.2 M". */
export function compact(value: number | string | bigint): string {
  const number = Number(value);
  if (number < 1000) return String(number);
  if (number < 99_950) return `${trim(number / 1000)} k`;
  if (number < 999_500) return `${Math.round(number / 1000)} k`;
  if (number < 99_950_000) return `${trim(number / 1_000_000)} M`;
  return `${Math.round(number / 1_000_000)} M`;
}

/** "178 B", "2.3 kB". */
export const bytes = (amount: number | string | bigint): string => (Number(amount) < 1000 ? `${amount} B` : `${compact(amount)}B`);

const trim = (value: number) => value.toFixed(1).replace(/\.0$/, '');

/** "1 issue", "3 issues". */
export const plural = (amount: number, one: string, many = `${one}s`): string => `${count(amount)} ${amount === 1 ? one : many}`;

/** A share of 0 to 1: "93.9%". */
export const percent = (share: number): string => `${trim(share * 100)}%`;

/** "IN_PROGRESS" as words, for values without words of their own. */
export function words(value: string): string {
  const lower = value.toLowerCase().replaceAll('_', ' ');
  return (lower[0]?.toUpperCase() ?? '') + lower.slice(1);
}
