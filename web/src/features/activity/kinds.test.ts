import { expect, test } from 'vitest';
import { ACTIONS } from '../../../../schema/activity/rules.ts';
import { actionsOf, headlineActions, kindNames } from './kinds.ts';

const kinds = kindNames.map(([kind]) => kind).filter((kind) => kind !== 'all');
const known: ReadonlySet<string> = new Set(ACTIONS);
const lets = (wanted: string, action: string) => (wanted.endsWith('.*') ? action.startsWith(wanted.slice(0, -1)) : wanted === action);

/** The engine's and the reader's own bookkeeping: to be found under All. */
const BOOKKEEPING = ['inbox.archived', 'inbox.read', 'run.queued'];

test('each action but bookkeeping is found by a kind', () => {
  const wanted = kinds.flatMap((kind) => actionsOf(kind) ?? []);
  expect(ACTIONS.filter((action) => !wanted.some((each) => lets(each, action)))).toEqual(BOOKKEEPING);
});

test('no kind asks for what is never recorded', () => {
  const wanted = [...kinds.flatMap((kind) => actionsOf(kind) ?? []), ...headlineActions];
  expect(wanted.filter((each) => !ACTIONS.some((action) => lets(each, action)))).toEqual([]);
  expect(headlineActions.every((action) => known.has(action))).toBe(true);
});
