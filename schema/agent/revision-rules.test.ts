import { expect, test } from 'vitest';
import { changedNames, changesOf, flat } from './revision-rules.ts';

test('every value has its path; lists, empty objects and null are values', () => {
  expect([...flat({ name: 'A', adapterConfig: { args: ['x'], env: { TOKEN: 't' }, extra: {} }, cheapConfig: null })]).toEqual([
    ['name', 'A'], ['adapterConfig.args', ['x']], ['adapterConfig.env.TOKEN', 't'], ['adapterConfig.extra', {}], ['cheapConfig', null],
  ]);
});

test.each<[string, object, object, string[]]>([
  ['nothing', { a: 1, b: [1] }, { a: 1, b: [1] }, []],
  ['a value', { a: 1, b: 2 }, { a: 1, b: 3 }, ['b']],
  ['a list', { a: [1] }, { a: [1, 2] }, ['a']],
  ['inside', { c: { x: 1, y: 2 } }, { c: { x: 1, y: 3 } }, ['c.y']],
  ['what is new and what is gone', { c: { x: 1 } }, { c: { y: 1 } }, ['c.y', 'c.x']],
  ['null to something', { c: null }, { c: { model: 'small' } }, ['c.model']],
  ['absent is null', {}, { c: null }, []],
])('changed: %s', (_what, before, after, names) => expect(changedNames(before as never, after as never)).toEqual(names));

test('changes carry the value on either side', () => {
  expect(changesOf(['title', 'c.x', 'gone'], { title: 'Old', c: { x: 1 } }, { title: null, c: { x: 2 } })).toEqual([
    { name: 'title', before: 'Old', after: null }, { name: 'c.x', before: 1, after: 2 }, { name: 'gone', before: null, after: null },
  ]);
});

test('what changed within something secret shows the sign that stands for all of it', () => {
  expect(changesOf(['servers.a.env.T', 'text.b'], { servers: { a: '•••' }, text: 'x' }, { servers: { a: '•••' } })).toEqual([
    { name: 'servers.a.env.T', before: '•••', after: '•••' }, { name: 'text.b', before: null, after: null },
  ]);
});
