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

const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

export const moment = (at: string | number | Date): string => full.format(new Date(at));
export const longDay = (at: string | number | Date): string => day.format(new Date(at));
export const dayOf = (at: string | number | Date): string => shortDay.format(new Date(at));
export const timeOf = (at: string | number | Date): string => time.format(new Date(at));

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
