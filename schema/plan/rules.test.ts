import { expect, test } from 'vitest';
import { flawOfChildren, mayGoOn, type Owner, type PlannedChild } from './rules.ts';

const child = (key: string, ...afterKeys: string[]): PlannedChild => ({ key, title: key, description: null, assigneeId: null, priority: null, afterKeys });

test.each([
  ['one', [child('a')], null],
  ['25', Array.from({ length: 25 }, (_, i) => child(`c${i}`)), null],
  ['in order', [child('a'), child('b', 'a'), child('c', 'a', 'b')], null],
  ['none', [], 'children'],
  ['26', Array.from({ length: 26 }, (_, i) => child(`c${i}`)), 'children'],
  ['twice', [child('a'), child('a')], 'children.key'],
  ['a key that is none', [child('a b')], 'children.key'],
  ['after a later one', [child('a', 'b'), child('b')], 'children.afterKeys'],
  ['after itself', [child('a', 'a')], 'children.afterKeys'],
])('children: %s', (_name, children, field) => expect(flawOfChildren(children)?.field ?? null).toBe(field));

const run = (id: string): Owner => ({ ownerType: 'AGENT', ownerId: 'agent', ownerRunId: id });
const person: Owner = { ownerType: 'USER', ownerId: 'user', ownerRunId: null };

test.each([
  ['the owner, alive', run('1'), run('1'), true, true],
  ['another run of the same agent', run('2'), run('1'), true, false],
  ['another run, once the owner is over', run('2'), run('1'), false, true],
  ['a person, while the owner lives', person, run('1'), true, false],
  ['a person, once the owner is over', person, run('1'), false, true],
  ['a run, after a person', run('1'), person, false, true],
])('who goes on: %s', (_name, asking, owner, alive, may) => expect(mayGoOn(asking, owner, alive)).toBe(may));
