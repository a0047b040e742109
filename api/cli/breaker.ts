import { UsageError } from './failure.ts';
import { columns, dim } from './print.ts';

interface Own {
  consecutiveFailures: number | null; runsWithoutProgress: number | null; runsPerHour: number | null; runsPerDay: number | null; tokensPerRun: string | null; velocityPercent: number | null;
}
interface Held { consecutiveFailures: number; runsWithoutProgress: number; runsPerHour: number; runsPerDay: number; tokensPerRun: string; velocityPercent: number }
export interface Limits { own: Own; effective: Held }

const NAMES: [keyof Held, string][] = [
  ['consecutiveFailures', 'failures in a row'], ['runsWithoutProgress', 'runs in a row that leave nothing'], ['runsPerHour', 'runs an hour'], ['runsPerDay', 'runs a day'],
  ['tokensPerRun', 'tokens of a run'], ['velocityPercent', 'tokens a minute, in % of its average'],
];

/** Each limit a line: what holds, and whether it is said here or by the level above: an agent's company, and above that Boardroom. */
export function limitRows({ own, effective }: Limits, whose: 'agent' | 'company'): string {
  const above = dim(whose === 'agent' ? 'as the company has it' : 'as Boardroom ships it');
  return columns(NAMES.map(([name, words]) => [words, String(effective[name]) === '0' ? 'off' : String(effective[name]), own[name] === null ? above : 'set here']));
}

/** A limit as it is typed: a number, `off`, or `inherit` for what the level above says. */
export function limitFrom(flag: string, word: string | undefined): number | null | undefined {
  if (word === undefined) return undefined;
  if (word === 'inherit') return null;
  if (word === 'off') return 0;
  if (!/^\d{1,9}$/.test(word)) throw new UsageError(`--${flag} takes a number, off, or inherit`);
  return Number(word);
}
