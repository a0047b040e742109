import type { BudgetMetric } from '../../graphql/generated/graphql.ts';
import { compact, count, money, plural } from '../../ui/format.ts';

const isMoney = (metric: BudgetMetric): boolean => metric === 'BILLED_COST' || metric === 'IMPUTED_COST';

/** The unit in which people write it. */
export const unitOf = (metric: BudgetMetric): string => (isMoney(metric) ? 'dollars' : metric === 'TOKENS' ? 'tokens' : 'runs');

/** "$196.30", "48.2 M tokens", "131 runs". */
export function quantity(metric: BudgetMetric, amount: string | bigint): string {
  if (isMoney(metric)) return money(amount);
  return metric === 'TOKENS' ? `${compact(amount)} tokens` : plural(Number(amount), 'run');
}

/** The same without its unit, where another beside it says it: "$196.30 of $240.00", "48.2 M of 60 M tokens". */
export const bare = (metric: BudgetMetric, amount: string | bigint): string => (isMoney(metric) ? money(amount) : metric === 'TOKENS' ? compact(amount) : count(amount));

const MOST = 9_007_199_254_740_992n;
const scales: Record<string, number> = { '': 0, k: 3, m: 6, b: 9 };

/** What was typed as an amount in the unit of its metric: "$1,200.50", "1.5M", "200". Else why it is none. */
export function amountFrom(metric: BudgetMetric, text: string): { amount: bigint } | { problem: string } {
  const [, whole = '', , part = '', scale = ''] = /^\$?\s*(\d+)(\.(\d+))?\s*([kmb]?)$/i.exec(text.replaceAll(/[,\s]/g, '').trim()) ?? [];
  if (whole === '') return { problem: text.trim() === '' ? `How many ${unitOf(metric)}?` : `Write it as a number of ${unitOf(metric)}.` };
  const digits = (isMoney(metric) ? 6 : 0) + (scales[scale.toLowerCase()] ?? 0);
  if (part.length > digits && /[1-9]/.test(part.slice(digits))) return { problem: isMoney(metric) ? 'A millionth of a dollar is the least.' : `Whole ${unitOf(metric)} only.` };
  const amount = BigInt(whole + part.slice(0, digits).padEnd(digits, '0'));
  if (amount === 0n) return { problem: 'It must be more than nothing.' };
  return amount > MOST ? { problem: `At most ${quantity(metric, MOST)}.` } : { amount };
}

/** An amount as it stands in a field, to be changed: "240", "0.5", "1500000". */
export function amountText(metric: BudgetMetric, amount: string | bigint): string {
  const value = BigInt(amount);
  if (!isMoney(metric)) return value.toString();
  const part = (value % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${value / 1_000_000n}${part === '' ? '' : `.${part.length === 1 ? `${part}0` : part}`}`;
}

/** What raising a budget may begin with: half as much again, more than what is used, in round figures. */
export function raisedAmount(metric: BudgetMetric, limit: string | bigint, used: string | bigint): bigint {
  const most = BigInt(limit) > BigInt(used) ? BigInt(limit) : BigInt(used);
  const wanted = most + most / 2n;
  const digits = wanted.toString().length;
  const least = isMoney(metric) ? 1_000_000n : 1n;
  const step = digits > 2 ? 10n ** BigInt(digits - 2) : 1n;
  const unit = step > least ? step : least;
  return (wanted / unit + 1n) * unit;
}
