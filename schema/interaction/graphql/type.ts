import { Actor, actorFrom } from '../../access/graphql.ts';
import { agentById } from '../../agent/reads.ts';
import { AgentRef } from '../../agent/ref.ts';
import { builder } from '../../builder.ts';
import { CompanyRef } from '../../company/ref.ts';
import { documentById, revisionById } from '../../document/reads.ts';
import { DocumentRef, DocumentRevisionRef } from '../../document/ref.ts';
import { commentById, issueById } from '../../issue/reads.ts';
import { CommentRef, IssueRef } from '../../issue/ref.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { InteractionContinuationEnum, InteractionKindEnum, InteractionStatusEnum, PriorityEnum, VerdictEnum } from '../../shared/enums.ts';
import { listOf } from '../../shared/listing.ts';
import { Node } from '../../shared/node.ts';
import { payloadOf, resultOf } from '../commands/resolve.ts';
import { interactionConditions, interactionsOfCompany, interactionsOfIssue, isPending } from '../reads.ts';
import { InteractionRef } from '../ref.ts';
import type { Choice, ItemVerdict, Question, QuestionAnswer, TaskDraft } from '../rules.ts';

type Drafted = TaskDraft & { issueId: string | null };

const TaskDraftType = builder.objectRef<Drafted>('TaskDraft').implement({
  description: 'An issue that an agent would like to have filed.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its name within the suggestion.' }),
    parentKey: t.exposeString('parentKey', { nullable: true, description: 'The draft that it stands under; below the issue itself when null.' }),
    title: t.exposeString('title', { description: 'The work in a line.' }),
    description: t.exposeString('description', { nullable: true, description: 'More about it, as markdown.' }),
    assignee: t.field({ type: AgentRef, nullable: true, description: 'Whose work it would be.', resolve: (draft, _args, ctx) => (draft.assigneeId ? ctx.loading.load(agentById, draft.assigneeId) : null) }),
    priority: t.expose('priority', { type: PriorityEnum, nullable: true, description: 'How urgent it would be.' }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'What it became, once accepted.', resolve: (draft, _args, ctx) => (draft.issueId ? ctx.loading.load(issueById, draft.issueId) : null) }),
  }),
});

const ChoiceType = builder.objectRef<Choice>('InteractionChoice').implement({
  description: 'An option that may be chosen, or an item that wants a verdict.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its name within what is asked.' }),
    label: t.exposeString('label', { description: 'What people see.' }),
    description: t.exposeString('description', { nullable: true, description: 'More about it.' }),
  }),
});

const QuestionType = builder.objectRef<Question>('InteractionQuestion').implement({
  description: 'A question with options.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Its name within what is asked.' }),
    prompt: t.exposeString('prompt', { description: 'The question.' }),
    options: t.field({ type: [ChoiceType], complexity: 1, description: 'What may be chosen, 1 to 10.', resolve: ({ options }) => options }),
    multiple: t.exposeBoolean('isMultiple', { description: 'More than one option may be chosen.' }),
    allowText: t.exposeBoolean('allowsText', { description: 'An answer in own words is taken too.' }),
    optional: t.exposeBoolean('isOptional', { description: 'It may stay unanswered.' }),
  }),
});

const AnswerType = builder.objectRef<QuestionAnswer>('InteractionAnswer').implement({
  description: 'The answer to one question.',
  fields: (t) => ({
    questionKey: t.exposeString('questionKey', { description: 'Which question.' }),
    optionKeys: t.exposeStringList('optionKeys', { description: 'The options that were chosen.' }),
    text: t.exposeString('text', { nullable: true, description: 'The answer in own words.' }),
  }),
});

const ItemVerdictType = builder.objectRef<ItemVerdict>('ItemVerdict').implement({
  description: 'What the board says of one item.',
  fields: (t) => ({
    itemKey: t.exposeString('itemKey', { description: 'Which item.' }),
    verdict: t.expose('verdict', { type: VerdictEnum, description: 'The verdict.' }),
    note: t.exposeString('note', { nullable: true, description: 'A word on it.' }),
  }),
});

