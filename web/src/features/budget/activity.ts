import { paths } from '../../app/company.ts';
import type { BudgetMetric, BudgetResolution, BudgetWindow } from '../../graphql/generated/graphql.ts';
import { sentence } from '../../ui/failure.ts';
import { quantity } from './amount.ts';
import { metricWords, resolutionWords, windowWords } from './words.ts';

interface Details {
  metric?: BudgetMetric;
  window?: BudgetWindow;
  windowHours?: number;
  amount?: string;
  from?: string;
  to?: string;
  limit?: string;
  message?: string;
  resolution?: BudgetResolution;
  provider?: string;
  model?: string;
}

export interface MoneySentence {
  verb: string;
  object: { text: string; href: string | null } | null;
  tail: string | null;
  tone: 'plain' | 'bad' | 'ok';
}

const unit = (metric: BudgetMetric): string => (metric === 'TOKENS' || metric === 'RUNS' ? '' : ` ${metricWords[metric]}`);

/** What the log says of budgets and prices, in words; undefined for all else. */
export function moneySentence(action: string, given: unknown, prefix: string): MoneySentence | undefined {
  const details = (given ?? {}) as Details;
  const size = details.amount ?? details.limit;
  const amount = details.metric && size ? ` of ${quantity(details.metric, size)}${unit(details.metric)} ${windowWords({ window: details.window ?? 'MONTH', windowHours: details.windowHours })}` : '';
  const budget = { text: `a budget${amount}`, href: paths.budgets(prefix) };
  const plain = (verb: string, tail: string | null, tone: MoneySentence['tone'] = 'plain'): MoneySentence => ({ verb, object: budget, tail, tone });
  switch (action) {
    case 'budget.set':
      return plain(details.from === undefined ? 'set' : BigInt(details.to ?? details.amount ?? 0) > BigInt(details.from) ? 'raised' : 'changed', null);
    case 'budget.removed':
      return plain('removed', null);
    case 'budget.warned':
      return plain('warned of', details.message ? sentence(details.message) : null);
    case 'budget.stopped':
      return plain('stopped work by', details.message ? sentence(details.message) : null, 'bad');
    case 'budget.keptPaused':
      return plain('keeps paused what was stopped by', null);
    case 'budget.resumed':
      return plain('let go on what was stopped by', details.resolution ? resolutionWords(details.resolution) : null, 'ok');
    case 'price.set':
      return { verb: 'set the price of', object: { text: details.model ?? 'a model', href: `${paths.costs(prefix)}?view=prices` }, tail: details.provider ?? null, tone: 'plain' };
    default:
      return undefined;
  }
}
