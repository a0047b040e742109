import { expect, test } from 'vitest';
import { amountFrom, amountText, bare, quantity, raisedAmount } from './amount.ts';
import { byUrgency, ruleWords, standingOf, subjectName, windowWords } from './words.ts';

test('amounts are read as people write them', () => {
  const read = (metric: Parameters<typeof amountFrom>[0], text: string) => {
    const result = amountFrom(metric, text);
    return 'amount' in result ? result.amount : result.problem;
  };
  expect([' 240 ', '$1,200.50', '0.000001', '1k', '$2.5 M'].map((text) => read('BILLED_COST', text))).toEqual([240_000_000n, 1_200_500_000n, 1n, 1_000_000_000n, 2_500_000_000_000n]);
  expect(['1.5M', '500k', '2 000', '12'].map((text) => read('TOKENS', text))).toEqual([1_500_000n, 500_000n, 2_000n, 12n]);
  expect(read('RUNS', '200')).toBe(200n);
  expect(read('IMPUTED_COST', '9007199254.740992')).toBe(9_007_199_254_740_992n);
});

test('what is no amount is told why', () => {
  const why = (metric: Parameters<typeof amountFrom>[0], text: string) => amountFrom(metric, text);
  expect(why('BILLED_COST', '')).toEqual({ problem: 'How many dollars?' });
  for (const text of ['ten', '-5', '1.2.3', '$', '5 dollars', '1e9']) expect(why('BILLED_COST', text)).toEqual({ problem: 'Write it as a number of dollars.' });
  expect(why('BILLED_COST', '0.0000001')).toEqual({ problem: 'A millionth of a dollar is the least.' });
  expect(why('RUNS', '1.5')).toEqual({ problem: 'Whole runs only.' });
  expect(why('TOKENS', '0')).toEqual({ problem: 'It must be more than nothing.' });
  expect(why('BILLED_COST', '9007199254.740993')).toEqual({ problem: 'At most $9,007,199,254.74.' });
});

test('an amount comes back as it was written', () => {
  expect(['240000000', '500000', '1230000', '1', '0'].map((amount) => amountText('BILLED_COST', amount))).toEqual(['240', '0.50', '1.23', '0.000001', '0']);
  expect(amountText('TOKENS', '1500000')).toBe('1500000');
  for (const amount of [1n, 240_000_000n, 1_234_567n]) expect(amountFrom('IMPUTED_COST', amountText('IMPUTED_COST', amount))).toEqual({ amount });
});

test('quantities name their unit', () => {
  expect([quantity('BILLED_COST', '196300000'), quantity('TOKENS', '48200000'), quantity('RUNS', '1'), quantity('RUNS', 131n)]).toEqual(['$196.30', '48.2 M tokens', '1 run', '131 runs']);
  expect([bare('TOKENS', '48200000'), bare('RUNS', '1310')]).toEqual(['48.2 M', '1,310']);
});

test('what is proposed for raising is round and more than limit and use', () => {
  expect(raisedAmount('BILLED_COST', '18000000', '18400000')).toBe(28_000_000n);
  expect(raisedAmount('BILLED_COST', '60000000', '61305396')).toBe(92_000_000n);
  expect(raisedAmount('RUNS', '3', '3')).toBe(5n);
  expect(raisedAmount('BILLED_COST', '10', '900')).toBe(1_000_000n);
  expect(raisedAmount('TOKENS', '40000000', '61000000')).toBeGreaterThan(61_000_000n);
});

const budget = { scope: 'PROJECT', metric: 'BILLED_COST', window: 'MONTH', warnPercent: 80, hardStop: true, amount: '100', used: '10' } as const;

test('a budget says what it counts, over what time, and what it does', () => {
  expect(ruleWords(budget)).toBe('billed this month, stops at 100%');
  expect(ruleWords({ ...budget, metric: 'TOKENS', window: 'ROLLING', windowHours: 24, hardStop: false })).toBe('tokens in 24 h, warns only');
  expect([windowWords({ window: 'ROLLING', windowHours: 168 }), windowWords({ window: 'ROLLING', windowHours: 5 }), windowWords({ window: 'LIFETIME' })]).toEqual(['in 7 d', 'in 5 h', 'in all']);
  expect([subjectName({ __typename: 'Company', name: 'Halyard' }), subjectName({ __typename: 'Issue', identifier: 'HAL-1', title: 'Sails' }), subjectName({ __typename: 'Goal', title: 'Speed' }), subjectName(null)])
    .toEqual(['Whole company', 'HAL-1 Sails', 'Speed', 'what is gone']);
});

test('how a budget stands, and which comes first', () => {
  const at = (used: string, more: Partial<Parameters<typeof standingOf>[0]> = {}) => standingOf({ ...budget, used, ...more });
  expect([at('79'), at('80'), at('100'), at('250'), at('5', { amount: '0' })]).toEqual(['fine', 'warned', 'over', 'over', 'fine']);
  expect([at('10', { stop: { incident: { status: 'OPEN' } } }), at('10', { stop: { incident: { status: 'KEPT_PAUSED' } } })]).toEqual(['stopped', 'kept']);
  const list = [{ ...budget, usedPercent: 10 }, { ...budget, usedPercent: 20, used: '20' }, { ...budget, used: '90', usedPercent: 90 }, { ...budget, stop: {}, usedPercent: 5 }];
  expect(byUrgency(list).map((each) => each.usedPercent)).toEqual([5, 90, 20, 10]);
});
