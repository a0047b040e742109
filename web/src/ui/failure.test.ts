import { expect, test } from 'vitest';
import { explain, sentence } from './failure.ts';

test('a declined request is a sentence with its code, field and request id', () => {
  const error = { graphQLErrors: [{ message: 'must not be empty', extensions: { code: 'BAD_USER_INPUT', field: 'name', requestId: '8f2c-41' } }] };
  expect(explain(error)).toEqual({ message: 'Must not be empty.', code: 'BAD_USER_INPUT', field: 'name', requestId: '8f2c-41', offline: false });
});

test('a server that is not there is told from one that fails', () => {
  expect(explain({ networkError: new TypeError('Failed to fetch') })).toMatchObject({ message: 'The server does not answer.', offline: true });
  const failing = { networkError: new Error('Bad Gateway'), response: { status: 502, headers: new Headers({ 'x-request-id': 'ab-1' }) } };
  expect(explain(failing)).toMatchObject({ message: 'The server answered 502.', requestId: 'ab-1', offline: false });
});

test('anything else still says something', () => {
  expect(explain(new Error('boom')).message).toBe('Boom.');
  expect(sentence('')).toBe('Something went wrong.');
  expect(sentence('is it?')).toBe('Is it?');
  expect(sentence('projectId is not an id')).toBe('projectId is not an id.');
});
