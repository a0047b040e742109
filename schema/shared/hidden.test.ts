import { describe, expect, test } from 'vitest';
import { HIDDEN, hidden, unhidden } from './hidden.ts';

const settings = {
  command: 'tool', args: ['--verbose', '--token', 'hunter2', '--db-password=hunter3', 'sk-ant-api03-abcdefgh', 'plain'], url: 'https://host/hook?token=hunter4&page=2', body: { apiKey: 'hunter5', note: 'hi' },
  instructions: 'Never print the token: it is secret. Use sk-ant-api03-ijklmnop.', nested: [{ secret: 'hunter6' }], empty: { token: '' }, timeoutSec: 900, off: false, none: null,
};
const shown = {
  command: 'tool', args: ['--verbose', '--token', HIDDEN, `--db-password=${HIDDEN}`, HIDDEN, 'plain'], url: `https://host/hook?token=${HIDDEN}&page=2`, body: { apiKey: HIDDEN, note: 'hi' },
  instructions: `Never print the token: it is secret. Use ${HIDDEN}.`, nested: [{ secret: HIDDEN }], empty: { token: '' }, timeoutSec: 900, off: false, none: null,
};

test('what is secret by shape, by name or by the option before it is hidden; prose stays', () => expect(hidden(settings)).toEqual(shown));

test('an argument of several words is no prose, one of several lines is', () => {
  expect(hidden(['Authorization: Basic YWxhZGRpbg', 'id=1\ncall --token "$TOKEN"\nuse sk-ant-api03-abcdefgh'])).toEqual([`Authorization: ${HIDDEN} ${HIDDEN}`, `id=1\ncall --token "$TOKEN"\nuse ${HIDDEN}`]);
});

test('twice is once', () => expect(hidden(shown)).toEqual(shown));

test('what comes back as it is shown is what is stored', () => expect(unhidden(shown, settings)).toEqual({ value: settings, lost: [] }));

describe('what is changed around a secret', () => {
  const args = (given: unknown, stored: unknown = settings.args) => unhidden({ args: given }, { args: stored });
  test('arguments that move keep theirs', () => {
    expect(args(['--new', '--verbose', '--token', HIDDEN])).toEqual({ value: { args: ['--new', '--verbose', '--token', 'hunter2'] }, lost: [] });
    expect(args([...shown.args, '--more'])).toEqual({ value: { args: [...settings.args, '--more'] }, lost: [] });
  });
  test('one secret goes to no other option, and to no other field', () => {
    expect(args(['--print', HIDDEN]).lost).toEqual([['args', '1']]);
    expect(unhidden({ args: [], url: HIDDEN }, settings).lost).toEqual([['url']]);
    expect(unhidden({ body: { note: HIDDEN } }, settings).lost).toEqual([['body', 'note']]);
  });
  test('of two that fit neither is taken, but where it stands', () => {
    const two = ['--token', 'one', '--token', 'two'];
    expect(args(['--token', HIDDEN, '--token', HIDDEN], two)).toEqual({ value: { args: two }, lost: [] });
    expect(args(['x', '--token', HIDDEN], two).lost).toEqual([['args', '2']]);
  });
  test('what stands apart stays as it is given', () => {
    expect(unhidden({ env: { A: HIDDEN } }, null, (path) => path.join('.') === 'env.A')).toEqual({ value: { env: { A: HIDDEN } }, lost: [] });
  });
  test('a sign for nothing is told with its path', () => {
    expect(unhidden(shown, null).lost.map((path) => path.join('.'))).toEqual(['args.2', 'args.3', 'args.4', 'url', 'body.apiKey', 'instructions', 'nested.0.secret']);
    expect(unhidden({ a: `x ${HIDDEN}` }, { a: 'x y' }).lost).toEqual([['a']]);
  });
});
