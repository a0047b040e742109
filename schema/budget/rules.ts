import type { BudgetMetric, BudgetScope, BudgetThreshold, BudgetWindow } from '../../prisma/generated/enums.ts';

export interface Limits { amount: bigint; warnPercent: number; hardStop: boolean }
export interface Windowed { window: BudgetWindow; windowHours: number; createdAt: Date }

const HOUR = 3_600_000;

export const WARN_PERCENT = { min: 1, max: 99, default: 80 } as const;
/** A year. */
export const WINDOW_HOURS = { min: 1, max: 8_760 } as const;
/** The largest amount taken: 2^53, about nine billion dollars. */
export const AMOUNT_MAX = 9_007_199_254_740_992n;

/** Where what counts begins and ends; null: there is no such end. A month is one of the calendar, in UTC. */
export function windowAt({ window, windowHours }: Pick<Windowed, 'window' | 'windowHours'>, at: Date): { start: Date | null; end: Date | null } {
  if (window === 'ROLLING') return { start: new Date(at.getTime() - windowHours * HOUR), end: null };
  if (window === 'LIFETIME') return { start: null, end: null };
  const month = (ahead: number) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + ahead, 1));
  return { start: month(0), end: month(1) };
}

/** The beginning by which an incident is told from those of other windows. */
export function incidentWindow(budget: Windowed, at: Date): Date {
  if (budget.window === 'MONTH') return windowAt(budget, at).start as Date;
  return budget.window === 'ROLLING' ? at : budget.createdAt;
}

/** From how much on there is a warning: the percentage, rounded up. */
export function warnsFrom({ amount, warnPercent }: Limits): bigint {
  return (amount * BigInt(warnPercent) + 99n) / 100n;
}

/** What a usage has reached; null where there is nothing to say. An amount of 0 limits nothing. */
export function reached(used: bigint, limits: Limits): BudgetThreshold | null {
  if (limits.amount <= 0n) return null;
  if (limits.hardStop && used >= limits.amount) return 'HARD';
  return used >= warnsFrom(limits) ? 'SOFT' : null;
}

/** An incident whose budget has not changed, as it stands when time has passed. */
export interface Reached { threshold: BudgetThreshold; windowStart: Date }

/**
 * Whether time alone has ended what an incident is about. A month ends when the next begins. A rolling window lets a stop go
 * only below the warning, and not at the limit: there each minute would free a moment's worth of runs, only to stop them.
 */
export function isPast(incident: Reached, budget: Limits & Windowed, at: Date, used: bigint): boolean {
  if (budget.window === 'MONTH') return incident.windowStart < (windowAt(budget, at).start as Date);
  return budget.window === 'ROLLING' && used < warnsFrom(budget);
}

/** Whether a warning was given for this window and amount, so that it is not given again. */
export function wasWarned(past: { windowStart: Date; limit: bigint }, budget: Limits & Windowed, at: Date): boolean {
  if (past.limit !== budget.amount) return false;
  const { start } = windowAt(budget, at);
  return start === null || past.windowStart >= start;
}

/** Percent of the amount, down to one decimal; null where there is no limit. */
export function percentUsed(used: bigint, amount: bigint): number | null {
  return amount > 0n ? Number((used * 1000n) / amount) / 10 : null;
}

/** By thousands, as one reads it: 61,305,396. */
const grouped = (value: bigint): string => value.toLocaleString('en-US');

export function quantity(metric: BudgetMetric, value: bigint): string {
  if (metric === 'TOKENS') return `${grouped(value)} tokens`;
  if (metric === 'RUNS') return value === 1n ? '1 run' : `${grouped(value)} runs`;
  return dollars(value);
}

/** What was spent, for sentences: from a dollar on in whole cents, cut and not rounded. */
export function spentOf(metric: BudgetMetric, value: bigint): string {
  const isCut = (metric === 'BILLED_COST' || metric === 'IMPUTED_COST') && value >= 1_000_000n;
  return quantity(metric, isCut ? value - (value % 10_000n) : value);
}

/** Cents, and more digits only where they are needed: what is told as used up must not look like less than the limit. */
function dollars(micros: bigint): string {
  const part = (micros % 1_000_000n).toString().padStart(6, '0').replace(/0{1,4}$/, '');
  return `$${micros / 1_000_000n}.${part}`;
}

const metrics: Record<BudgetMetric, string> = { BILLED_COST: ' billed', IMPUTED_COST: ' worth', TOKENS: '', RUNS: '' };
const scopes: Record<BudgetScope, string> = { COMPANY: 'company', AGENT: 'agent', PROJECT: 'project', GOAL: 'goal', ISSUE_SUBTREE: 'issue' };

export interface Told { scope: BudgetScope; subject: string; metric: BudgetMetric; window: BudgetWindow; windowHours: number }

/** A stop as a statement gives it in JSON, where amounts are texts. */
export interface StopFacts extends Told { spent: string; limit: string }

/** Which budget: 'the budget of agent Ada, $10.00 billed a month'. */
export function nameOf(budget: Told, amount: bigint): string {
  const span = { MONTH: ' a month', ROLLING: ` in ${budget.windowHours} h`, LIFETIME: ' in all' }[budget.window];
  return `the budget of ${scopes[budget.scope]} ${budget.subject}, ${quantity(budget.metric, amount)}${metrics[budget.metric]}${span}`;
}

/** One sentence that names the policy, what was spent and the limit. */
export function stopSentence(budget: Told, spent: bigint, limit: bigint): string {
  const name = nameOf(budget, limit);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}, is used up: ${spentOf(budget.metric, spent)} of ${quantity(budget.metric, limit)}.`;
}

/** The same before that, or of a budget that only warns. */
export function warnSentence(budget: Told, spent: bigint, limit: bigint): string {
  const name = nameOf(budget, limit);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}, is ${spent < limit ? 'nearly ' : ''}used up: ${spentOf(budget.metric, spent)} of ${quantity(budget.metric, limit)}.`;
}

/** How the reason begins for which a stop ends runs: that they were not ended by hand is told by it. */
export const STOPPED_FOR = 'budget used up: ';

export function wasStoppedByBudget(run: { cancelReason: string | null }): boolean {
  return run.cancelReason?.startsWith(STOPPED_FOR) ?? false;
}
