import type { Interaction } from '../../../prisma/generated/client.ts';
import { builder } from '../../builder.ts';
import { revisionById } from '../../document/reads.ts';
import { DocumentRevisionRef } from '../../document/ref.ts';
import { Held } from '../../issue/graphql/conflicts.ts';
import { IssueHeld } from '../../issue/conflicts.ts';
import { InteractionContinuationEnum, InteractionKindEnum, PriorityEnum, VerdictEnum } from '../../shared/enums.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { Conflict } from '../../shared/node.ts';
import { GateShut } from '../../workspace/gate.ts';
import { GateShutType } from '../../workspace/graphql/gate.ts';
import { acceptInteraction } from '../commands/accept-interaction.ts';
import { answerInteraction } from '../commands/answer-interaction.ts';
import { cancelInteraction } from '../commands/cancel-interaction.ts';
import { createInteraction } from '../commands/create-interaction.ts';
import { rejectInteraction } from '../commands/reject-interaction.ts';
import { InteractionOver, InteractionStale } from '../conflicts.ts';
import { InteractionRef } from '../ref.ts';

const Over = builder.objectRef<InteractionOver>('InteractionOver').implement({
  description: 'It was resolved, withdrawn or has expired before.',
  interfaces: [Conflict],
  fields: (t) => ({ interaction: t.expose('interaction', { type: InteractionRef, description: 'As it is.' }) }),
});

const Stale = builder.objectRef<InteractionStale>('InteractionStale').implement({
  description: 'The document has a newer revision than the one that was to be confirmed. The interaction has expired.',
  interfaces: [Conflict],
  fields: (t) => ({
    interaction: t.expose('interaction', { type: InteractionRef, description: 'Expired.' }),
    newerNumber: t.int({ description: 'The number of the latest revision.', resolve: ({ newer }) => newer.number }),
    newer: t.field({ type: DocumentRevisionRef, nullable: true, description: 'The latest revision.', resolve: ({ newer }, _args, ctx) => ctx.loading.load(revisionById, newer.revisionId) }),
  }),
});

type Ended = Interaction | IssueHeld | InteractionOver | InteractionStale | GateShut;

function nameOf(value: Ended) {
  if (value instanceof IssueHeld) return 'IssueHeld';
  if (value instanceof InteractionOver) return 'InteractionOver';
  if (value instanceof InteractionStale) return 'InteractionStale';
  return value instanceof GateShut ? 'GateShut' : 'Interaction';
}

const resolveType = (value: unknown) => nameOf(value as Ended);
const CreateResult = builder.unionType('CreateInteractionResult', { description: 'What was asked, or who has the issue.', types: [InteractionRef, Held], resolveType });
const AcceptResult = builder.unionType('AcceptInteractionResult', { description: 'Accepted, or why it can not be.', types: [InteractionRef, Over, Stale, GateShutType], resolveType });
const RejectResult = builder.unionType('RejectInteractionResult', { description: 'Rejected, or over before.', types: [InteractionRef, Over], resolveType });
const AnswerResult = builder.unionType('AnswerInteractionResult', { description: 'Answered, or over before.', types: [InteractionRef, Over], resolveType });
const CancelResult = builder.unionType('CancelInteractionResult', { description: 'Withdrawn, or over before.', types: [InteractionRef, Over], resolveType });

const KEY = '1 to 64 letters, digits, dots, dashes or underscores.';

const TaskDraftInput = builder.inputType('TaskDraftInput', {
  description: 'An issue to suggest.',
  fields: (t) => ({
    key: t.string({ required: true, description: `Its name within the suggestion: ${KEY}` }),
    parentKey: t.string({ description: 'The draft that it stands under; below the issue itself when absent.' }),
    title: t.string({ required: true, description: '1 to 300 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    assigneeId: t.id({ description: 'The agent whose work it would be.' }),
    priority: t.field({ type: PriorityEnum, description: 'MEDIUM when absent.' }),
  }),
});

const ChoiceInput = builder.inputType('InteractionChoiceInput', {
  description: 'An option, or an item that wants a verdict.',
  fields: (t) => ({
    key: t.string({ required: true, description: `Its name: ${KEY}` }),
    label: t.string({ required: true, description: 'What people see, 1 to 200 characters.' }),
    description: t.string({ description: 'More about it, up to 4,000 characters.' }),
  }),
});

const QuestionInput = builder.inputType('InteractionQuestionInput', {
  description: 'A question with options.',
  fields: (t) => ({
    key: t.string({ required: true, description: `Its name: ${KEY}` }),
    prompt: t.string({ required: true, description: 'The question, 1 to 4,000 characters.' }),
    options: t.field({ type: [ChoiceInput], required: true, description: '1 to 10.' }),
    multiple: t.boolean({ description: 'More than one option may be chosen. False when absent.' }),
    allowText: t.boolean({ description: 'An answer in own words is taken too. False when absent.' }),
    optional: t.boolean({ description: 'It may stay unanswered. False when absent.' }),
  }),
});

const CreateInteractionInput = builder.inputType('CreateInteractionInput', {
  description: 'What to ask. Parts that the kind has no use for are a BAD_USER_INPUT.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'On which issue.' }),
    kind: t.field({ type: InteractionKindEnum, required: true, description: 'What is asked for.' }),
    title: t.string({ required: true, description: 'What it is about, 1 to 300 characters.' }),
    summary: t.string({ description: 'More about it, markdown, up to 4,000 characters.' }),
    tasks: t.field({ type: [TaskDraftInput], description: 'SUGGEST_TASKS: 1 to 50 drafts.' }),
    questions: t.field({ type: [QuestionInput], description: 'ASK_QUESTIONS: 1 to 10 questions.' }),
    options: t.field({ type: [ChoiceInput], description: 'CHECKBOX_CONFIRMATION: 1 to 200 options.' }),
    items: t.field({ type: [ChoiceInput], description: 'ITEM_VERDICTS: 1 to 200 items.' }),
    minSelected: t.int({ description: 'CHECKBOX_CONFIRMATION: at least so many, 1 or more.' }),
    maxSelected: t.int({ description: 'CHECKBOX_CONFIRMATION: at most so many.' }),
    acceptLabel: t.string({ description: 'What a yes is called, up to 200 characters.' }),
    rejectLabel: t.string({ description: 'What a no is called, up to 200 characters.' }),
    requireReason: t.boolean({ description: 'A no needs a word why. False when absent.' }),
    targetRevisionId: t.id({ description: 'Confirmations: the revision of a document of this issue that is to be confirmed. Any but the latest is a RULE_VIOLATION.' }),
    sourceCommentId: t.id({ description: 'The comment that it follows from.' }),
    continuation: t.field({ type: InteractionContinuationEnum, description: 'WAKE_ASSIGNEE when absent.' }),
    supersedeOnComment: t.boolean({ description: 'A comment by a person takes its place. True when absent; task suggestions stay in any case.' }),
    idempotencyKey: t.string({ description: 'The same key on the same issue gives what was asked first, for good; with anything else it is a CONFLICT.' }),
  }),
});

