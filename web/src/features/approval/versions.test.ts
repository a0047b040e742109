import { expect, test } from 'vitest';
import { askedName, askedValue, countsOf, versionWords } from './versions.ts';

const changed = (...changes: string[]) => ({ number: 2, changes: changes.map((name) => ({ name })), bodyDiff: [] as unknown[] });

test.each([
  [{ ...changed(), number: 1 }, 'As it was first asked for'],
  [changed(), 'The same once more'],
  [changed('title', 'hire.managerId'), 'What is asked for, Reports to'],
  [{ ...changed('hire.adapterConfig.model'), bodyDiff: [{}] }, 'model, Text'],
  // Two parts of a budget, of one name, are told once.
  [changed('hire.budget', 'hire.budget.amount'), 'Budget'],
  [changed('title', 'hire.title', 'hire.name', 'hire.role'), 'What is asked for, Title and 2 more'],
])('%#: what a version changed', (version, words) => expect(versionWords(version)).toBe(words));

test.each([
  ['BILLED_COST' as const, 'hire.budget.amount', '40000000', '$40.00'],
  ['TOKENS' as const, 'hire.budget.amount', '5000000', '5 M tokens'],
  [undefined, 'hire.budget.amount', '5', '5'],
  ['TOKENS' as const, 'title', '5', '5'],
  ['TOKENS' as const, 'hire.budget.amount', null, 'not set'],
])('%s, %s: %j in words', (metric, name, value, words) => expect(askedValue(metric, name, value)).toBe(words));

test('lines that came and went are counted, those around them are not', () => {
  expect(countsOf([{ lines: [' a', '-b', '+c', '+d'] }, { lines: ['-e'] }])).toEqual({ added: 2, removed: 2 });
  expect(askedName('hire.adapterConfig.env.TOKEN')).toBe('env.TOKEN');
});
