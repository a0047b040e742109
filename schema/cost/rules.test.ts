import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceList } from './price-list.ts';
import { MOST, namesModel, type Price, priced, priceOf, spanOf, worthOf } from './rules.ts';

const at = (day: string) => new Date(`${day}T00:00:00.000Z`);
const price = (model: string, from: string, inputMicros = 1n, provider = 'anthropic'): Price => ({ provider, model, from: at(from), inputMicros, cachedInputMicros: 0n, outputMicros: 0n });
const tokens = (inputTokens: bigint, cachedInputTokens = 0n, outputTokens = 0n) => ({ inputTokens, cachedInputTokens, outputTokens });

describe('which price', () => {
  const prices = [price('claude-*', '2025-01-01', 1n), price('claude-opus-*', '2025-01-01', 2n), price('claude-opus-4', '2025-01-01', 3n), price('claude-opus-4', '2025-06-01', 4n), price('claude-opus-4*', '2025-07-01', 5n)];
  test.each<[string, string, string, bigint | null]>([
    ['a beginning', 'claude-haiku', '2025-02-01', 1n],
    ['the longest beginning', 'claude-opus-5', '2025-02-01', 2n],
    ['the whole name before any beginning', 'claude-opus-4', '2025-02-01', 3n],
    ['of the same name the latest that had begun', 'claude-opus-4', '2025-06-01', 4n],
    ['the whole name before a later beginning as long', 'claude-opus-4', '2025-08-01', 4n],
    ['the beginning that goes on', 'claude-opus-4-1', '2025-08-01', 5n],
    ['a shorter one before it began', 'claude-opus-4-1', '2025-06-30', 2n],
    ['none before all', 'claude-opus-4', '2024-12-31', null],
    ['none of another model', 'gpt-5', '2025-08-01', null],
  ])('%s', (_name, model, day, expected) => {
    for (const list of [prices, [...prices].reverse()]) expect(priceOf(list, { provider: 'Anthropic', model, at: at(day) })?.inputMicros ?? null).toBe(expected);
  });

  test('only of that provider', () => expect(priceOf(prices, { provider: 'openai', model: 'claude-opus-4', at: at('2025-08-01') })).toBeNull());
  test('case does not matter', () => {
    expect(namesModel('GPT-5', 'gpt-5')).toBe(true);
    expect(namesModel('gpt-5*', 'GPT-5-mini')).toBe(true);
    expect(namesModel('gpt-5', 'gpt-5-mini')).toBe(false);
  });
});

describe('the list that is shipped', () => {
  test('each name and time once; all above zero, cached never dearer, output never cheaper', () => {
    expect(new Set(priceList.map(({ provider, model, from }) => `${provider} ${model} ${from.toISOString()}`)).size).toBe(priceList.length);
    for (const { inputMicros, cachedInputMicros, outputMicros, from } of priceList) {
      expect(cachedInputMicros > 0n && cachedInputMicros <= inputMicros && inputMicros <= outputMicros).toBe(true);
      expect(Number.isNaN(from.getTime())).toBe(false);
    }
  });
  test.each<[string, string, bigint | null]>([
    ['anthropic', 'claude-sonnet-4-5', 3_000_000n], ['anthropic', 'claude-sonnet-4-5-20250929', 3_000_000n], ['openai', 'gpt-5', 1_250_000n], ['openai', 'gpt-5-2025-08-07', 1_250_000n],
    ['openai', 'gpt-5-mini', 250_000n], ['google', 'gemini-2.5-pro', 1_250_000n],
    // Later models and other variants are not guessed from the names of earlier ones.
    ['openai', 'gpt-5-ultra', null], ['anthropic', 'claude-opus-4-8', null], ['openai', 'claude-sonnet-4-5', null],
  ])('%s %s', (provider, model, expected) => expect(priceOf(priceList, { provider, model, at: at('2026-01-01') })?.inputMicros ?? null).toBe(expected));
  test.each<[string, string, string, bigint]>([
    ['anthropic', 'claude-opus-5-5', '2026-11-21', 4_000_000n], ['anthropic', 'claude-opus-5', '2026-11-21', 5_000_000n], ['anthropic', 'claude-opus-4-8', '2026-05-28', 5_000_000n],
    ['anthropic', 'claude-sonnet-5', '2026-11-21', 2_000_000n], ['anthropic', 'claude-haiku-5-5', '2026-11-21', 100_000n], ['openai', 'gpt-5.4', '2026-11-21', 2_500_000n],
    ['openai', 'gpt-5.4-mini-2026-03-17', '2026-11-21', 750_000n], ['google', 'gemini-3.1-pro-preview', '2026-11-21', 2_000_000n],
  ])('%s %s of %s', (provider, model, day, expected) => expect(priceOf(priceList, { provider, model, at: at(day) })?.inputMicros).toBe(expected));
  test('a price of cached input that fell counts from its day on', () => {
    const read = (day: string) => priceOf(priceList, { provider: 'anthropic', model: 'claude-sonnet-5-5', at: at(day) })?.cachedInputMicros;
    expect([read('2026-10-06'), read('2026-10-07')]).toEqual([200_000n, 100_000n]);
  });
  test('a price that fell counts from its day on', () => {
    expect(priceOf(priceList, { provider: 'openai', model: 'o3', at: at('2025-06-09') })?.inputMicros).toBe(10_000_000n);
    expect(priceOf(priceList, { provider: 'openai', model: 'o3', at: at('2025-06-10') })?.inputMicros).toBe(2_000_000n);
  });
});

