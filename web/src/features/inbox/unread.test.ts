import { expect, test } from 'vitest';
import { unreadWords } from './unread.ts';

const inbox = (length: number, hasNextPage = false) => ({ nodes: Array.from({ length }, () => ({ at: '2026-11-21T12:00:00Z' })), pageInfo: { hasNextPage } });

test.each([
  [undefined, undefined],
  [null, undefined],
  [inbox(0), undefined],
  [inbox(7), '7'],
  [inbox(99), '99'],
  [inbox(99, true), '99+'],
])('%#: how many are unread', (given, words) => expect(unreadWords(given)).toBe(words));
