import { describe, expect, test } from 'vitest';
import { askedChanges, askedOf, changedSince } from './version-rules.ts';

const hire = (settings: object, budget: object | null = null) => ({ settings, budget });
const asked = (more: object = {}) => ({ title: 'Hire Nova', body: 'Why', hire: null as unknown, ...more });

describe('what differs between two versions', () => {
  test.each<[string, object, object, string[]]>([
    ['nothing', {}, {}, []],
    ['the title', {}, { title: 'Hire Juno' }, ['title']],
    ['the text', {}, { body: 'So' }, ['body']],
    ['a text that is gone', {}, { body: null }, ['body']],
    ['a setting, by its path', { hire: hire({ adapterConfig: { command: 'a', args: [] } }) }, { hire: hire({ adapterConfig: { command: 'b', args: [] } }) }, ['hire.adapterConfig.command']],
    ['the title of the agent is not that of the approval', { hire: hire({ title: 'Tester' }) }, { hire: hire({ title: 'Chief tester' }) }, ['hire.title']],
    ['a budget that was added', { hire: hire({}) }, { hire: hire({}, { metric: 'TOKENS', amount: '5' }) }, ['hire.budget.metric', 'hire.budget.amount']],
    ['a budget that was raised', { hire: hire({}, { metric: 'TOKENS', amount: '5' }) }, { hire: hire({}, { metric: 'TOKENS', amount: '6' }) }, ['hire.budget.amount']],
    ['a budget that is gone', { hire: hire({}, { amount: '5' }) }, { hire: hire({}) }, ['hire.budget.amount']],
  ])('%s', (_what, before, after, names) => expect(changedSince(asked(before), asked(after))).toEqual(names));

  test('a secret that was replaced looks the same, and is named', () => {
    const shown = asked({ hire: hire({ adapterConfig: { env: { KEY: '•••' } } }) });
    const own = (KEY: string) => ({ adapterConfig: { env: { KEY } } });
    expect(changedSince(shown, shown, { before: own('old'), after: own('new') })).toEqual(['hire.adapterConfig.env.KEY']);
    expect(changedSince(shown, shown, { before: own('old'), after: own('old') })).toEqual([]);
  });

  test('what differs in both ways is named once', () => {
    const own = (title: string) => ({ title });
    expect(changedSince(asked({ hire: hire(own('a')) }), asked({ hire: hire(own('b')) }), { before: own('a'), after: own('b') })).toEqual(['hire.title']);
  });
});

test('changes have both values, and the text is compared elsewhere', () => {
  const [before, after] = [asked({ hire: hire({ title: null }, { amount: '5' }) }), asked({ body: 'So', hire: hire({ title: 'Tester' }) })];
  expect(askedChanges(changedSince(before, after), before, after)).toEqual([
    { name: 'hire.title', before: null, after: 'Tester' }, { name: 'hire.budget.amount', before: '5', after: null },
  ]);
  expect(askedChanges([], null, after)).toEqual([]);
});

test('what is no hire is its title alone', () => {
  expect(askedOf(asked())).toEqual({ title: 'Hire Nova' });
});
