import { expect, test } from 'vitest';
import { boundsOf, emptyReply, missing, type Reply } from './reply.ts';

const asked = (more: Partial<Parameters<typeof missing>[0]>) => ({ kind: 'CONFIRMATION' as const, options: [], minSelected: null, maxSelected: null, questions: [], items: [], ...more });
const reply = (more: Partial<Reply> = {}): Reply => ({ ...emptyReply({ tasks: [] }), ...more });

test('a plain yes or no wants nothing more', () => {
  expect(missing(asked({}), reply())).toBeNull();
});

test.each([
  [1, '1 of at least 2 chosen'],
  [2, null],
  [3, null],
  [4, '4 chosen, at most 3 may be'],
])('%i ticked of 2 to 3: %j', (chosen, words) => {
  const options = Array.from({ length: chosen }, (_, at) => `o${at}`);
  expect(missing(asked({ kind: 'CHECKBOX_CONFIRMATION', minSelected: 2, maxSelected: 3 }), reply({ options }))).toBe(words);
});

test('every question that is not optional wants an option or words', () => {
  const question = (key: string, optional = false) => ({ key, prompt: key, multiple: false, allowText: true, optional, options: [] });
  const questions = asked({ kind: 'ASK_QUESTIONS', questions: [question('a'), question('b'), question('c', true)] });
  expect(missing(questions, reply({ answers: { a: { options: ['x'], text: '' }, b: { options: [], text: '  ' } } }))).toBe('1 to answer');
  expect(missing(questions, reply({ answers: { a: { options: ['x'], text: '' }, b: { options: [], text: 'so' } } }))).toBeNull();
});

test('every item wants a verdict', () => {
  const items = ['a', 'b'].map((key) => ({ key, label: key, description: null }));
  expect(missing(asked({ kind: 'ITEM_VERDICTS', items }), reply({ verdicts: { a: 'DEFER' } }))).toBe('1 to decide');
});

test.each([[2, 3, 'Choose 2 to 3.'], [2, 2, 'Choose 2.'], [1, null, 'Choose at least 1.'], [null, 4, 'Choose at most 4.'], [null, null, null]])(
  'bounds %s and %s read %j', (minSelected, maxSelected, words) => {
    expect(boundsOf({ minSelected, maxSelected })).toBe(words);
  },
);
