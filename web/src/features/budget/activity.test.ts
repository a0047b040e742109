import { expect, test } from 'vitest';
import { moneySentence } from './activity.ts';

const said = (action: string, details: unknown) => {
  const { verb, object, tail, tone } = moneySentence(action, details, 'HAL') ?? { verb: 'nothing' };
  return [verb, object?.text, tail && `(${tail})`, tone !== 'plain' && tone].filter(Boolean).join(' ');
};

test.each([
  ['budget.set', { metric: 'BILLED_COST', window: 'MONTH', amount: '10000000' }, 'set a budget of $10.00 billed this month'],
  ['budget.set', { metric: 'TOKENS', window: 'ROLLING', windowHours: 24, amount: '2000000', from: '5000000' }, 'changed a budget of 2 M tokens in 24 h'],
  ['budget.set', { changed: ['amount'], from: '5', to: '6' }, 'raised a budget'],
  ['budget.removed', { metric: 'RUNS', window: 'LIFETIME', amount: '20' }, 'removed a budget of 20 runs in all'],
  ['budget.warned', { message: 'the budget of agent Ada is nearly used up' }, 'warned of a budget (The budget of agent Ada is nearly used up.)'],
  ['budget.stopped', { message: 'it is used up.', metric: 'IMPUTED_COST', window: 'MONTH', limit: '18000000' }, 'stopped work by a budget of $18.00 worth this month (It is used up.) bad'],
  ['budget.keptPaused', {}, 'keeps paused what was stopped by a budget'],
  ['budget.resumed', { resolution: 'WINDOW_ENDED' }, 'let go on what was stopped by a budget (its time had passed) ok'],
  ['price.set', { provider: 'own', model: 'house-*' }, 'set the price of house-* (own)'],
  ['issue.created', {}, 'nothing'],
])('%s %o', (action, details, sentence) => expect(said(action, details)).toBe(sentence));
