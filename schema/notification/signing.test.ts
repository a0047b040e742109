import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signatureOf, signingKeyOf } from './signing.ts';

const instance = new Uint8Array(32).fill(7);
const target = { id: '01980000-0000-7000-8000-00000000000a', keyVersion: 1 };

test('a key is the same each time, and another for each target, version and installation', () => {
  const key = signingKeyOf(instance, target);
  expect(key).toMatch(/^whsec_[0-9a-f]{64}$/);
  expect(signingKeyOf(instance, { ...target })).toBe(key);
  const others = [signingKeyOf(instance, { ...target, keyVersion: 2 }), signingKeyOf(instance, { ...target, id: target.id.replace('a', 'b') }), signingKeyOf(new Uint8Array(32), target)];
  expect(new Set([key, ...others]).size).toBe(4);
});

test('a signature covers the time and the body', () => {
  const at = new Date('2026-11-21T12:00:00.900Z');
  const seconds = at.getTime() / 1000 - 0.9;
  expect(signatureOf('key', '{"é":1}', at)).toBe(`t=${seconds},v1=${createHmac('sha256', 'key').update(`${seconds}.{"é":1}`).digest('hex')}`);
});
