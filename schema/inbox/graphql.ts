import { approvalById } from '../approval/reads.ts';
import { ApprovalRef } from '../approval/ref.ts';
import { builder } from '../builder.ts';
import { companyById } from '../company/reads.ts';
import { interactionById } from '../interaction/reads.ts';
import { InteractionRef } from '../interaction/ref.ts';
import { commentById, issueById } from '../issue/reads.ts';
import { CommentRef, IssueRef } from '../issue/ref.ts';
import { recoveryById } from '../recovery/reads.ts';
import { RecoveryRef } from '../recovery/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { InboxReasonEnum } from '../shared/enums.ts';
import { checkedIds } from '../shared/lookup.ts';
import { archiveFromInbox, type InboxMark, markRead } from './commands.ts';
import { type InboxEvent, type InboxItem, inboxOwner, inboxPage } from './reads.ts';

const InboxEventType = builder.objectRef<InboxEvent>('InboxEvent').implement({
  description: 'What happened that asks for a look, with the record it is about.',
  fields: (t) => ({
    reason: t.expose('reason', { type: InboxReasonEnum, description: 'Why.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    interaction: t.field({ type: InteractionRef, nullable: true, description: 'For INTERACTION.', resolve: ({ reason, recordId }, _args, ctx) => (reason === 'INTERACTION' ? ctx.loading.load(interactionById, recordId) : null) }),
    run: t.field({ type: RunRef, nullable: true, description: 'For FAILED_RUN.', resolve: ({ reason, recordId }, _args, ctx) => (reason === 'FAILED_RUN' ? ctx.loading.load(runById, recordId) : null) }),
    recovery: t.field({ type: RecoveryRef, nullable: true, description: 'For RECOVERY.', resolve: ({ reason, recordId }, _args, ctx) => (reason === 'RECOVERY' ? ctx.loading.load(recoveryById, recordId) : null) }),
    approval: t.field({ type: ApprovalRef, nullable: true, description: 'For APPROVAL.', resolve: ({ reason, recordId }, _args, ctx) => (reason === 'APPROVAL' ? ctx.loading.load(approvalById, recordId) : null) }),
    comment: t.field({
      type: CommentRef, nullable: true, description: 'For COMMENT and MENTION.',
      resolve: ({ reason, recordId }, _args, ctx) => (reason === 'COMMENT' || reason === 'MENTION' ? ctx.loading.load(commentById, recordId) : null),
    }),
  }),
});

const isApproval = ({ events }: InboxItem): boolean => events[0]?.reason === 'APPROVAL';

const InboxItemType = builder.objectRef<InboxItem>('InboxItem').implement({
  description: 'An issue, or an approval, that asks for a look.',
  fields: (t) => ({
    issue: t.field({ type: IssueRef, nullable: true, description: 'The issue; null for an approval.', resolve: (item, _args, ctx) => (isApproval(item) ? null : ctx.loading.load(issueById, item.subjectId)) }),
    approval: t.field({ type: ApprovalRef, nullable: true, description: 'The approval that waits for the board; null for an issue.', resolve: (item, _args, ctx) => (isApproval(item) ? ctx.loading.load(approvalById, item.subjectId) : null) }),
    at: t.expose('at', { type: 'DateTime', description: 'Of its newest event: `seenAt` for who has seen this.' }),
    isUnread: t.exposeBoolean('isUnread', { description: 'Something happened after it was last marked read.' }),
    isArchived: t.exposeBoolean('isArchived', { description: 'It was put away, and nothing has happened since.' }),
    events: t.field({ type: [InboxEventType], complexity: { field: 1, multiplier: 3 }, description: 'The newest event of each reason, newest first.', resolve: (item) => item.events }),
  }),
});

const InboxConnection = connectionOf(InboxItemType, 'InboxItem');

const InboxFilterInput = builder.inputType('InboxFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    unread: t.boolean({ description: 'Only unread ones.' }),
    reasons: t.field({ type: [InboxReasonEnum], description: 'Only for these reasons.' }),
    archived: t.boolean({ description: 'Those that were put away instead.' }),
  }),
});

builder.queryField('inbox', (t) =>
  t.field({
    type: InboxConnection, nullable: true, complexity: listComplexity,
    description:
      'What wants a look of the person who asks in a company, newest event first. Issues: open questions, reviews, failed runs, recovery that is the board\'s, comments and mentions. Approvals: those that are PENDING. ' +
      'It looks back over the newest 1,000 of each. Null for agents, who have their issues, and where there is no such company.',
    args: {
      companyId: t.arg.id({ required: true, description: 'In which company.' }),
      filter: t.arg({ type: InboxFilterInput, description: 'Which; all that are not put away when absent.' }),
      ...pageArgs(),
    },
    resolve: async (_root, { companyId, filter, ...args }, ctx) => {
      const userId = inboxOwner(ctx, companyId);
      if (!userId || !(await ctx.loading.load(companyById, companyId))) return null;
      const page = await inboxPage(ctx, companyId, userId, filter ?? {}, args);
      return { ...page, total: () => page.rows.length };
    },
  }),
);

const InboxStateType = builder.objectRef<InboxMark>('InboxState').implement({
  description: 'How far a person has read an issue or an approval.',
  fields: (t) => ({
    issue: t.field({ type: IssueRef, nullable: true, description: 'The issue; null for an approval.', resolve: (state, _args, ctx) => (state.issueId ? ctx.loading.load(issueById, state.issueId) : null) }),
    approval: t.field({ type: ApprovalRef, nullable: true, description: 'The approval; null for an issue.', resolve: (state, _args, ctx) => (state.approvalId ? ctx.loading.load(approvalById, state.approvalId) : null) }),
    readAt: t.expose('readAt', { type: 'DateTime', nullable: true, description: 'What happened until then was seen; null where nothing was.' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true, description: 'Put away as of then; what happens later brings it back.' }),
  }),
});

const ArchiveFromInboxInput = builder.inputType('ArchiveFromInboxInput', {
  description: 'What is to be put away: an issue or an approval, one of them.',
  fields: (t) => ({
    issueId: t.id({ description: 'Which issue.' }),
    approvalId: t.id({ description: 'Which approval.' }),
    seenAt: t.field({ type: 'DateTime', description: 'InboxItem.at as the caller saw it: what happened after it brings the issue back. Now when absent.' }),
    archived: t.boolean({ description: 'False brings it back. True when absent.' }),
  }),
});
const MarkReadInput = builder.inputType('MarkReadInput', {
  description: 'What has been read: an issue or an approval, one of them.',
  fields: (t) => ({
    issueId: t.id({ description: 'Which issue.' }),
    approvalId: t.id({ description: 'Which approval.' }),
    seenAt: t.field({ type: 'DateTime', description: 'InboxItem.at as the caller saw it. Now when absent.' }),
    read: t.boolean({ description: 'False makes it unread. True when absent.' }),
  }),
});

builder.mutationFields((t) => ({
  archiveFromInbox: t.field({
    type: InboxStateType, description: 'Puts an issue or an approval out of one\'s own inbox until something newer happens. Board only.',
    args: { input: t.arg({ type: ArchiveFromInboxInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => archiveFromInbox(tx, by, checkedIds(input))),
  }),
  markRead: t.field({
    type: InboxStateType, description: 'Notes how far one has read an issue or an approval. Board only.',
    args: { input: t.arg({ type: MarkReadInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => markRead(tx, by, checkedIds(input))),
  }),
}));
