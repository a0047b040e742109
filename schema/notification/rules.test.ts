import { describe, expect, test } from 'vitest';
import { checkedAddress, checkedEvents, hostOf } from './checks.ts';
import { ATTEMPTS_MAX, attemptsMax, delayAfter } from './rules.ts';
import { keptError, tellable } from './told.ts';

const HOUR = 3_600_000;

test('attempts come later and later, twelve within a day', () => {
  const delays = Array.from({ length: ATTEMPTS_MAX - 1 }, (_, i) => delayAfter(i + 1));
  expect(ATTEMPTS_MAX).toBe(12);
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect([delays[0], delays.at(-1)]).toEqual([30_000, 6 * HOUR]);
  expect(delays.reduce((sum, delay) => sum + delay)).toBeLessThan(24 * HOUR);
  expect(delays.reduce((sum, delay) => sum + delay)).toBeGreaterThan(18 * HOUR);
});

test('after the last attempt there is time for it to end', () => expect(delayAfter(ATTEMPTS_MAX)).toBe(30_000));
test('a test is tried once', () => expect([attemptsMax('TEST'), attemptsMax('RUN_FAILED')]).toEqual([1, 12]));

describe('an address', () => {
  test.each([
    ['https://example.com', 'https://example.com/'], ['  http://example.com/a?b=c#d ', 'http://example.com/a?b=c'], ['https://EXAMPLE.com:443/X', 'https://example.com/X'], ['http://0x7f.1/', 'http://127.0.0.1/'],
  ])('%s of a webhook is %s', (given, stored) => expect(checkedAddress('WEBHOOK', given)).toBe(stored));

  test.each(['', ' ', 'example.com', 'ftp://example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'https://', 'https://me@example.com', 'https://me:pw@example.com', `https://example.com/${'x'.repeat(2_000)}`])(
    '%j is none of a webhook', (given) => expect(() => checkedAddress('WEBHOOK', given)).toThrow('address'));

  test('an address that webhooks cannot go to is told what it must be, and not that it is no mailbox', () => expect(() => checkedAddress('WEBHOOK', 'ftp://example.com/hook')).toThrow('must be an https or http address'));

  test.each(['a@b', 'board@example.com', 'first.last+tag@mail.example.co.uk'])('%s is a mailbox', (given) => expect(checkedAddress('EMAIL', given)).toBe(given));

  test.each(['', 'board', 'a@', '@b', 'a@b@c', 'a@b, c@d', 'Board <a@b.test>', 'a@b.test\r\nBcc: c@d.test', '"a b"@c.test', 'a@-b.test', `${'x'.repeat(65)}@b.test`, `a@${'x'.repeat(254)}`])(
    '%j is no mailbox', (given) => expect(() => checkedAddress('EMAIL', given)).toThrow('address'));
});

test('what a target is told of', () => {
  expect(checkedEvents(['RUN_FAILED', 'BUDGET_WARNING', 'RUN_FAILED'])).toEqual(['RUN_FAILED', 'BUDGET_WARNING']);
  expect(() => checkedEvents([])).toThrow('events: must not be empty');
  expect(() => checkedEvents(['RUN_FAILED', 'TEST'])).toThrow('events: a test comes');
});

test('what is told is cut, at any depth, and tells no secret', () => {
  const told = tellable({ title: 'x'.repeat(600), nested: { list: ['y'.repeat(600), 7, null, true] }, error: 'key sk-ant-0123456789abcdef', token: 'abcdef' });
  expect(told.title).toHaveLength(500);
  expect(told.nested.list[0]).toHaveLength(500);
  expect(told.nested.list.slice(1)).toEqual([7, null, true]);
  expect(told.error).toBe('key [redacted]');
  expect(told.token).toBe('[redacted]');
});

test('an error is one line that the database takes, and repeats no secret', () => {
  expect(keptError('answered 401: {"token": "abcdefgh"} sk-ant-0123456789abcdef')).toBe('answered 401: {"token": "[redacted]"} [redacted]');
  expect(keptError('a\0b\r\nc\ud800')).toBe('a b c\ufffd');
  expect(keptError('x'.repeat(1_000))).toHaveLength(300);
});

test('of an address others may know the host', () => {
  expect(hostOf('WEBHOOK', 'https://hooks.example.com:8443/secret/path')).toBe('hooks.example.com:8443');
  expect(hostOf('EMAIL', 'owner@example.com')).toBe('example.com');
});
