import type { InteractionContinuation, InteractionKind, InteractionStatus, Priority } from '../../prisma/generated/enums.ts';

/* What the board can be asked, and what counts as an answer (no I/O: the board's screens use it too). */

export const INTERACTION_KINDS: readonly InteractionKind[] = ['SUGGEST_TASKS', 'ASK_QUESTIONS', 'CONFIRMATION', 'CHECKBOX_CONFIRMATION', 'ITEM_VERDICTS'];
export const INTERACTION_STATUSES: readonly InteractionStatus[] = ['PENDING', 'ACCEPTED', 'REJECTED', 'ANSWERED', 'CANCELLED', 'EXPIRED', 'FAILED'];

export type InteractionMove = 'accept' | 'reject' | 'answer' | 'cancel' | 'expire' | 'fail';

const outcomes: Record<InteractionMove, InteractionStatus> = {
  accept: 'ACCEPTED', reject: 'REJECTED', answer: 'ANSWERED', cancel: 'CANCELLED', expire: 'EXPIRED', fail: 'FAILED',
};

/** What a yes or no ends, and what needs more words. Anything can be withdrawn, expire or fail. */
const moves: Record<InteractionKind, readonly InteractionMove[]> = {
  SUGGEST_TASKS: ['accept', 'reject', 'cancel', 'expire', 'fail'],
  ASK_QUESTIONS: ['answer', 'cancel', 'expire', 'fail'],
  CONFIRMATION: ['accept', 'reject', 'cancel', 'expire', 'fail'],
  CHECKBOX_CONFIRMATION: ['accept', 'reject', 'cancel', 'expire', 'fail'],
  ITEM_VERDICTS: ['answer', 'cancel', 'expire', 'fail'],
};

export type InteractionVerdict = { to: InteractionStatus } | { over: true } | { unfit: string };

/** Where a move leads. Only what is pending moves, once; that it is over already is for the caller to tell. */
export function judgeInteraction(kind: InteractionKind, status: InteractionStatus, move: InteractionMove): InteractionVerdict {
  if (!moves[kind].includes(move)) {
    return { unfit: moves[kind].includes('answer') ? 'it asks for answers: answer or cancel it' : 'it asks for a yes or a no: accept or reject it' };
  }
  return status === 'PENDING' ? { to: outcomes[move] } : { over: true };
}

/** Whether the agent is woken by how it ended. Expiry wakes nobody: it follows from news of its own. */
export function wakesAssignee(continuation: InteractionContinuation, status: InteractionStatus): boolean {
  if (continuation === 'NONE') return false;
  if (status === 'ACCEPTED' || status === 'ANSWERED') return true;
  return (status === 'REJECTED' || status === 'CANCELLED') && continuation === 'WAKE_ASSIGNEE';
}

export interface TaskDraft {
  key: string;
  /** The draft that it stands under; below the issue itself when null. */
  parentKey: string | null;
  title: string;
  description: string | null;
  assigneeId: string | null;
  priority: Priority | null;
}

export interface Choice {
  key: string;
  label: string;
  description: string | null;
}

export interface Question {
  key: string;
  prompt: string;
  options: Choice[];
  /** More than one option may be chosen. */
  isMultiple: boolean;
  /** An answer in own words is taken too. */
  allowsText: boolean;
  isOptional: boolean;
}

/** What is asked. The parts that a kind has no use for are empty. */
export interface Payload {
  tasks: TaskDraft[];
  questions: Question[];
  options: Choice[];
  items: Choice[];
  minSelected: number | null;
  maxSelected: number | null;
  acceptLabel: string | null;
  rejectLabel: string | null;
  /** A no needs a word why. */
  requiresReason: boolean;
}

export interface QuestionAnswer {
  questionKey: string;
  optionKeys: string[];
  text: string | null;
}

export type Verdict = 'APPROVE' | 'REJECT' | 'DEFER';

export interface ItemVerdict {
  itemKey: string;
  verdict: Verdict;
  note: string | null;
}

