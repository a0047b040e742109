import { describe, expect, test } from 'vitest';
import { workedMs } from '../testing/cpu.ts';
import { valueWithoutSecrets, withoutSecrets, withoutTokens } from './secrets.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZ2VudCJ9.c2lnbmF0dXJlLW9mLWl0';

describe('what looks like a secret is replaced, and what it was called stays', () => {
  test.each([
    [`run with ${JWT} now`, 'run with [redacted] now'],
    ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0aa.', '[redacted]'],
    ['brk_0123456789abcdef', '[redacted]'],
    ['use sk-ant-api03-abcdefgh.', 'use [redacted].'],
    ['ghp_abcdefghijkl and github_pat_11ABCDEFG', '[redacted] and [redacted]'],
    ['xoxb-1234567890, AKIAIOSFODNN7EXAMPLE, AIzaSyA1234567', '[redacted], [redacted], [redacted]'],
    ['glpat-abcdefghij npm_abcdefghij whsec_abcdefgh', '[redacted] [redacted] [redacted]'],
    ['postgres://app:hunter2@db/main', 'postgres://[redacted]@db/main'],
    ['https://x-access-token:abc@host/r.git', 'https://[redacted]@host/r.git'],
    ['Authorization: Bearer abcdefghij', 'Authorization: [redacted] [redacted]'],
    ['bearer abcdefghij', 'bearer [redacted]'],
    ['password=hunter2', 'password=[redacted]'],
    ['{"apiKey": "hunter2"}', '{"apiKey": "[redacted]"}'],
    ['OPENAI_API_KEY=hunter2', 'OPENAI_API_KEY=[redacted]'],
    ['tool --token hunter2 --db-password=hunter2', 'tool --token [redacted] --db-password=[redacted]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- after', '[redacted] after'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE…', '[redacted]'],
  ])('%s', (text, shown) => expect(withoutSecrets(text)).toBe(shown));
});

test.each(['sk-a…', 'the key is brk_01…', 'eyJhbGci…', 'at https://app:hun…', 'password: hu…'])('also where it was cut: %s', (text) => {
  expect(withoutSecrets(text)).not.toMatch(/sk-a|brk_0|eyJh|hun?…/);
});

test.each([
  'The tests fail: 3 of 12.', 'the token expires tomorrow', 'a secret handshake', 'see https://host:8080/path@2x.png', 'ask-before-you-leap-over-it', 'a risk-averse-approach',
  'mail me@example.com: it is done', '2026-11-21T10:00:00.000Z', '01987654-0000-7000-8000-000000000001', 'tokens: 12', '',
])('plain words stay: %s', (text) => expect(withoutSecrets(text)).toBe(text));

test('a sentence of ours keeps the names of fields, and quotes no token', () => {
  expect(withoutTokens(`adapterConfig.apiKey: must not be empty; there is no adapter "${JWT}"`)).toBe('adapterConfig.apiKey: must not be empty; there is no adapter "[redacted]"');
});

test('twice is once', () => {
  const once = withoutSecrets(`password: hunter2 ${JWT} --token abcdef Authorization: Bearer abcdefghij`);
  expect(withoutSecrets(once)).toBe(once);
});

test('no text takes long', () => {
  const texts = ['eyJ', 'sk-', '://', 'token=', '--', '-----BEGIN PRIVATE KEY-----', 'a://', 'password: '].map((part) => part.repeat(100_000 / part.length));
  const started = workedMs();
  for (const text of texts) withoutSecrets(text);
  expect(workedMs() - started).toBeLessThan(5_000);
});

test('a field that is named for a secret has none, whatever it looks like', () => {
  expect(valueWithoutSecrets({
    apiKey: 'hunter2', accessToken: 'hunter2', db_password: 'hunter2', connectionString: 'hunter2', env: { HOME: 'hunter2', DEEP: { er: ['hunter2'] } }, headers: { accept: 'hunter2' },
    inputTokens: '12', outputTokens: 34, key: 'notes', changed: ['title'], secret: '', 'sk-ant-api03-abcdefgh': 1, list: ['password=hunter2', null, true], args: ['--api-key', 'hunter2', '--page', '2'], none: null,
  })).toEqual({
    apiKey: '[redacted]', accessToken: '[redacted]', db_password: '[redacted]', connectionString: '[redacted]', env: { HOME: '[redacted]', DEEP: { er: ['[redacted]'] } }, headers: { accept: '[redacted]' },
    inputTokens: '12', outputTokens: 34, key: 'notes', changed: ['title'], secret: '', '[redacted]': 1, list: ['password=[redacted]', null, true], args: ['--api-key', '[redacted]', '--page', '2'], none: null,
  });
});
