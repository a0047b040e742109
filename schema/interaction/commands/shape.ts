import { isId } from '../../../prisma/id.ts';
import { badInput } from '../../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../../shared/text.ts';
import type { InteractionKind, Priority } from '../../../prisma/generated/enums.ts';
import { type Choice, type Flaw, flawOfPayload, type ItemVerdict, LIMIT, type Payload, type QuestionAnswer, type TaskDraft, type Verdict } from '../rules.ts';

type Maybe<Value> = Value | null | undefined;

export interface DraftInput { key: string; parentKey?: Maybe<string>; title: string; description?: Maybe<string>; assigneeId?: Maybe<string>; priority?: Maybe<Priority> }
export interface ChoiceInput { key: string; label: string; description?: Maybe<string> }
export interface QuestionInput { key: string; prompt: string; options: ChoiceInput[]; multiple?: Maybe<boolean>; allowText?: Maybe<boolean>; optional?: Maybe<boolean> }
export interface AnswerInput { questionKey: string; optionKeys?: Maybe<string[]>; text?: Maybe<string> }
export interface VerdictInput { itemKey: string; verdict: Verdict; note?: Maybe<string> }

/** The parts of an input that say what is asked. */
export interface Asked {
  tasks?: Maybe<DraftInput[]>;
  questions?: Maybe<QuestionInput[]>;
  options?: Maybe<ChoiceInput[]>;
  items?: Maybe<ChoiceInput[]>;
  minSelected?: Maybe<number>;
  maxSelected?: Maybe<number>;
  acceptLabel?: Maybe<string>;
  rejectLabel?: Maybe<string>;
  requireReason?: Maybe<boolean>;
}

/** What is asked, its texts checked and trimmed. Whether it makes a question of its kind, `checkedPayload` says. */
export function shaped(asked: Asked): Payload {
  return {
    tasks: (asked.tasks ?? []).map(draft),
    questions: (asked.questions ?? []).map(({ key, prompt, options, multiple, allowText, optional }) => ({
      key: requiredText('questions.key', key, LIMIT.key), prompt: requiredText('questions.prompt', prompt, LIMIT.text),
      options: options.map((option) => choice('questions.options', option)),
      isMultiple: multiple ?? false, allowsText: allowText ?? false, isOptional: optional ?? false,
    })),
    options: (asked.options ?? []).map((option) => choice('options', option)),
    items: (asked.items ?? []).map((item) => choice('items', item)),
    minSelected: asked.minSelected ?? null,
    maxSelected: asked.maxSelected ?? null,
    acceptLabel: optionalText('acceptLabel', asked.acceptLabel, LIMIT.label),
    rejectLabel: optionalText('rejectLabel', asked.rejectLabel, LIMIT.label),
    requiresReason: asked.requireReason ?? false,
  };
}

export function checkedPayload(kind: InteractionKind, payload: Payload): Payload {
  mustBeFlawless(flawOfPayload(kind, payload));
  return payload;
}

export function mustBeFlawless(flaw: Flaw | null): void {
  if (flaw) throw badInput(flaw.field, flaw.message);
}

function draft(input: DraftInput): TaskDraft {
  if (typeof input.assigneeId === 'string' && !isId(input.assigneeId)) throw badInput('tasks.assigneeId', 'is not an id');
  return {
    key: requiredText('tasks.key', input.key, LIMIT.key), parentKey: optionalText('tasks.parentKey', input.parentKey, LIMIT.key),
    title: requiredText('tasks.title', input.title, LIMITS.title), description: optionalText('tasks.description', input.description, LIMITS.description),
    assigneeId: input.assigneeId ?? null, priority: input.priority ?? null,
  };
}

function choice(field: string, input: ChoiceInput): Choice {
  return {
    key: requiredText(`${field}.key`, input.key, LIMIT.key), label: requiredText(`${field}.label`, input.label, LIMIT.label),
    description: optionalText(`${field}.description`, input.description, LIMIT.text),
  };
}

export function shapedAnswers(answers: Maybe<AnswerInput[]>): QuestionAnswer[] {
  return (answers ?? []).map(({ questionKey, optionKeys, text }) => ({
    questionKey: requiredText('answers.questionKey', questionKey, LIMIT.key), optionKeys: shapedKeys('answers.optionKeys', optionKeys) ?? [],
    text: optionalText('answers.text', text, LIMIT.answerText),
  }));
}

export function shapedVerdicts(verdicts: Maybe<VerdictInput[]>): ItemVerdict[] {
  return (verdicts ?? []).map(({ itemKey, verdict, note }) => ({
    itemKey: requiredText('verdicts.itemKey', itemKey, LIMIT.key), verdict, note: optionalText('verdicts.note', note, LIMIT.answerText),
  }));
}

export function shapedKeys(field: string, keys: Maybe<string[]>): string[] | null {
  return keys?.map((key) => requiredText(field, key, LIMIT.key)) ?? null;
}
