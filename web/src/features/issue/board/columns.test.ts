import { describe, expect, test } from 'vitest';
import { issueLine } from '../testing.ts';
import { cardsOf, legalColumns, legalSentence, stepColumn, verdictOn } from './columns.ts';

const started = issueLine({ id: '1', status: 'IN_PROGRESS' });
const free = issueLine({ id: '2', status: 'TODO', assignee: null });

test('columns forbid what the server forbids, and say why', () => {
  expect(legalColumns(started)).toEqual(['IN_REVIEW', 'BLOCKED', 'DONE']);
  expect(verdictOn(started, 'BACKLOG')).toMatchObject({ allowed: false, reason: 'Started work cannot go back to backlog.' });
  expect(verdictOn(free, 'IN_PROGRESS')).toMatchObject({ allowed: false, reason: 'Work in progress needs an assignee.' });
});

test('the bar above the board lists where it may go', () => {
  expect(legalSentence(started)).toBe('Legal: In review, Blocked, Done.');
});

test('arrows pass over forbidden columns, come back over its own, and stop at the end', () => {
  expect(stepColumn(started, 'IN_PROGRESS', 1)).toBe('IN_REVIEW');
  expect(stepColumn(started, 'IN_REVIEW', -1)).toBe('IN_PROGRESS');
  expect(stepColumn(started, 'IN_PROGRESS', -1)).toBeNull();
  expect(stepColumn(started, 'DONE', 1)).toBeNull();
});

describe('while a card is on its way', () => {
  const nodes = [started, issueLine({ id: '3', status: 'IN_PROGRESS' })];

  test('it is gone from where it was and first where it went', () => {
    const moved = [{ issue: started, to: 'IN_REVIEW' as const }];
    expect(cardsOf('IN_PROGRESS', nodes, moved).map((each) => each.id)).toEqual(['3']);
    expect(cardsOf('IN_REVIEW', [issueLine({ id: '9', status: 'IN_REVIEW' })], moved).map((each) => each.id)).toEqual(['1', '9']);
  });

  test('it is there once when the server has it there too', () => {
    const arrived = issueLine({ id: '1', status: 'IN_REVIEW' });
    expect(cardsOf('IN_REVIEW', [arrived], [{ issue: started, to: 'IN_REVIEW' }]).map((each) => each.id)).toEqual(['1']);
  });

  test('put back, it is where it was', () => {
    expect(cardsOf('IN_PROGRESS', nodes, []).map((each) => each.id)).toEqual(['1', '3']);
  });
});
