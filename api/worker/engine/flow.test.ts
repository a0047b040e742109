import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Flow } from './flow.ts';

test('a burst passes at once, and then so much a second in order of asking', async () => {
  const flow = new Flow(10_000, 1_000);
  const started = performance.now();
  const atOnce = flow.take(1_000).then(() => true);
  expect(await Promise.race([atOnce, setImmediate(false)])).toBe(true);
  const order: number[] = [];
  await Promise.all([1, 2, 3, 4].map((n) => flow.take(500).then(() => order.push(n))));
  expect(order).toEqual([1, 2, 3, 4]);
  expect(performance.now() - started).toBeGreaterThan(180); // 2,000 bytes at 10,000 a second
});
