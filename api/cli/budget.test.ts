import { expect, test } from 'vitest';
import { limitText } from './budget.ts';

test.each([
  [{ metric: 'IMPUTED_COST', window: 'MONTH', windowHours: null, amount: '1000000' }, '$1.00 worth a month'],
  [{ metric: 'BILLED_COST', window: 'ROLLING', windowHours: 5, amount: '1500000' }, '$1.50 billed in 5 h'],
  [{ metric: 'RUNS', window: 'LIFETIME', windowHours: null, amount: '1' }, '1 run in all'],
  [{ metric: 'RUNS', window: 'LIFETIME', windowHours: null, amount: '3' }, '3 runs in all'],
  [{ metric: 'TOKENS', window: 'MONTH', windowHours: null, amount: '0' }, 'no limit on tokens'],
] as const)('a limit as people say it: %o', (budget, text) => expect(limitText(budget)).toBe(text));
