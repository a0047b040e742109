import { expect, test } from 'vitest';
import { parseLine } from './stream.ts';
import type { StreamLine } from './stream.ts';
import { contextWith } from './testing.ts';
import { billingTypeOf, costMicrosOf, providerOf, usageOf } from './usage.ts';

const result = (fields: object) => parseLine(JSON.stringify({ type: 'result', ...fields })) as StreamLine;

test('usage is the sum over models; cache writes are input, cache reads are not', () => {
  expect(usageOf(result({
    usage: { input_tokens: 1, output_tokens: 1 },
    modelUsage: {
      big: { inputTokens: 10, cacheCreationInputTokens: 5, cacheReadInputTokens: 100, outputTokens: 7 },
      small: { inputTokens: 2, outputTokens: 1 },
    },
  }))).toEqual({ inputTokens: 17n, cachedInputTokens: 100n, outputTokens: 8n });
});

test('without a count per model the plain one is taken', () => {
  expect(usageOf(result({ usage: { input_tokens: 3, cache_creation_input_tokens: 4, cache_read_input_tokens: 5, output_tokens: 6 } })))
    .toEqual({ inputTokens: 7n, cachedInputTokens: 5n, outputTokens: 6n });
});

test('nothing used is no usage, and odd counts count nothing', () => {
  expect(usageOf(result({ usage: { input_tokens: 0 } }))).toBeUndefined();
  expect(usageOf(result({ usage: { input_tokens: -5, output_tokens: 2.5, cache_read_input_tokens: 'many' } }))).toBeUndefined();
});

test('the cost is whole millionths; zero, negative or no number is no price', () => {
  expect(costMicrosOf(result({ total_cost_usd: 0.0022625 }))).toBe(2_263n);
  expect(costMicrosOf(result({ total_cost_usd: 12.5 }))).toBe(12_500_000n);
  for (const total_cost_usd of [0, -1, 'free', null, undefined, 1e12, 1e303]) expect(costMicrosOf(result({ total_cost_usd }))).toBeUndefined();
});

test('who pays follows from where the key came from', () => {
  const type = (apiKeySource: string | undefined, env = {}, limits = {}) =>
    billingTypeOf({ apiKeySource, isSubscription: false, isOverage: false, ...limits }, contextWith({ env }).config);
  expect(type('ANTHROPIC_API_KEY')).toBe('METERED_API');
  expect(type('apiKeyHelper', {}, { isSubscription: true })).toBe('METERED_API');
  expect(type('none')).toBe('SUBSCRIPTION_INCLUDED');
  expect(type('none', {}, { isSubscription: true, isOverage: true })).toBe('SUBSCRIPTION_OVERAGE');
  expect(type('none', { ANTHROPIC_AUTH_TOKEN: 'gateway' })).toBe('METERED_API');
  expect(type('none', { CLAUDE_CODE_USE_BEDROCK: '1' })).toBe('METERED_API');
  expect(type(undefined)).toBe('UNKNOWN');
});

test('a cloud provider sends the bill for Anthropic’s models', () => {
  expect(providerOf(contextWith({ env: { CLAUDE_CODE_USE_BEDROCK: '1' } }).config)).toEqual({ provider: 'anthropic', biller: 'aws_bedrock' });
  expect(providerOf(contextWith().config)).toEqual({ provider: 'anthropic', biller: 'anthropic' });
});
