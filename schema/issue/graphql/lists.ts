import { builder } from '../../builder.ts';
import { connectionOf } from '../../shared/connection.ts';
import { IssueStatusEnum, OrderDirectionEnum, PriorityEnum } from '../../shared/enums.ts';
import type { StatusCounts } from '../reads.ts';
import { CommentRef, IssueRef, LabelRef } from '../ref.ts';
import { OPEN_STATUSES } from '../rules.ts';

export const IssueConnection = connectionOf(IssueRef, 'Issue', { totalCount: true });
export const CommentConnection = connectionOf(CommentRef, 'Comment');
export const LabelConnection = connectionOf(LabelRef, 'Label');

export const IssueFilterInput = builder.inputType('IssueFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [IssueStatusEnum], description: 'In one of these.' }),
    priorities: t.field({ type: [PriorityEnum], description: 'One of these.' }),
    assigneeId: t.id({ description: 'Assigned to this agent.' }),
    assigneeUserId: t.id({ description: 'Assigned to this person.' }),
    unassigned: t.boolean({ description: 'Assigned to nobody.' }),
    projectId: t.id({ description: 'In this project.' }),
    goalId: t.id({ description: 'For this goal.' }),
    labelId: t.id({ description: 'With this label.' }),
    parentId: t.id({ description: 'Directly below this issue.' }),
    rootsOnly: t.boolean({ description: 'Without a parent.' }),
    live: t.boolean({ description: 'A run is live on it now.' }),
    text: t.string({ description: 'Title, description or identifier hold all of its words, or words that begin with them; ACME-12 or 12 finds that issue.' }),
  }),
});

const IssueOrderField = builder.enumType('IssueOrderField', {
  description: 'What a list of issues is ordered by.',
  values: {
    CREATED_AT: { description: 'When filed.' }, UPDATED_AT: { description: 'When last changed.' }, PRIORITY: { description: 'How urgent.' }, NUMBER: { description: 'The number in ACME-12.' },
  } as const,
});

export const IssueOrderInput = builder.inputType('IssueOrder', {
  description: 'An order of issues; the id breaks ties.',
  fields: (t) => ({
    field: t.field({ type: IssueOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirectionEnum, required: true, description: 'Which end first.' }),
  }),
});

const sum = (counts: StatusCounts, statuses: readonly (keyof StatusCounts)[]) => statuses.reduce((total, status) => total + (counts[status] ?? 0), 0);

export const IssueCounts = builder.objectRef<StatusCounts>('IssueCounts').implement({
  description: 'How many issues stand where.',
  fields: (t) => ({
    total: t.int({ description: 'All.', resolve: (counts) => sum(counts, [...OPEN_STATUSES, 'DONE', 'CANCELLED']) }),
    open: t.int({ description: 'Neither done nor cancelled.', resolve: (counts) => sum(counts, OPEN_STATUSES) }),
    backlog: t.int({ description: 'Parked.', resolve: (counts) => counts.BACKLOG ?? 0 }),
    todo: t.int({ description: 'Ready.', resolve: (counts) => counts.TODO ?? 0 }),
    inProgress: t.int({ description: 'Worked on.', resolve: (counts) => counts.IN_PROGRESS ?? 0 }),
    inReview: t.int({ description: 'In review.', resolve: (counts) => counts.IN_REVIEW ?? 0 }),
    blocked: t.int({ description: 'Blocked.', resolve: (counts) => counts.BLOCKED ?? 0 }),
    done: t.int({ description: 'Done.', resolve: (counts) => counts.DONE ?? 0 }),
    cancelled: t.int({ description: 'Cancelled.', resolve: (counts) => counts.CANCELLED ?? 0 }),
  }),
});
