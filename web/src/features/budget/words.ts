import type { BudgetMetric, BudgetResolution, BudgetScope, BudgetWindow } from '../../graphql/generated/graphql.ts';

export interface Worded {
  scope: BudgetScope;
  metric: BudgetMetric;
  window: BudgetWindow;
  windowHours?: number | null | undefined;
  warnPercent: number;
  hardStop: boolean;
}

export const scopeWords: Record<BudgetScope, string> = { COMPANY: 'Whole company', AGENT: 'Agent', PROJECT: 'Project', GOAL: 'Goal', ISSUE_SUBTREE: 'Issue' };
export const metricWords: Record<BudgetMetric, string> = { BILLED_COST: 'billed', IMPUTED_COST: 'worth', TOKENS: 'tokens', RUNS: 'runs' };

/** "this month", "in 24 h", "in all". */
export function windowWords({ window, windowHours }: Pick<Worded, 'window' | 'windowHours'>): string {
  if (window === 'ROLLING') return `in ${spanOf(windowHours ?? 0)}`;
  return window === 'MONTH' ? 'this month' : 'in all';
}

/** How much of it is used, in whole percent, cut and not rounded; what is ten times as much and more is told as that. */
export function shareWords(usedPercent: number | null | undefined): string {
  if (usedPercent === null || usedPercent === undefined) return '–';
  return usedPercent >= 1000 ? '>999%' : `${Math.floor(usedPercent)}%`;
}

const spanOf = (hours: number): string => (hours > 48 && hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`);

/** What a budget does, in a line: "billed this month, stops at 100%". */
export function ruleWords(budget: Worded): string {
  return `${metricWords[budget.metric]} ${windowWords(budget)}, ${budget.hardStop ? 'stops at 100%' : 'warns only'}`;
}

type Subject = { __typename: 'Company' | 'Agent' | 'Project'; name: string } | { __typename: 'Goal'; title: string } | { __typename: 'Issue'; identifier: string; title: string };

export function subjectName(subject: Subject | null | undefined): string {
  if (!subject) return 'what is gone';
  if (subject.__typename === 'Issue') return `${subject.identifier} ${subject.title}`;
  return subject.__typename === 'Goal' ? subject.title : subject.__typename === 'Company' ? 'Whole company' : subject.name;
}

export type Standing = 'fine' | 'warned' | 'stopped' | 'kept' | 'over';

/** How a budget stands: what it stops, and how near it is. */
export function standingOf(budget: { amount: string; used: string; warnPercent: number; stop?: { incident?: { status: string } | null } | null }): Standing {
  if (budget.stop) return budget.stop.incident?.status === 'KEPT_PAUSED' ? 'kept' : 'stopped';
  const [amount, used] = [BigInt(budget.amount), BigInt(budget.used)];
  if (amount === 0n) return 'fine';
  if (used >= amount) return 'over';
  return used * 100n >= amount * BigInt(budget.warnPercent) ? 'warned' : 'fine';
}

/** The most pressing first: what stops work, what is used up, what is nearly; then by share. */
export function byUrgency<Budget extends Parameters<typeof standingOf>[0] & { usedPercent?: number | null }>(budgets: readonly Budget[]): Budget[] {
  const weight: Record<Standing, number> = { stopped: 0, kept: 1, over: 2, warned: 3, fine: 4 };
  return budgets.toSorted((a, b) => weight[standingOf(a)] - weight[standingOf(b)] || (b.usedPercent ?? 0) - (a.usedPercent ?? 0));
}

const resolutions: Record<BudgetResolution, string> = {
  RAISED: 'the budget was raised', CHANGED: 'the budget was changed', REMOVED: 'the budget was removed', WINDOW_ENDED: 'its time had passed',
};
export const resolutionWords = (resolution: BudgetResolution): string => resolutions[resolution];
