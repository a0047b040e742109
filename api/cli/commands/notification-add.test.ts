import { expect, test } from 'vitest';
import { channelOf } from './notification-add.ts';

test.each([
  ['https://example.com/hook', 'WEBHOOK'],
  ['HTTP://example.com', 'WEBHOOK'],
  ['ftp://example.com/hook', 'WEBHOOK'],
  ['board@example.com', 'EMAIL'],
  ['example.com', 'EMAIL'],
])('%s is told by %s', (address, channel) => expect(channelOf(address)).toBe(channel));
