import { describe, expect, test } from 'vitest';
import {
  chosenTasks, flawOfAnswers, flawOfPayload, flawOfSelection, flawOfVerdicts, INTERACTION_KINDS, INTERACTION_STATUSES, type InteractionMove, judgeInteraction,
  parentsFirst, type Payload, type Question, type TaskDraft, wakesAssignee,
} from './rules.ts';

const MOVES: InteractionMove[] = ['accept', 'reject', 'answer', 'cancel', 'expire', 'fail'];
const empty: Payload = {
  tasks: [], questions: [], options: [], items: [], minSelected: null, maxSelected: null, acceptLabel: null, rejectLabel: null, requiresReason: false,
};
const choice = (key: string) => ({ key, label: key, description: null });
const task = (key: string, parentKey: string | null = null): TaskDraft => ({ key, parentKey, title: key, description: null, assigneeId: null, priority: null });
const question = (key: string, more: Partial<Question> = {}): Question => ({ key, prompt: key, options: [choice('a'), choice('b')], isMultiple: false, allowsText: false, isOptional: false, ...more });
const many = <Item>(count: number, make: (key: string) => Item) => Array.from({ length: count }, (_, i) => make(`k${i}`));

describe('the state machine', () => {
  const answered = ['ASK_QUESTIONS', 'ITEM_VERDICTS'];
  const all = INTERACTION_KINDS.flatMap((kind) => INTERACTION_STATUSES.flatMap((status) => MOVES.map((move) => [kind, status, move] as const)));

  test.each(all)('%s, %s, %s', (kind, status, move) => {
    const verdict = judgeInteraction(kind, status, move);
    const fits = answered.includes(kind) ? move !== 'accept' && move !== 'reject' : move !== 'answer';
    if (!fits) expect(verdict).toHaveProperty('unfit');
    else if (status !== 'PENDING') expect(verdict).toEqual({ over: true });
    else expect(verdict).toEqual({ to: { accept: 'ACCEPTED', reject: 'REJECTED', answer: 'ANSWERED', cancel: 'CANCELLED', expire: 'EXPIRED', fail: 'FAILED' }[move] });
  });

  test('who is woken by what', () => {
    const wakes = (continuation: 'NONE' | 'WAKE_ASSIGNEE' | 'WAKE_ASSIGNEE_ON_ACCEPT') => INTERACTION_STATUSES.filter((status) => wakesAssignee(continuation, status));
    expect(wakes('NONE')).toEqual([]);
    expect(wakes('WAKE_ASSIGNEE')).toEqual(['ACCEPTED', 'REJECTED', 'ANSWERED', 'CANCELLED']);
    expect(wakes('WAKE_ASSIGNEE_ON_ACCEPT')).toEqual(['ACCEPTED', 'ANSWERED']);
  });
});

describe('what is asked', () => {
  const good: [string, (typeof INTERACTION_KINDS)[number], Partial<Payload>][] = [
    ['a suggestion', 'SUGGEST_TASKS', { tasks: [task('one'), task('two', 'one')] }],
    ['50 drafts', 'SUGGEST_TASKS', { tasks: many(50, task) }],
    ['questions', 'ASK_QUESTIONS', { questions: many(10, (key) => question(key, { options: many(10, choice) })) }],
    ['a confirmation', 'CONFIRMATION', { acceptLabel: 'Ship', requiresReason: true }],
    ['200 boxes', 'CHECKBOX_CONFIRMATION', { options: many(200, choice), minSelected: 1, maxSelected: 200 }],
    ['200 items', 'ITEM_VERDICTS', { items: many(200, choice) }],
  ];
  test.each(good)('%s', (_name, kind, payload) => expect(flawOfPayload(kind, { ...empty, ...payload })).toBeNull());

  const bad: [string, (typeof INTERACTION_KINDS)[number], Partial<Payload>, string][] = [
    ['no drafts', 'SUGGEST_TASKS', {}, 'tasks'],
    ['51 drafts', 'SUGGEST_TASKS', { tasks: many(51, task) }, 'tasks'],
    ['a draft twice', 'SUGGEST_TASKS', { tasks: [task('one'), task('one')] }, 'tasks.key'],
    ['a key that is none', 'SUGGEST_TASKS', { tasks: [task('o ne')] }, 'tasks.key'],
    ['an orphan', 'SUGGEST_TASKS', { tasks: [task('one', 'two')] }, 'tasks.parentKey'],
    ['a circle', 'SUGGEST_TASKS', { tasks: [task('one', 'two'), task('two', 'one'), task('three')] }, 'tasks.parentKey'],
    ['its own parent', 'SUGGEST_TASKS', { tasks: [task('one', 'one')] }, 'tasks.parentKey'],
    ['11 questions', 'ASK_QUESTIONS', { questions: many(11, (key) => question(key)) }, 'questions'],
    ['a question without options', 'ASK_QUESTIONS', { questions: [question('q', { options: [] })] }, 'questions.options'],
    ['11 options', 'ASK_QUESTIONS', { questions: [question('q', { options: many(11, choice) })] }, 'questions.options'],
    ['201 boxes', 'CHECKBOX_CONFIRMATION', { options: many(201, choice) }, 'options'],
    ['too many to tick', 'CHECKBOX_CONFIRMATION', { options: [choice('a')], minSelected: 2 }, 'minSelected'],
    ['none to tick', 'CHECKBOX_CONFIRMATION', { options: [choice('a')], minSelected: 0 }, 'minSelected'],
    ['less at most than at least', 'CHECKBOX_CONFIRMATION', { options: many(3, choice), minSelected: 2, maxSelected: 1 }, 'maxSelected'],
    ['no items', 'ITEM_VERDICTS', {}, 'items'],
    ['an item twice', 'ITEM_VERDICTS', { items: [choice('a'), choice('a')] }, 'items.key'],
  ];
  test.each(bad)('%s', (_name, kind, payload, field) => expect(flawOfPayload(kind, { ...empty, ...payload })?.field).toBe(field));

  test('each kind takes its own parts only', () => {
    const every: Partial<Payload> = { tasks: [task('t')], questions: [question('q')], options: [choice('o')], items: [choice('i')], minSelected: 1, maxSelected: 1 };
    const own = { SUGGEST_TASKS: ['tasks'], ASK_QUESTIONS: ['questions'], CONFIRMATION: [], CHECKBOX_CONFIRMATION: ['options', 'minSelected', 'maxSelected'], ITEM_VERDICTS: ['items'] };
    for (const kind of INTERACTION_KINDS) {
      const mine = Object.fromEntries(Object.entries(every).filter(([part]) => (own[kind] as string[]).includes(part)));
      expect(flawOfPayload(kind, { ...empty, ...mine }), kind).toBeNull();
      for (const [part, value] of Object.entries(every)) {
        if (!(part in mine)) expect(flawOfPayload(kind, { ...empty, ...mine, [part]: value }), `${kind} ${part}`).toMatchObject({ field: part, message: `does not belong to ${kind}` });
      }
    }
  });
});

