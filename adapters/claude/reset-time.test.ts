import { expect, test } from 'vitest';
import { dateOfSeconds, resetTimeIn } from './reset-time.ts';

const now = new Date('2026-11-20T19:30:00Z');

test.each([
  ['limit reached|1795205202', '2026-11-20T20:06:42.000Z'],
  ['You’ve hit your session limit · resets 8:06pm (UTC)', '2026-11-20T20:06:00.000Z'],
  ['5-hour limit reached ∙ resets 3pm (UTC)', '2026-11-21T15:00:00.000Z'],
  ['weekly limit · resets Nov 22 at 9am (Europe/Berlin)', '2026-11-22T08:00:00.000Z'],
  ['weekly limit · resets Jan 2, 12am (America/New_York)', '2027-01-02T05:00:00.000Z'],
  ['session limit · resets Dec 31, 2030, 11pm (UTC)', '2030-12-31T23:00:00.000Z'],
  ['resets at 23:15 (UTC)', '2026-11-20T23:15:00.000Z'],
])('%s', (message, expected) => {
  expect(resetTimeIn(message, now)?.toISOString()).toBe(expected);
});

test.each(['no time here', 'resets 25pm (UTC)', 'resets 3 times a day', 'resets 3pm (Mars/Olympus)', 'resets Foo 3 at 3pm (UTC)'])('%s: none', (message) => {
  expect(resetTimeIn(message, now)).toBeNull();
});

test('seconds that no calendar holds are no date', () => {
  expect(dateOfSeconds(1e300)).toBeNull();
  expect(dateOfSeconds(undefined)).toBeNull();
});