const AcceptInteractionInput = builder.inputType('AcceptInteractionInput', {
  description: 'A yes.',
  fields: (t) => ({
    interactionId: t.id({ required: true, description: 'To what.' }),
    taskKeys: t.stringList({ description: 'SUGGEST_TASKS: these drafts only, each with the one that it stands under. All when absent.' }),
    optionKeys: t.stringList({ description: 'CHECKBOX_CONFIRMATION: what is ticked.' }),
    note: t.string({ description: 'A word to who asked, up to 4,000 characters.' }),
  }),
});
const RejectInteractionInput = builder.inputType('RejectInteractionInput', {
  description: 'A no.',
  fields: (t) => ({
    interactionId: t.id({ required: true, description: 'To what.' }),
    reason: t.string({ description: 'Why, up to 4,000 characters; some want one.' }),
  }),
});
const InteractionAnswerInput = builder.inputType('InteractionAnswerInput', {
  description: 'The answer to one question.',
  fields: (t) => ({
    questionKey: t.string({ required: true, description: 'Which question.' }),
    optionKeys: t.stringList({ description: 'The chosen options.' }),
    text: t.string({ description: 'In own words, up to 4,000 characters, where the question takes that.' }),
  }),
});
const ItemVerdictInput = builder.inputType('ItemVerdictInput', {
  description: 'A verdict on one item.',
  fields: (t) => ({
    itemKey: t.string({ required: true, description: 'Which item.' }),
    verdict: t.field({ type: VerdictEnum, required: true, description: 'The verdict.' }),
    note: t.string({ description: 'A word on it, up to 4,000 characters.' }),
  }),
});
const AnswerInteractionInput = builder.inputType('AnswerInteractionInput', {
  description: 'Answers to all questions, or verdicts on all items.',
  fields: (t) => ({
    interactionId: t.id({ required: true, description: 'To what.' }),
    answers: t.field({ type: [InteractionAnswerInput], description: 'ASK_QUESTIONS: one for each question that is not optional.' }),
    verdicts: t.field({ type: [ItemVerdictInput], description: 'ITEM_VERDICTS: one for each item.' }),
    note: t.string({ description: 'A word to who asked, up to 4,000 characters.' }),
  }),
});
const CancelInteractionInput = builder.inputType('CancelInteractionInput', {
  description: 'What to withdraw.',
  fields: (t) => ({
    interactionId: t.id({ required: true, description: 'Which.' }),
    reason: t.string({ description: 'Why, up to 4,000 characters.' }),
  }),
});

builder.mutationFields((t) => ({
  createInteraction: t.field({
    type: CreateResult, description: 'Asks the board something in the thread of an issue. Board and agents; agents while another run has the issue get IssueHeld. A finished issue is a RULE_VIOLATION.',
    args: { input: t.arg({ type: CreateInteractionInput, required: true, description: 'What.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createInteraction(tx, by, checkedIds(input))),
  }),
  acceptInteraction: t.field({
    type: AcceptResult, description: 'Says yes. Accepted drafts are filed in the same transaction. Confirmations wait for the finalized workspace of the run that asked. Board only.',
    args: { input: t.arg({ type: AcceptInteractionInput, required: true, description: 'To what.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => acceptInteraction(tx, by, checkedIds(input))),
  }),
  rejectInteraction: t.field({
    type: RejectResult, description: 'Says no. Board only.',
    args: { input: t.arg({ type: RejectInteractionInput, required: true, description: 'To what.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => rejectInteraction(tx, by, checkedIds(input))),
  }),
  answerInteraction: t.field({
    type: AnswerResult, description: 'Answers questions or gives verdicts, all at once. Board only.',
    args: { input: t.arg({ type: AnswerInteractionInput, required: true, description: 'The answers.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => answerInteraction(tx, by, checkedIds(input))),
  }),
  cancelInteraction: t.field({
    type: CancelResult, description: 'Withdraws what was asked. The board anything; agents what they asked themselves (FORBIDDEN else).',
    args: { input: t.arg({ type: CancelInteractionInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => cancelInteraction(tx, by, checkedIds(input))),
  }),
}));
