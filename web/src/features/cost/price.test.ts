import { expect, test } from 'vitest';
import { condensed, priceFrom, priceWords } from './price.ts';

test('prices are read in dollars per million tokens', () => {
  expect(['3', '$0.30', ' 0.075 ', '1,250', '0', ''].map(priceFrom)).toEqual([{ micros: 3_000_000n }, { micros: 300_000n }, { micros: 75_000n }, { micros: 1_250_000_000n }, { micros: 0n }, { micros: null }]);
  for (const text of ['cheap', '-1', '1.', '0.0000001', '1 USD']) expect(priceFrom(text)).toEqual({ problem: 'Write it in dollars per million tokens.' });
  expect(priceFrom('1000001')).toEqual({ problem: 'At most a million dollars.' });
});

test('prices are shown to the cent, and further where that would be wrong', () => {
  expect(['3000000', '75000', '300000', '0', '1250000000', '1'].map(priceWords)).toEqual(['$3.00', '$0.075', '$0.30', '$0.00', '$1,250.00', '$0.000001']);
});

test('a model stands once in the list, its dated names beside it, unless they cost something else', () => {
  const price = (model: string, inputMicros = '1', provider = 'anthropic') => ({ provider, model, inputMicros, cachedInputMicros: '1', outputMicros: '1', effectiveAt: 'x' });
  const list = [price('gpt-5', '1', 'openai'), price('haiku-latest'), price('haiku-20*'), price('haiku'), price('haiku-4'), price('sonnet-20*', '2'), price('sonnet')];
  expect(condensed(list).map(({ model, others }) => [model, ...others])).toEqual([['haiku', 'haiku-20*', 'haiku-latest'], ['haiku-4'], ['sonnet'], ['sonnet-20*'], ['gpt-5']]);
});
