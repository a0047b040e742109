import { expect, test } from 'vitest';
import type { LivenessState } from '../../../graphql/generated/graphql.ts';
import { isToldByBanner } from './issue.ts';

const used = 'The budget of Eve, $10.00 billed a month, is used up: $10.50 of $10.00.';
const issue = (state: LivenessState, more: { hold?: unknown; recovery?: unknown } = {}) => ({ liveness: { state, text: used }, ...more });

test.each([
  ['the same budget', issue('BUDGET_STOPPED'), used, true],
  ['a budget whose banner is not there yet', issue('BUDGET_STOPPED'), undefined, true],
  ['a budget without a banner', issue('BUDGET_STOPPED'), null, false],
  ['a budget of the reviewer beside that of the assignee', issue('BUDGET_STOPPED'), 'The budget of Ada is used up.', false],
  ['a run that still goes on', issue('RUNNING'), used, false],
  ['a hold', issue('HELD', { hold: {} }), null, true],
  ['a hold that nobody can see', issue('HELD', { hold: null }), null, false],
  ['a recovery', issue('RECOVERY', { recovery: {} }), null, true],
  ['a recovery beside what moves by itself', issue('QUEUED', { recovery: {} }), null, false],
] as const)('what is next beside %s', (_what, it, stop, told) => expect(isToldByBanner(it, stop)).toBe(told));
