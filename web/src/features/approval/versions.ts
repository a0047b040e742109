import type { BudgetMetric } from '../../graphql/generated/graphql.ts';
import { changesWords, settingWords, valueWords } from '../agent/revisions/words.ts';
import { quantity } from '../budget/amount.ts';

const names: Record<string, string> = {
  title: 'What is asked for', body: 'Text', 'hire.budget': 'Budget', 'hire.budget.amount': 'Budget', 'hire.budget.metric': 'Budget counts', 'hire.budget.window': 'Budget over',
  'hire.budget.windowHours': 'Budget’s hours',
};

/** What a change is called that a version made: "hire.adapterConfig.model" is the model. */
export const askedName = (name: string): string => names[name] ?? settingWords(name.replace(/^hire\./, ''));

/** A value of it in words; an amount in the unit of its budget. */
export function askedValue(metric: BudgetMetric | undefined, name: string, value: unknown): string {
  if (name === 'hire.budget.amount' && metric && typeof value === 'string' && /^\d+$/.test(value)) return quantity(metric, value);
  return valueWords(value);
}

/** What a version changed, in a line. */
export function versionWords(version: { number: number; changes: readonly { name: string }[]; bodyDiff: readonly unknown[] }): string {
  if (version.number === 1) return 'As it was first asked for';
  const changed = [...new Set([...version.changes.map(({ name }) => askedName(name)), ...(version.bodyDiff.length > 0 ? [askedName('body')] : [])])];
  return changed.length === 0 ? 'The same once more' : changesWords(changed.map((name) => ({ name })));
}

/** How many lines came and went. */
export function countsOf(hunks: readonly { lines: readonly string[] }[]): { added: number; removed: number } {
  const beginning = (sign: string) => hunks.flatMap(({ lines }) => lines).filter((line) => line.startsWith(sign)).length;
  return { added: beginning('+'), removed: beginning('-') };
}