describe('tokens at a price', () => {
  const sonnet = { inputMicros: 3_000_000n, cachedInputMicros: 300_000n, outputMicros: 15_000_000n };
  test.each<[string, ReturnType<typeof tokens>, bigint | null]>([
    ['each kind at its own', tokens(1_000n, 10_000n, 100n), 3_000n + 3_000n + 1_500n], ['a single token', tokens(1n), 3n], ['half a millionth is rounded up', tokens(0n, 5n), 2n], ['less is rounded down', tokens(0n, 1n), 0n],
    ['none: nothing is known', tokens(0n), null], ['what is absurd is bounded', tokens(MOST, MOST, MOST), MOST],
  ])('%s', (_name, used, expected) => expect(priced(used, sonnet)).toBe(expected));
  test('without a price', () => expect(priced(tokens(1_000n), null)).toBeNull());
});

describe('what a use is worth', () => {
  const types = ['METERED_API', 'SUBSCRIPTION_INCLUDED', 'SUBSCRIPTION_OVERAGE', 'CREDITS', 'FIXED', 'UNKNOWN'] as const;
  const [reported, listed] = [7n, 9n];
  const known = { costMicros: reported, costStatus: 'REPORTED' as const };
  const unpriced = { costMicros: null, costStatus: 'UNPRICED' as const };
  test.each(types)('%s', (type) => {
    const isSubscription = type === 'SUBSCRIPTION_INCLUDED';
    expect(worthOf(reported, type, listed)).toEqual({ ...known, imputedMicros: listed });
    expect(worthOf(reported, type, null)).toEqual({ ...known, imputedMicros: isSubscription ? null : reported });
    expect(worthOf(0n, type, listed)).toEqual({ costMicros: 0n, costStatus: 'REPORTED', imputedMicros: listed });
    expect(worthOf(null, type, listed)).toEqual({
      ...(isSubscription ? { costMicros: 0n, costStatus: 'PRICED' } : type === 'METERED_API' ? { costMicros: listed, costStatus: 'PRICED' } : unpriced), imputedMicros: listed,
    });
    expect(worthOf(null, type, null)).toEqual({ ...(isSubscription ? { costMicros: 0n, costStatus: 'PRICED' } : unpriced), imputedMicros: null });
  });
});

describe('a span of time', () => {
  const time = fc.date({ min: at('2025-12-28'), max: at('2026-01-05'), noInvalidDate: true });
  const round = fc.constantFrom(1, 60_000, 3_600_000, 86_400_000).chain((step) => time.map((moment) => new Date(Math.floor(moment.getTime() / step) * step)));

  test('is cut into pieces that cover each moment once, hours and days whole', () => {
    fc.assert(
      fc.property(fc.option(round), fc.option(round), round, (since, until, moment) => {
        const span = spanOf(since, until);
        const isIn = (from: Date, to: Date) => moment >= from && moment < to;
        const hits = [isIn(span.since, span.hourFrom), isIn(span.hourFrom, span.dayFrom), isIn(span.dayFrom, span.dayTo), isIn(span.dayTo, span.hourTo), isIn(span.hourTo, span.until)];
        expect(hits.filter(Boolean).length).toBe((since === null || moment >= since) && (until === null || moment < until) ? 1 : 0);
        const whole = (from: Date, to: Date, step: number) => from >= to || (from.getTime() % step === 0 && to.getTime() % step === 0);
        expect(whole(span.hourFrom, span.dayFrom, 3_600_000) && whole(span.dayTo, span.hourTo, 3_600_000) && whole(span.dayFrom, span.dayTo, 86_400_000)).toBe(true);
        // No more of the events than the rest of one hour at each end.
        expect(span.hourFrom.getTime() - span.since.getTime()).toBeLessThan(3_600_000);
        expect(span.until.getTime() - span.hourTo.getTime()).toBeLessThan(3_600_000);
      }),
      { numRuns: 3_000 },
    );
  });

  test('without bounds it is days alone', () => {
    const { since, hourFrom, dayFrom, dayTo, hourTo, until } = spanOf(null, null);
    expect([hourFrom, dayFrom]).toEqual([since, since]);
    expect([dayTo, hourTo]).toEqual([until, until]);
  });

  test('that is absurd stays within what Postgres takes', () => {
    for (const span of [spanOf(new Date(8.64e15), null), spanOf(new Date(-8.64e15), new Date(-8.63e15)), spanOf(null, new Date(8.64e15))]) {
      for (const moment of Object.values(span)) expect((moment as Date).toISOString()).toMatch(/^\d{4}-/);
    }
  });
});
