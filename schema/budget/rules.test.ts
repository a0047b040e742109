import { describe, expect, test } from 'vitest';
import { incidentWindow, isPast, nameOf, percentUsed, quantity, spentOf, reached, STOPPED_FOR, stopSentence, type Told, warnsFrom, warnSentence, wasStoppedByBudget, wasWarned, windowAt } from './rules.ts';

const at = new Date('2026-02-28T23:59:59.999Z');
const createdAt = new Date('2025-12-05T00:00:00Z');
const month = { window: 'MONTH', windowHours: 0, createdAt } as const;
const rolling = { window: 'ROLLING', windowHours: 5, createdAt } as const;
const lifetime = { window: 'LIFETIME', windowHours: 0, createdAt } as const;
const limits = { amount: 100n, warnPercent: 80, hardStop: true };

describe('windows', () => {
  test('a month is one of the calendar in UTC, whatever its length', () => {
    expect(windowAt(month, at)).toEqual({ start: new Date('2026-02-01T00:00:00Z'), end: new Date('2026-03-01T00:00:00Z') });
    expect(windowAt(month, new Date('2026-03-01T00:00:00Z'))).toEqual({ start: new Date('2026-03-01T00:00:00Z'), end: new Date('2026-04-01T00:00:00Z') });
    expect(windowAt(month, new Date('2026-12-31T12:00:00Z'))).toEqual({ start: new Date('2026-12-01T00:00:00Z'), end: new Date('2027-01-01T00:00:00Z') });
  });
  test('a rolling window reaches back from now; a lifetime has no beginning', () => {
    expect(windowAt(rolling, at)).toEqual({ start: new Date('2026-02-28T18:59:59.999Z'), end: null });
    expect(windowAt(lifetime, at)).toEqual({ start: null, end: null });
  });
  test('an incident belongs to its month, to its moment, or to the budget', () => {
    expect(incidentWindow(month, at)).toEqual(new Date('2026-02-01T00:00:00Z'));
    expect(incidentWindow(rolling, at)).toEqual(at);
    expect(incidentWindow(lifetime, at)).toEqual(createdAt);
  });
});

describe('thresholds', () => {
  test.each<[bigint, number, bigint]>([[100n, 80, 80n], [101n, 80, 81n], [1n, 80, 1n], [10n, 1, 1n], [3n, 99, 3n], [1_000_000n, 33, 330_000n], [7n, 50, 4n]])('%s at %s%% warns from %s', (amount, warnPercent, from) => {
    expect(warnsFrom({ ...limits, amount, warnPercent })).toBe(from);
  });
  test.each<[string, bigint, Partial<typeof limits>, string | null]>([
    ['below the warning', 79n, {}, null], ['at the warning', 80n, {}, 'SOFT'], ['just below the amount', 99n, {}, 'SOFT'], ['at the amount', 100n, {}, 'HARD'], ['above it', 10_000n, {}, 'HARD'],
    ['at the amount without a stop', 100n, { hardStop: false }, 'SOFT'], ['no limit', 10_000n, { amount: 0n }, null], ['nothing used of no limit', 0n, { amount: 0n }, null], ['nothing used', 0n, {}, null],
  ])('%s', (_name, used, over, expected) => expect(reached(used, { ...limits, ...over })).toBe(expected));
});

describe('what time ends', () => {
  const incident = { threshold: 'HARD', windowStart: new Date('2026-02-01T00:00:00Z') } as const;
  test('a month when the next begins, whatever was used', () => {
    expect(isPast(incident, { ...limits, ...month }, at, 0n)).toBe(false);
    expect(isPast(incident, { ...limits, ...month }, new Date('2026-03-01T00:00:00Z'), 1_000n)).toBe(true);
  });
  test('a rolling window below the warning, not just below the amount', () => {
    expect([101n, 99n, 80n, 79n, 0n].map((used) => isPast(incident, { ...limits, ...rolling }, at, used))).toEqual([false, false, false, true, true]);
  });
  test('a lifetime never', () => expect(isPast(incident, { ...limits, ...lifetime }, new Date('2030-01-01'), 0n)).toBe(false));
});

describe('a warning is given once', () => {
  const past = { windowStart: new Date('2026-02-01T00:00:00Z'), limit: 100n };
  test('for a month and an amount', () => {
    expect(wasWarned(past, { ...limits, ...month }, at)).toBe(true);
    expect(wasWarned(past, { ...limits, ...month, amount: 200n }, at)).toBe(false);
    expect(wasWarned(past, { ...limits, ...month }, new Date('2026-03-01T00:00:00Z'))).toBe(false);
  });
  test('for a rolling window, until that one has passed', () => {
    expect(wasWarned({ ...past, windowStart: new Date(at.getTime() - 4 * 3_600_000) }, { ...limits, ...rolling }, at)).toBe(true);
    expect(wasWarned({ ...past, windowStart: new Date(at.getTime() - 6 * 3_600_000) }, { ...limits, ...rolling }, at)).toBe(false);
  });
  test('for a lifetime', () => expect(wasWarned({ ...past, windowStart: createdAt }, { ...limits, ...lifetime }, new Date('2030-01-01'))).toBe(true));
});

describe('words', () => {
  const ada: Told = { scope: 'AGENT', subject: 'Ada', metric: 'BILLED_COST', window: 'MONTH', windowHours: 0 };
  test('name the policy, what was spent and the limit', () => {
    expect(stopSentence(ada, 10_020_000n, 10_000_000n)).toBe('The budget of agent Ada, $10.00 billed a month, is used up: $10.02 of $10.00.');
    expect(warnSentence(ada, 12_000_000n, 10_000_000n)).toBe('The budget of agent Ada, $10.00 billed a month, is used up: $12.00 of $10.00.');
    expect(warnSentence({ ...ada, scope: 'ISSUE_SUBTREE', subject: 'ACME-7', metric: 'TOKENS', window: 'ROLLING', windowHours: 5 }, 800n, 1_000n)).toBe('The budget of issue ACME-7, 1,000 tokens in 5 h, is nearly used up: 800 tokens of 1,000 tokens.');
    expect(nameOf({ ...ada, scope: 'COMPANY', subject: 'Acme', metric: 'RUNS', window: 'LIFETIME' }, 1n)).toBe('the budget of company Acme, 1 run in all');
    expect(nameOf({ ...ada, scope: 'GOAL', subject: 'Growth', metric: 'IMPUTED_COST' }, 1_234_567n)).toBe('the budget of goal Growth, $1.234567 worth a month');
  });
  test('a part of a cent is told', () => {
    expect([0n, 1n, 500_000n, 999_999n, 12_345_600_000n].map((value) => quantity('BILLED_COST', value))).toEqual(['$0.00', '$0.000001', '$0.50', '$0.999999', '$12345.60']);
    expect([999_999n, 61_305_396n].map((value) => spentOf('BILLED_COST', value))).toEqual(['$0.999999', '$61.30']);
    expect(spentOf('TOKENS', 61_305_396n)).toBe('61,305,396 tokens');
  });
  test('percent', () => expect([percentUsed(0n, 100n), percentUsed(1n, 3n), percentUsed(250n, 100n), percentUsed(5n, 0n)]).toEqual([0, 33.3, 250, null]));
  test('a run that a stop ended is told by its reason', () => {
    expect([`${STOPPED_FOR}x`, 'cancelled by the board', null].map((cancelReason) => wasStoppedByBudget({ cancelReason }))).toEqual([true, false, false]);
  });
});
