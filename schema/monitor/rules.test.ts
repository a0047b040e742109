import { expect, test } from 'vitest';
import { type Arming, boundsAfter, isLastCheck, redactReference, whyNotArmed } from './rules.ts';

const now = new Date('2026-06-01T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const arming: Arming = { nextCheckAt: later(5), timeoutAt: null, maxAttempts: null, attempts: 0, now };

test.each<[string, Partial<Arming>, RegExp | null]>([
  ['soon', {}, null], ['in the past', { nextCheckAt: later(-1) }, /past/], ['now', { nextCheckAt: now }, /past/], ['in a year', { nextCheckAt: later(365 * 24 * 60) }, /90 days/],
  ['before the end', { timeoutAt: later(5) }, null], ['after the end', { timeoutAt: later(4) }, /end of the watch/],
  ['with checks left', { maxAttempts: 3, attempts: 2 }, null], ['with none left', { maxAttempts: 3, attempts: 3 }, /all 3 checks/],
])('%s', (_name, more, why) => {
  const reason = whyNotArmed({ ...arming, ...more });
  if (why) expect(reason).toMatch(why);
  else expect(reason).toBeNull();
});

test('bounds get tighter, and looser only by the board', () => {
  const before = { timeoutAt: later(60), maxAttempts: 5 };
  expect(boundsAfter(before, {}, false)).toEqual(before);
  expect(boundsAfter(before, { timeoutAt: later(30), maxAttempts: 3 }, false)).toEqual({ timeoutAt: later(30), maxAttempts: 3 });
  expect(boundsAfter(before, { timeoutAt: later(90), maxAttempts: null }, false)).toEqual(before);
  expect(boundsAfter(before, { timeoutAt: null, maxAttempts: 100 }, true)).toEqual({ timeoutAt: null, maxAttempts: 100 });
  expect(boundsAfter(null, { maxAttempts: 2 }, false)).toEqual({ timeoutAt: null, maxAttempts: 2 });
});

test('the last check', () => {
  expect(isLastCheck({ timeoutAt: null, maxAttempts: null }, 50, now)).toBe(false);
  expect(isLastCheck({ timeoutAt: now, maxAttempts: null }, 1, now)).toBe(true);
  expect(isLastCheck({ timeoutAt: later(1), maxAttempts: 2 }, 1, now)).toBe(false);
  expect(isLastCheck({ timeoutAt: null, maxAttempts: 2 }, 2, now)).toBe(true);
});

test.each([
  ['https://user:secret@ci.example.com/job/5', 'https://***@ci.example.com/job/5'],
  ['https://ci.example.com/job/5?access_token=abc&page=2', 'https://ci.example.com/job/5?access_token=***&page=2'],
  ['https://ci.example.com/job/5?page=2', 'https://ci.example.com/job/5?page=2'],
  ['build 17 with ghp_0123456789012345678901', 'build 17 with ***'],
  ['x?X-Amz-Signature=00ff', 'x?X-Amz-Signature=***'],
])('%s is kept as %s', (given, kept) => expect(redactReference(given)).toBe(kept));
