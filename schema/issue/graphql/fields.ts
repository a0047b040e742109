import { builder } from '../../builder.ts';
import { IssueStatusEnum, ModelLaneEnum, PriorityEnum } from '../../shared/enums.ts';
import { isId } from '../../../prisma/id.ts';
import { maySee } from '../../access/principal.ts';
import { checkedIds, seen } from '../../shared/lookup.ts';
import { addComment, CommentDecides } from '../commands/add-comment.ts';
import { checkoutIssue } from '../commands/checkout-issue.ts';
import { createIssue } from '../commands/create-issue.ts';
import { commentDecides } from '../commands/follow-comment.ts';
import { createLabel, deleteLabel, updateLabel } from '../commands/labels.ts';
import { forceReleaseIssue, releaseIssue } from '../commands/release-issue.ts';
import { setBlockers } from '../commands/set-blockers.ts';
import { updateIssue } from '../commands/update-issue.ts';
import { issueById, issueByIdentifier } from '../reads.ts';
import { CommentRef, IssueRef, LabelRef } from '../ref.ts';
import { CheckoutIssueResult, ReleaseIssueResult, SetBlockersResult, UpdateIssueResult } from './conflicts.ts';

builder.queryField('issue', (t) =>
  t.field({
    type: IssueRef, nullable: true, description: 'An issue by id or by identifier such as ACME-12; null where there is none that the viewer may see.',
    args: { ref: t.arg.string({ required: true, description: 'Id or identifier.' }) },
    resolve: async (_root, { ref }, ctx) => {
      if (isId(ref)) return seen(ctx, issueById, ref);
      const issue = await issueByIdentifier(ctx, ref);
      return issue && maySee(ctx.principal, issue.companyId) ? issue : null;
    },
  }),
);

const CreateIssueInput = builder.inputType('CreateIssueInput', {
  description: 'A new issue.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'In which company.' }),
    title: t.string({ required: true, description: '1 to 300 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    parentId: t.id({ description: 'The issue it is part of. Project, goal and billing code come from there unless given.' }),
    projectId: t.id({ description: 'The project it belongs to.' }),
    goalId: t.id({ description: 'The goal it serves.' }),
    assigneeId: t.id({ description: 'The agent whose work it is; it is woken unless the issue is parked. Agents assign to themselves, their reports and their manager.' }),
    assigneeUserId: t.id({ description: 'The person whose work it is; not together with assigneeId.' }),
    priority: t.field({ type: PriorityEnum, description: 'MEDIUM when absent.' }),
    status: t.field({ type: IssueStatusEnum, description: 'TODO when somebody is assigned, else BACKLOG. New issues are never finished or in review.' }),
    labelIds: t.idList({ description: 'Labels, at most 50.' }),
    blockedByIds: t.idList({ description: 'What must be done first, at most 100.' }),
    billingCode: t.string({ description: 'A tag that its costs carry, up to 120 characters; its parent\'s when absent.' }),
    requestDepth: t.int({ description: 'How many delegations lie between the board\'s request and this, 0 to 1024; at least one more than its parent\'s.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});

const UpdateIssueInput = builder.inputType('UpdateIssueInput', {
  description: 'What to change: absent fields stay, null empties what may be empty.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'Which issue.' }),
    title: t.string({ description: '1 to 300 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    status: t.field({ type: IssueStatusEnum, description: 'Moves it by the status table; an illegal move is a RULE_VIOLATION.' }),
    priority: t.field({ type: PriorityEnum, description: 'How urgent it is.' }),
    assigneeId: t.id({ description: 'Gives it to this agent and wakes it; a run of the former assignee on it is cancelled.' }),
    assigneeUserId: t.id({ description: 'Gives it to this person.' }),
    parentId: t.id({ description: 'The issue it is part of; a circle is a RULE_VIOLATION.' }),
    projectId: t.id({ description: 'The project it belongs to.' }),
    goalId: t.id({ description: 'The goal it serves.' }),
    labelIds: t.idList({ description: 'Exactly these labels.' }),
    billingCode: t.string({ description: 'A tag that its costs carry.' }),
    modelLane: t.field({ type: ModelLaneEnum, description: 'PRIMARY keeps all runs on it from the cheap lane; null leaves it to what a run is asked for.' }),
    comment: t.string({ description: 'Added to the thread in the same transaction.' }),
    interrupt: t.boolean({ description: 'Stops the run that is at work on it. Goes with a comment or a new assignee, who is woken once and told of both.' }),
  }),
});

const CheckoutIssueInput = builder.inputType('CheckoutIssueInput', {
  description: 'Which issue to take. Agent and run come from the token.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'Which issue.' }),
    agentId: t.id({ description: 'For the board only: the agent whose running run is to have it.' }),
    expectedStatuses: t.field({ type: [IssueStatusEnum], description: 'Only from one of these; any that may be checked out when absent.' }),
  }),
});
const ReleaseIssueInput = builder.inputType('ReleaseIssueInput', {
  description: 'Which issue to give back.',
  fields: (t) => ({ issueId: t.id({ required: true, description: 'Which issue.' }) }),
});
const ForceReleaseIssueInput = builder.inputType('ForceReleaseIssueInput', {
  description: 'Which lock to take away.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'Which issue.' }),
    clearAssignee: t.boolean({ description: 'Also unassign it; work in progress then goes back to todo.' }),
  }),
});
const SetBlockersInput = builder.inputType('SetBlockersInput', {
  description: 'What an issue waits for.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'Which issue.' }),
    blockedByIds: t.idList({ required: true, description: 'All of its blockers, at most 100: this replaces the set.' }),
  }),
});
const AddCommentInput = builder.inputType('AddCommentInput', {
  description: 'A contribution to a thread.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'On which issue.' }),
    body: t.string({ required: true, description: 'Markdown, 1 to 100,000 characters. `[@Name](agent:<id>)` wakes that agent, and then only such.' }),
    reopen: t.boolean({ description: 'From the board on a finished issue: whether this reopens it. When absent it does, unless the comment names an agent. Comments of agents reopen nothing.' }),
    interrupt: t.boolean({ description: 'Stops the run that is at work on the issue; its agent is then woken once, with this comment. Agents may do so to those who report to them.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const CreateLabelInput = builder.inputType('CreateLabelInput', {
  description: 'A new label.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'In which company.' }),
    name: t.string({ required: true, description: '1 to 48 characters; a name that exists is a CONFLICT.' }),
    color: t.string({ description: '#rrggbb.' }),
  }),
});

