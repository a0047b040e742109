import { expect, test } from 'vitest';
import { withFragments } from './documents.ts';

const fragments = new Map([
  ['Line', 'fragment Line on Issue {\n  id\n  assignee { ...Who }\n}'],
  ['Who', 'fragment Who on Agent { id name }'],
  ['Unused', 'fragment Unused on Run { id }'],
]);

test('a document brings its fragments and theirs, each once, and no other', () => {
  const text = withFragments('query Q($a: Int = 3) {\n  one { ...Line }\n  two { ...Line ...Who }\n}', fragments);
  expect(text).toBe('query Q($a:Int = 3){one{...Line}two{...Line ...Who}} fragment Line on Issue{id assignee{...Who}} fragment Who on Agent{id name}');
});

test('a type condition is not the name of a fragment', () => {
  expect(withFragments('{ node { ... on Unused { id } } }', fragments)).toBe('{node{... on Unused{id}}}');
});
