import { describe, expect, test } from 'vitest';
import { claudeReader } from './output.ts';
import { sessionOf } from './session.ts';
import { contextWith, readRecording } from './testing.ts';

const now = new Date('2026-11-20T19:30:00Z');
const session = sessionOf('0b5f9a3e-6a51-4c1e-9d2e-0f6a4c1b7e11', contextWith());
const failed = (name: string, context = contextWith()) => {
  const { outcome } = readRecording(name, context, () => now);
  if (outcome.kind !== 'failed') throw new Error(`${name} succeeded`);
  return outcome;
};

describe('each way the real program ends', () => {
  test.each([
    ['not-logged-in', 'CLAUDE_AUTH_REQUIRED', 'auth'],
    ['key-refused', 'CLAUDE_AUTH_REQUIRED', 'auth'],
    ['credit-too-low', 'CLAUDE_BILLING', 'auth'],
    ['model-not-found', 'MODEL_NOT_FOUND', 'configuration'],
    ['quota-key', 'PROVIDER_QUOTA', 'provider_quota'],
    ['quota-subscription', 'PROVIDER_QUOTA', 'provider_quota'],
    ['overloaded', 'CLAUDE_TRANSIENT_UPSTREAM', 'transient_upstream'],
    ['server-error', 'CLAUDE_TRANSIENT_UPSTREAM', 'transient_upstream'],
    ['unreachable', 'CLAUDE_TRANSIENT_UPSTREAM', 'transient_upstream'],
    ['refusal', 'CLAUDE_REFUSAL', 'model_refusal'],
    ['poisoned-message-id', 'CLAUDE_POISONED_PREVIOUS_MESSAGE_ID', undefined],
    ['request-invalid', 'CLAUDE_REQUEST_INVALID', undefined],
    ['context-exhausted', 'CLAUDE_CONTEXT_EXHAUSTED', undefined],
    ['max-turns', 'MAX_TURNS_EXHAUSTED', undefined],
    ['max-budget', 'MAX_BUDGET_EXHAUSTED', undefined],
    ['session-unknown', 'CLAUDE_SESSION_UNKNOWN', undefined],
    ['root-refused', 'CLAUDE_ROOT_REFUSED', 'configuration'],
    ['unknown-option', 'CLAUDE_BAD_ARGUMENTS', 'configuration'],
  ])('%s is %s', (name, code, family) => {
    const outcome = failed(name);
    expect({ code: outcome.code, family: outcome.family }).toEqual({ code, family });
    expect(outcome.message).not.toBe('');
    expect(outcome.remedy).toMatch(/\.$/);
  });
});

test('what the agent quoted does not classify the run', () => {
  expect(readRecording('quoting-errors').outcome.kind).toBe('succeeded');
});

test.each(['max-turns', 'max-budget', 'poisoned-message-id', 'context-exhausted', 'session-unknown', 'refusal'])('%s forgets the session', (name) => {
  expect(failed(name).session).toBeNull();
});

test.each(['overloaded', 'quota-key', 'key-refused', 'model-not-found'])('%s keeps the session', (name) => {
  expect(failed(name).session?.displayId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a resumed conversation that cannot go on is tried once more without', () => {
  expect(failed('session-unknown', contextWith({}, { session })).retryFresh).toBe(true);
  expect(failed('poisoned-message-id', contextWith({}, { session })).retryFresh).toBe(true);
  expect(failed('poisoned-message-id').retryFresh).toBeUndefined();
  expect(failed('max-turns', contextWith({}, { session })).retryFresh).toBeUndefined();
});

test('a quota says when it resets, from the structured event or from the words', () => {
  expect(failed('quota-subscription')).toMatchObject({ retryNotBefore: '2030-12-31T23:00:00.000Z', remedy: expect.stringContaining('resets at 2030-12-31T23:00') });
  expect(failed('quota-key').retryNotBefore).toBeUndefined();
  const reader = claudeReader(contextWith(), () => now);
  reader.feed('stdout', `${JSON.stringify({ type: 'result', subtype: 'success', is_error: true, api_error_status: 429, result: 'You’ve hit your session limit · resets 8:06pm (UTC)' })}\n`);
  expect(reader.outcome({ code: 1, signal: null })).toMatchObject({ code: 'PROVIDER_QUOTA', retryNotBefore: '2026-11-20T20:06:00.000Z' });
});

test('without a result the exit counts, and the end of standard error explains', () => {
  const end = (code: number | null, signal: string | null, stderr = '') => {
    const reader = claudeReader(contextWith());
    reader.feed('stderr', stderr);
    reader.end();
    return reader.outcome({ code, signal });
  };
  expect(end(0, null)).toMatchObject({ kind: 'failed', code: 'CLAUDE_NO_RESULT' });
  expect(end(null, 'SIGSEGV')).toMatchObject({ code: 'KILLED_BY_SIGNAL', message: 'was ended by SIGSEGV' });
  expect(end(2, null, 'first\nlast word\n')).toMatchObject({ code: 'EXIT_CODE', message: 'exited with code 2: last word' });
});

test('a result is the truth, whatever the exit code', () => {
  const reader = claudeReader(contextWith());
  reader.feed('stdout', `${JSON.stringify({ type: 'result', subtype: 'success', is_error: false, result: 'done' })}\n`);
  expect(reader.outcome({ code: 1, signal: null }).kind).toBe('succeeded');
});