const UpdateLabelInput = builder.inputType('UpdateLabelInput', {
  description: 'What to change of a label: absent parts stay.',
  fields: (t) => ({
    labelId: t.id({ required: true, description: 'Which label.' }),
    name: t.string({ description: '1 to 48 characters; a name that exists is a CONFLICT.' }),
    color: t.string({ description: '#rrggbb.' }),
  }),
});
const DeleteLabelInput = builder.inputType('DeleteLabelInput', {
  description: 'Which label is to go.',
  fields: (t) => ({ labelId: t.id({ required: true, description: 'Which label.' }) }),
});

builder.mutationFields((t) => ({
  createIssue: t.field({
    type: IssueRef, description: 'Files an issue.',
    args: { input: t.arg({ type: CreateIssueInput, required: true, description: 'The issue.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createIssue(tx, by, checkedIds(input))),
  }),
  updateIssue: t.field({
    type: UpdateIssueResult, description: 'Changes or moves an issue. While a run has it, others than that run, its agent\'s key, its agent\'s managers and the board get IssueHeld. Agents cancel and reassign only their own work, that of their reports and what they filed (FORBIDDEN).',
    args: { input: t.arg({ type: UpdateIssueInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => updateIssue(tx, by, checkedIds(input))),
  }),
  checkoutIssue: t.field({
    type: CheckoutIssueResult, description: 'Gives one running run sole hold of an issue and puts it in progress. Asking again for the same run changes nothing.',
    args: { input: t.arg({ type: CheckoutIssueInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => checkoutIssue(tx, by, checkedIds(input))),
  }),
  releaseIssue: t.field({
    type: ReleaseIssueResult, description: 'Puts work in progress back to todo, assigned to nobody. Only its own run may, or its agent when no run holds it.',
    args: { input: t.arg({ type: ReleaseIssueInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => releaseIssue(tx, by, checkedIds(input))),
  }),
  forceReleaseIssue: t.field({
    type: IssueRef, description: 'Takes the lock away from whoever has it. Board only.',
    args: { input: t.arg({ type: ForceReleaseIssueInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => forceReleaseIssue(tx, by, checkedIds(input))),
  }),
  setBlockers: t.field({
    type: SetBlockersResult, description: 'Says what an issue waits for. Circles are a RULE_VIOLATION; while another run has the issue, agents get IssueHeld.',
    args: { input: t.arg({ type: SetBlockersInput, required: true, description: 'The blockers.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => setBlockers(tx, by, checkedIds(input))),
  }),
  addComment: t.field({
    type: CommentRef, description: 'Adds to the thread of an issue. From the board it wakes the issue\'s agent; one that names agents wakes those alone.',
    args: { input: t.arg({ type: AddCommentInput, required: true, description: 'The comment.' }) },
    resolve: async (_root, { input }, ctx) => {
      const issue = await seen(ctx, issueById, checkedIds(input).issueId);
      const deciding = () => ctx.write((tx, by) => addComment(tx, by, input));
      if (!issue || commentDecides(ctx.principal, issue, input) || input.idempotencyKey) return deciding();
      const plain = ctx.write((tx, by) => addComment(tx, by, input, true), { decidesNothing: 'a comment that reopens and wakes nothing only adds a row' });
      return plain.catch((error: unknown) => (error instanceof CommentDecides ? deciding() : Promise.reject(error)));
    },
  }),
  createLabel: t.field({
    type: LabelRef, description: 'Makes a label. Board and agents may.',
    args: { input: t.arg({ type: CreateLabelInput, required: true, description: 'The label.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createLabel(tx, by, checkedIds(input))),
  }),
  updateLabel: t.field({
    type: LabelRef, description: 'Changes a label wherever it is. Board and agents may.',
    args: { input: t.arg({ type: UpdateLabelInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => updateLabel(tx, by, checkedIds(input))),
  }),
  deleteLabel: t.field({
    type: LabelRef, description: 'Takes a label from all issues and forgets it; answers what it was. Board only.',
    args: { input: t.arg({ type: DeleteLabelInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => deleteLabel(tx, by, checkedIds(input))),
  }),
}));