/** What came of it. */
export interface Result {
  optionKeys?: string[];
  answers?: QuestionAnswer[];
  verdicts?: ItemVerdict[];
  /** The issues that accepted drafts became. */
  created?: { key: string; issueId: string }[];
  /** The comment that took its place. */
  commentId?: string;
}

export const LIMIT = { tasks: 50, questions: 10, questionOptions: 10, options: 200, items: 200, answerText: 4_000, text: 4_000, label: 200, key: 64 } as const;

/** What is wrong, and with which field. */
export interface Flaw {
  field: string;
  message: string;
}

const flaw = (field: string, message: string): Flaw => ({ field, message });

/** The parts that each kind may carry; all others must be empty. */
const parts: Record<InteractionKind, readonly (keyof Payload)[]> = {
  SUGGEST_TASKS: ['tasks', 'acceptLabel', 'rejectLabel', 'requiresReason'],
  ASK_QUESTIONS: ['questions'],
  CONFIRMATION: ['acceptLabel', 'rejectLabel', 'requiresReason'],
  CHECKBOX_CONFIRMATION: ['options', 'minSelected', 'maxSelected', 'acceptLabel', 'rejectLabel', 'requiresReason'],
  ITEM_VERDICTS: ['items'],
};

const isEmpty = (value: Payload[keyof Payload]) => value === null || value === false || (Array.isArray(value) && value.length === 0);

/** The first thing that keeps this from being a question of that kind; null when it is one. */
export function flawOfPayload(kind: InteractionKind, payload: Payload): Flaw | null {
  const stray = (Object.keys(payload) as (keyof Payload)[]).find((part) => !parts[kind].includes(part) && !isEmpty(payload[part]));
  if (stray) return flaw(stray, `does not belong to ${kind}`);
  switch (kind) {
    case 'SUGGEST_TASKS':
      return flawOfList('tasks', payload.tasks, LIMIT.tasks) ?? flawOfTree(payload.tasks);
    case 'ASK_QUESTIONS':
      return flawOfList('questions', payload.questions, LIMIT.questions)
        ?? first(payload.questions, ({ options }) => flawOfList('questions.options', options, LIMIT.questionOptions));
    case 'CONFIRMATION':
      return null;
    case 'CHECKBOX_CONFIRMATION':
      return flawOfList('options', payload.options, LIMIT.options) ?? flawOfBounds(payload);
    case 'ITEM_VERDICTS':
      return flawOfList('items', payload.items, LIMIT.items);
  }
}

function flawOfList(field: string, list: { key: string }[], max: number): Flaw | null {
  if (list.length === 0) return flaw(field, 'must hold at least one');
  if (list.length > max) return flaw(field, `holds ${list.length}, at most ${max} are allowed`);
  return flawOfKeys(field, list.map(({ key }) => key));
}

function flawOfKeys(field: string, keys: string[]): Flaw | null {
  const bad = keys.find((key) => !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(key));
  if (bad !== undefined) return flaw(`${field}.key`, 'must be 1 to 64 letters, digits, dots, dashes or underscores');
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  return twice === undefined ? null : flaw(`${field}.key`, `${twice} is there twice`);
}

function flawOfBounds({ options, minSelected: min, maxSelected: max }: Payload): Flaw | null {
  if (min !== null && (min < 1 || min > options.length)) return flaw('minSelected', `must be 1 to ${options.length}, the number of options`);
  if (max !== null && (max < (min ?? 1) || max > options.length)) return flaw('maxSelected', `must be ${min ?? 1} to ${options.length}`);
  return null;
}

function flawOfTree(tasks: TaskDraft[]): Flaw | null {
  const orphan = tasks.find(({ parentKey }) => parentKey !== null && !tasks.some(({ key }) => key === parentKey));
  if (orphan) return flaw('tasks.parentKey', `there is no task ${orphan.parentKey}`);
  return parentsFirst(tasks).length === tasks.length ? null : flaw('tasks.parentKey', 'these tasks stand under each other in a circle');
}