InteractionRef.implement({
  description: 'Something that the board is asked in the thread of an issue, and what it said.',
  interfaces: [Node],
  fields: (t) => ({
    issue: t.field({ type: IssueRef, description: 'Where it was asked.', resolve: async (row, _args, ctx) => (await ctx.loading.load(issueById, row.issueId)) as never }),
    kind: t.expose('kind', { type: InteractionKindEnum, description: 'What is asked for.' }),
    status: t.expose('status', { type: InteractionStatusEnum, description: 'Where it stands.' }),
    continuation: t.expose('continuation', { type: InteractionContinuationEnum, description: 'Whether the answer wakes the agent whose issue it is.' }),
    title: t.string({ description: 'What it is about, in a line.', resolve: (row) => row.title ?? '' }),
    summary: t.exposeString('summary', { nullable: true, description: 'More about it, as markdown.' }),
    tasks: t.field({
      type: [TaskDraftType], complexity: { field: 1, multiplier: 5 }, description: 'SUGGEST_TASKS: the drafts, each after the one that it stands under.',
      resolve: (row) => payloadOf(row).tasks.map((task) => ({ ...task, issueId: resultOf(row).created?.find(({ key }) => key === task.key)?.issueId ?? null })),
    }),
    questions: t.field({ type: [QuestionType], complexity: 2, description: 'ASK_QUESTIONS: the questions.', resolve: (row) => payloadOf(row).questions }),
    options: t.field({ type: [ChoiceType], complexity: 2, description: 'CHECKBOX_CONFIRMATION: what may be ticked.', resolve: (row) => payloadOf(row).options }),
    items: t.field({ type: [ChoiceType], complexity: 2, description: 'ITEM_VERDICTS: what wants a verdict.', resolve: (row) => payloadOf(row).items }),
    minSelected: t.int({ nullable: true, description: 'CHECKBOX_CONFIRMATION: at least so many must be ticked.', resolve: (row) => payloadOf(row).minSelected }),
    maxSelected: t.int({ nullable: true, description: 'CHECKBOX_CONFIRMATION: at most so many may be ticked.', resolve: (row) => payloadOf(row).maxSelected }),
    acceptLabel: t.string({ nullable: true, description: 'What a yes is called.', resolve: (row) => payloadOf(row).acceptLabel }),
    rejectLabel: t.string({ nullable: true, description: 'What a no is called.', resolve: (row) => payloadOf(row).rejectLabel }),
    requireReason: t.boolean({ description: 'A no needs a word why.', resolve: (row) => payloadOf(row).requiresReason }),
    targetDocumentId: t.exposeID('targetDocumentId', { nullable: true, description: 'The document that is to be confirmed, whether or not it is still there.' }),
    targetRevisionId: t.exposeID('targetRevisionId', { nullable: true, description: 'Its revision, whether or not it is still there.' }),
    targetDocument: t.field({ type: DocumentRef, nullable: true, description: 'The document that is to be confirmed; null where there is none, or none any more.', resolve: (row, _args, ctx) => (row.targetDocumentId ? ctx.loading.load(documentById, row.targetDocumentId) : null) }),
    targetRevision: t.field({ type: DocumentRevisionRef, nullable: true, description: 'Its revision: once there is a newer one, this expires.', resolve: (row, _args, ctx) => (row.targetRevisionId ? ctx.loading.load(revisionById, row.targetRevisionId) : null) }),
    supersedeOnComment: t.exposeBoolean('supersedeOnComment', { description: 'A comment by a person takes its place. Task suggestions stay in any case.' }),
    selectedOptionKeys: t.stringList({ description: 'CHECKBOX_CONFIRMATION: what was ticked.', resolve: (row) => resultOf(row).optionKeys ?? [] }),
    answers: t.field({ type: [AnswerType], complexity: 2, description: 'ASK_QUESTIONS: the answers.', resolve: (row) => resultOf(row).answers ?? [] }),
    verdicts: t.field({ type: [ItemVerdictType], complexity: 2, description: 'ITEM_VERDICTS: the verdicts.', resolve: (row) => resultOf(row).verdicts ?? [] }),
    note: t.exposeString('note', { nullable: true, description: 'What the board said besides: the reason of a no.' }),
    endReason: t.exposeString('endReason', { nullable: true, description: 'Why it ended without an answer: superseded_by_comment, stale_target, issue_cancelled, withdrawn.' }),
    supersededBy: t.field({
      type: CommentRef, nullable: true, description: 'The comment that took its place.',
      resolve: (row, _args, ctx) => { const { commentId } = resultOf(row); return commentId ? ctx.loading.load(commentById, commentId) : null; },
    }),
    sourceComment: t.field({ type: CommentRef, nullable: true, description: 'The comment that it follows from.', resolve: (row, _args, ctx) => (row.sourceCommentId ? ctx.loading.load(commentById, row.sourceCommentId) : null) }),
    sourceRun: t.field({ type: RunRef, nullable: true, description: 'The run that asked. A confirmation is accepted once the workspace of that run is finalized.', resolve: (row, _args, ctx) => (row.sourceRunId ? ctx.loading.load(runById, row.sourceRunId) : null) }),
    createdBy: t.field({ type: Actor, description: 'Who asked.', resolve: (row, _args, ctx) => actorFrom(ctx, row.creatorType, row.creatorId) }),
    resolvedBy: t.field({ type: Actor, nullable: true, description: 'Who ended it.', resolve: (row, _args, ctx) => (row.resolverType ? actorFrom(ctx, row.resolverType, row.resolverId) : null) }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked.' }),
  }),
});

const InteractionConnection = connectionOf(InteractionRef, 'Interaction', { totalCount: true });

const InteractionFilterInput = builder.inputType('InteractionFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [InteractionStatusEnum], description: 'In one of these.' }),
    kinds: t.field({ type: [InteractionKindEnum], description: 'One of these.' }),
  }),
});

builder.objectField(IssueRef, 'interactions', (t) =>
  t.field({
    type: InteractionConnection, complexity: listComplexity, description: 'What the board was asked on it, oldest first. `last` gives the newest.',
    args: {
      ...pageArgs(), last: t.arg.int({ description: 'The newest so many, at most 100.' }), before: t.arg({ type: 'Cursor', description: 'With last: those before this cursor.' }),
      filter: t.arg({ type: InteractionFilterInput, description: 'Which.' }),
    },
    resolve: (issue, args, ctx) => listOf(ctx, interactionsOfIssue, issue.id, args, interactionConditions(args.filter)),
  }),
);

builder.objectField(CompanyRef, 'pendingInteractions', (t) =>
  t.field({
    type: InteractionConnection, complexity: listComplexity, args: pageArgs(), description: 'What waits for the board, newest first.',
    resolve: (company, args, ctx) => listOf(ctx, interactionsOfCompany, company.id, args, [isPending]),
  }),
);
