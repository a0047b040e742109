import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { readRunToken, signRunToken } from './run-token.ts';

const key = new Uint8Array(32).fill(7);
const claims = { agentId: 'agent', companyId: 'company', runId: 'run' };

test('a token says whose it is, and nobody else can write one', async () => {
  const token = await signRunToken(key, claims);
  expect(await readRunToken(key, token)).toEqual(claims);
  expect(await readRunToken(new Uint8Array(32).fill(8), token)).toBeNull();
});

test('each company has a key of its own: a token cannot be moved to another', async () => {
  const token = await signRunToken(key, claims);
  const [, , signature] = token.split('.');
  const moved = await signRunToken(key, { ...claims, companyId: 'other' });
  expect(await readRunToken(key, [...moved.split('.').slice(0, 2), signature].join('.'))).toBeNull();
});

test.each(['', 'x', 'a.b.c', 'brk_0000', `${'a'.repeat(10_000)}.b.c`])('%j is no token', async (text) => expect(await readRunToken(key, text)).toBeNull());

test('unsigned, expired and foreign tokens are none', async () => {
  const sign = (change: (jwt: SignJWT) => SignJWT, with_ = key) =>
    change(new SignJWT({ company: 'company', run: 'run' }).setProtectedHeader({ alg: 'HS256', kid: 'company' }).setSubject('agent').setIssuer('boardroom').setAudience('boardroom')).sign(with_);
  const none = `${Buffer.from('{"alg":"none","kid":"company"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: 'agent', company: 'company', run: 'run', iss: 'boardroom', aud: 'boardroom' })).toString('base64url')}.`;
  expect(await readRunToken(key, none)).toBeNull();
  expect(await readRunToken(key, await sign((jwt) => jwt))).toBeNull(); // signed with the instance's key itself
});

test('a token past its time is none', async () => {
  const { createHmac } = await import('node:crypto');
  const derived = createHmac('sha256', key).update('run-token:company').digest();
  const sign = (issuer: string, expires: number) =>
    new SignJWT({ company: 'company', run: 'run' }).setProtectedHeader({ alg: 'HS256', kid: 'company' }).setSubject('agent').setIssuer(issuer).setAudience('boardroom').setExpirationTime(expires).sign(derived);
  const now = Math.floor(Date.now() / 1000);
  expect(await readRunToken(key, await sign('boardroom', now + 60))).toEqual(claims);
  expect(await readRunToken(key, await sign('boardroom', now - 60))).toBeNull();
  expect(await readRunToken(key, await sign('somebody', now + 60))).toBeNull();
});