/** Drafts so that each comes after the one that it stands under; those in or below a circle are left out. */
export function parentsFirst(tasks: readonly TaskDraft[]): TaskDraft[] {
  const ordered: TaskDraft[] = [];
  const placed = new Set<string | null>([null]);
  for (let rest = [...tasks]; rest.length > 0; ) {
    const next = rest.filter(({ parentKey }) => placed.has(parentKey));
    if (next.length === 0) break;
    for (const task of next) placed.add(task.key);
    ordered.push(...next);
    rest = rest.filter(({ key }) => !placed.has(key));
  }
  return ordered;
}

/** The drafts of these keys, where the choice is closed: each with the one that it stands under. All when no keys are given. */
export function chosenTasks(tasks: readonly TaskDraft[], keys: readonly string[] | null): TaskDraft[] | Flaw {
  if (keys === null) return parentsFirst(tasks);
  if (keys.length === 0) return flaw('taskKeys', 'choose at least one task, or reject them all');
  const unknown = keys.find((key) => !tasks.some((task) => task.key === key));
  if (unknown !== undefined) return flaw('taskKeys', `there is no task ${unknown}`);
  const chosen = parentsFirst(tasks).filter(({ key }) => keys.includes(key));
  const loose = chosen.find(({ parentKey }) => parentKey !== null && !keys.includes(parentKey));
  return loose ? flaw('taskKeys', `${loose.key} stands under ${loose.parentKey}, which is not chosen`) : chosen;
}

export function flawOfSelection({ options, minSelected, maxSelected }: Payload, keys: readonly string[]): Flaw | null {
  const strange = flawOfChoice('optionKeys', options, keys);
  if (strange) return strange;
  if (keys.length < (minSelected ?? 0)) return flaw('optionKeys', `choose at least ${minSelected}`);
  return keys.length > (maxSelected ?? options.length) ? flaw('optionKeys', `choose at most ${maxSelected}`) : null;
}

export function flawOfAnswers(questions: readonly Question[], answers: readonly QuestionAnswer[]): Flaw | null {
  const strange = flawOfChoice('answers.questionKey', questions, answers.map(({ questionKey }) => questionKey));
  if (strange) return strange;
  return first(questions, (question) => flawOfAnswer(question, answers.find(({ questionKey }) => questionKey === question.key)));
}

function flawOfAnswer(question: Question, answer: QuestionAnswer | undefined): Flaw | null {
  if (!answer || (answer.optionKeys.length === 0 && answer.text === null)) {
    return question.isOptional ? null : flaw('answers', `${question.key} is not answered`);
  }
  const strange = flawOfChoice('answers.optionKeys', question.options, answer.optionKeys);
  if (strange) return strange;
  if (!question.isMultiple && answer.optionKeys.length > 1) return flaw('answers.optionKeys', `${question.key} takes one option`);
  return answer.text !== null && !question.allowsText ? flaw('answers.text', `${question.key} takes only its options`) : null;
}

export function flawOfVerdicts(items: readonly Choice[], verdicts: readonly ItemVerdict[]): Flaw | null {
  const keys = verdicts.map(({ itemKey }) => itemKey);
  const missing = items.find(({ key }) => !keys.includes(key));
  return flawOfChoice('verdicts.itemKey', items, keys) ?? (missing ? flaw('verdicts', `${missing.key} has no verdict`) : null);
}

function flawOfChoice(field: string, offered: readonly { key: string }[], keys: readonly string[]): Flaw | null {
  const unknown = keys.find((key) => !offered.some((each) => each.key === key));
  if (unknown !== undefined) return flaw(field, `there is no ${unknown}`);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  return twice === undefined ? null : flaw(field, `${twice} is there twice`);
}

function first<Item>(items: readonly Item[], flawOf: (item: Item) => Flaw | null): Flaw | null {
  for (const item of items) {
    const found = flawOf(item);
    if (found) return found;
  }
  return null;
}