describe('a choice of drafts', () => {
  const tasks = [task('leaf', 'branch'), task('branch', 'root'), task('root'), task('other')];
  const keys = (chosen: ReturnType<typeof chosenTasks>) => (Array.isArray(chosen) ? chosen.map(({ key }) => key) : chosen.message);

  test('parents come first', () => expect(parentsFirst(tasks).map(({ key }) => key)).toEqual(['root', 'other', 'branch', 'leaf']));
  test('all without a choice', () => expect(keys(chosenTasks(tasks, null))).toHaveLength(4));
  test('closed upwards', () => {
    expect(keys(chosenTasks(tasks, ['branch', 'root']))).toEqual(['root', 'branch']);
    expect(keys(chosenTasks(tasks, ['other']))).toEqual(['other']);
    expect(keys(chosenTasks(tasks, ['leaf', 'root']))).toBe('leaf stands under branch, which is not chosen');
    expect(keys(chosenTasks(tasks, ['nothing']))).toBe('there is no task nothing');
    expect(keys(chosenTasks(tasks, []))).toMatch(/at least one/);
  });
});

describe('answers', () => {
  const boxes = { ...empty, options: many(3, choice), minSelected: 1, maxSelected: 2 };
  test.each([[['k0'], null], [['k0', 'k1'], null], [[], 'choose at least 1'], [['k0', 'k1', 'k2'], 'choose at most 2'], [['k9'], 'there is no k9'], [['k0', 'k0'], 'k0 is there twice']])('ticked %j', (keys, message) => {
    expect(flawOfSelection(boxes, keys)?.message ?? null).toBe(message);
  });
  test('without bounds any number may be ticked', () => {
    expect(flawOfSelection({ ...boxes, minSelected: null, maxSelected: null }, [])).toBeNull();
  });

  const questions = [question('one'), question('many', { isMultiple: true, isOptional: true }), question('own', { allowsText: true })];
  const answer = (questionKey: string, optionKeys: string[], text: string | null = null) => ({ questionKey, optionKeys, text });
  const full = [answer('one', ['a']), answer('many', ['a', 'b']), answer('own', [], 'words')];
  test.each([
    ['all', full, null],
    ['an optional one is left out', [full[0], full[2]], null],
    ['options and words', [full[0], answer('own', ['a'], 'words')], null],
    ['one is missing', [full[0]], 'own is not answered'],
    ['one is empty', [answer('one', []), full[2]], 'one is not answered'],
    ['two where one is taken', [answer('one', ['a', 'b']), full[2]], 'one takes one option'],
    ['words where none are taken', [answer('one', ['a'], 'words'), full[2]], 'one takes only its options'],
    ['an option that is none', [answer('one', ['z']), full[2]], 'there is no z'],
    ['a question that is none', [...full, answer('more', ['a'])], 'there is no more'],
    ['twice', [...full, answer('one', ['b'])], 'one is there twice'],
  ])('to questions: %s', (_name, answers, message) => {
    expect(flawOfAnswers(questions, answers as typeof full)?.message ?? null).toBe(message);
  });

  const verdict = (itemKey: string) => ({ itemKey, verdict: 'APPROVE' as const, note: null });
  test.each([[['k0', 'k1'], null], [['k0'], 'k1 has no verdict'], [['k0', 'k1', 'k2'], 'there is no k2'], [['k0', 'k0', 'k1'], 'k0 is there twice']])('verdicts on %j', (keys, message) => {
    expect(flawOfVerdicts(many(2, choice), keys.map(verdict))?.message ?? null).toBe(message);
  });
});
