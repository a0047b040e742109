import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moonOn, nextFullMoon } from '../src/moon.mjs';

const seen = [
  ['the eclipse of April 2024 was a new moon', '2024-04-08T18:21Z', 0],
  ['first quarter in May 2024', '2024-05-15T11:48Z', 2],
  ['full moon in September 2024', '2024-09-18T02:34Z', 4],
  ['full moon in January 2025', '2025-01-13T22:27Z', 4],
  ['last quarter in January 2025', '2025-01-21T20:31Z', 6],
];
for (const [what, at, phase] of seen) {
  test(what, () => assert.equal(moonOn(new Date(at)).phase, phase));
}

test('a full moon is lit, a new moon is not', () => {
  assert.ok(moonOn(new Date('2025-01-13T22:27Z')).lit > 0.98);
  assert.ok(moonOn(new Date('2025-01-29T12:36Z')).lit < 0.02);
});

test('the next full moon is ahead, less than a month away', () => {
  const from = new Date('2025-01-15T00:00Z');
  const days = (nextFullMoon(from) - from) / 86_400_000;
  assert.ok(days > 26 && days < 30);
});
