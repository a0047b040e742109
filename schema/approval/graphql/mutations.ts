import type { Approval } from '../../../prisma/generated/client.ts';
import { HeartbeatInput } from '../../agent/graphql-mutations.ts';
import { BudgetMetricEnum, BudgetWindowEnum } from '../../budget/graphql/enums.ts';
import { builder } from '../../builder.ts';
import { AgentRoleEnum, ApprovalDecisionEnum, ApprovalTypeEnum } from '../../shared/enums.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { Conflict } from '../../shared/node.ts';
import { addApprovalComment } from '../commands/comment-approval.ts';
import { decideApproval } from '../commands/decide-approval.ts';
import { requestApproval } from '../commands/request-approval.ts';
import { requestApprovalRevision, resubmitApproval } from '../commands/revise-approval.ts';
import { setApprovalIssues } from '../commands/set-approval-issues.ts';
import { withdrawApproval } from '../commands/withdraw-approval.ts';
import { ApprovalChanged, ApprovalDecided } from '../conflicts.ts';
import { ApprovalCommentRef, ApprovalRef } from '../ref.ts';

const Decided = builder.objectRef<ApprovalDecided>('ApprovalDecided').implement({
  description: 'The board decided otherwise before, or it was withdrawn. It stays as it is.',
  interfaces: [Conflict],
  fields: (t) => ({ approval: t.expose('approval', { type: ApprovalRef, description: 'As it is, with who decided and when.' }) }),
});

const Changed = builder.objectRef<ApprovalChanged>('ApprovalChanged').implement({
  description: 'Another version came in since the one that was to be decided. Nothing is decided.',
  interfaces: [Conflict],
  fields: (t) => ({ approval: t.expose('approval', { type: ApprovalRef, description: 'As it is now.' }) }),
});

function resolveType(value: unknown): 'ApprovalChanged' | 'ApprovalDecided' | 'Approval' {
  const result = value as Approval | ApprovalDecided | ApprovalChanged;
  if (result instanceof ApprovalChanged) return 'ApprovalChanged';
  return result instanceof ApprovalDecided ? 'ApprovalDecided' : 'Approval';
}
const union = (name: string, description: string) => builder.unionType(name, { description, types: [ApprovalRef, Decided], resolveType });
const DecideResult = builder.unionType('DecideApprovalResult', { description: 'Decided; or decided otherwise before, or another version by now.', types: [ApprovalRef, Decided, Changed], resolveType });
const ReviseResult = union('RequestApprovalRevisionResult', 'Sent back, or decided before.');
const ResubmitResult = union('ResubmitApprovalResult', 'Before the board again, or decided before.');
const WithdrawResult = union('WithdrawApprovalResult', 'Withdrawn, or decided before.');

const HireBudgetInput = builder.inputType('HireBudgetInput', {
  description: 'A budget that the agent gets with the approval.',
  fields: (t) => ({
    metric: t.field({ type: BudgetMetricEnum, required: true, description: 'What it counts.' }),
    window: t.field({ type: BudgetWindowEnum, description: 'Over what time; MONTH when absent.' }),
    windowHours: t.int({ description: 'ROLLING: over how many hours, 1 to 8,760.' }),
    amount: t.field({ type: 'BigInt', required: true, description: 'The most: millionths of a dollar, tokens or runs, by the metric. 0 limits nothing.' }),
  }),
});

const HireInput = builder.inputType('HireInput', {
  description: 'The agent that is to be hired, as for createAgent.',
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 120 characters.' }),
    role: t.field({ type: AgentRoleEnum, description: 'GENERAL when absent.' }),
    title: t.string({ description: 'Its title, in words.' }),
    capabilities: t.string({ description: 'What it can do, for colleagues who delegate.' }),
    managerId: t.id({ description: 'Whom it reports to; the agent that asks when absent.' }),
    adapterType: t.string({ required: true, description: 'How it is run; see Query.adapters.' }),
    adapterConfig: t.field({ type: 'JSON', description: 'Settings by the adapter\'s configSchema; each wrong field is a BAD_USER_INPUT that names it.' }),
    cheapConfig: t.field({ type: 'JSON', description: 'Laid over adapterConfig for runs that only report where work stands. No secrets.' }),
    heartbeat: t.field({ type: HeartbeatInput, description: 'Off when absent. Counts from the approval.' }),
    maxConcurrentRuns: t.int({ description: '1 to 50; 20 when absent.' }),
    budget: t.field({ type: HireBudgetInput, description: 'What it may use, once it is hired.' }),
  }),
});

const HireChangesInput = builder.inputType('HireChangesInput', {
  description: 'What to change of the agent that is to be hired: absent fields stay, null empties what may be empty.',
  fields: (t) => ({
    name: t.string({ description: '1 to 120 characters.' }),
    role: t.field({ type: AgentRoleEnum, description: 'Its job.' }),
    title: t.string({ description: 'Its title.' }),
    capabilities: t.string({ description: 'What it can do.' }),
    managerId: t.id({ description: 'Whom it reports to.' }),
    adapterType: t.string({ description: 'How it is run.' }),
    adapterConfig: t.field({ type: 'JSON', description: 'All settings of the adapter. Redacted secrets sent back keep their values.' }),
    cheapConfig: t.field({ type: 'JSON', description: 'Laid over adapterConfig for runs that only report where work stands; null for none. No secrets.' }),
    heartbeat: t.field({ type: HeartbeatInput, description: 'What to change of it.' }),
    maxConcurrentRuns: t.int({ description: '1 to 50.' }),
    budget: t.field({ type: HireBudgetInput, description: 'Another budget in place of the one that was asked for; null for none.' }),
  }),
});

const RequestApprovalInput = builder.inputType('RequestApprovalInput', {
  description: 'What to put before the board.',
  fields: (t) => ({
    companyId: t.id({ description: 'In which company. An agent\'s own when absent; people must say.' }),
    type: t.field({ type: ApprovalTypeEnum, required: true, description: 'HIRE_AGENT, CEO_STRATEGY (agents with the role CEO, one at a time) or BOARD_REQUEST.' }),
    title: t.string({ required: true, description: 'What is asked for, in a line: 1 to 300 characters.' }),
    body: t.string({ description: 'More about it, markdown, up to 100,000 characters. CEO_STRATEGY: the strategy, and needed.' }),
    hire: t.field({ type: HireInput, description: 'HIRE_AGENT: whom to hire. The agent is there at once, in status PENDING_APPROVAL.' }),
    issueIds: t.idList({ description: 'The issues that it is about, up to 50; the run\'s own when absent, an empty list for none: while it is PENDING they wait for the board. Its outcome wakes who asked on the first of them that is its own work.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const DecideApprovalInput = builder.inputType('DecideApprovalInput', {
  description: 'A decision of the board.',
  fields: (t) => ({
    approvalId: t.id({ required: true, description: 'About what.' }),
    decision: t.field({ type: ApprovalDecisionEnum, required: true, description: 'Yes or no.' }),
    note: t.string({ description: 'A word to who asked, up to 4,000 characters.' }),
    revision: t.int({ description: 'The version that was looked at: where there is another by now, nothing is decided (ApprovalChanged). The latest when absent.' }),
    budgetAmount: t.field({ type: 'BigInt', description: 'BUDGET_OVERRIDE, approved: the new limit, in the unit of the budget. Not more than was used is a RULE_VIOLATION.' }),
  }),
});
const RequestApprovalRevisionInput = builder.inputType('RequestApprovalRevisionInput', {
  description: 'What is to be changed.',
  fields: (t) => ({
    approvalId: t.id({ required: true, description: 'Of what.' }),
    note: t.string({ required: true, description: 'What is amiss, 1 to 4,000 characters.' }),
  }),
});
const ResubmitApprovalInput = builder.inputType('ResubmitApprovalInput', {
  description: 'Another version: absent fields stay as they were.',
  fields: (t) => ({
    approvalId: t.id({ required: true, description: 'Of what.' }),
    title: t.string({ description: '1 to 300 characters.' }),
    body: t.string({ description: 'Markdown, up to 100,000 characters; null empties it.' }),
    hire: t.field({ type: HireChangesInput, description: 'HIRE_AGENT: what is different about the agent.' }),
  }),
});
const WithdrawApprovalInput = builder.inputType('WithdrawApprovalInput', {
  description: 'What is not asked any more.',
  fields: (t) => ({
    approvalId: t.id({ required: true, description: 'Which.' }),
    note: t.string({ description: 'Why, up to 4,000 characters.' }),
  }),
});
const AddApprovalCommentInput = builder.inputType('AddApprovalCommentInput', {
  description: 'A word on it.',
  fields: (t) => ({
    approvalId: t.id({ required: true, description: 'On what.' }),
    body: t.string({ required: true, description: 'Markdown, 1 to 100,000 characters.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const SetApprovalIssuesInput = builder.inputType('SetApprovalIssuesInput', {
  description: 'The issues that an approval is about.',
  fields: (t) => ({
    approvalId: t.id({ required: true, description: 'Which approval.' }),
    issueIds: t.idList({ required: true, description: 'These and no others, up to 50, in this order.' }),
  }),
});

builder.mutationFields((t) => ({
  requestApproval: t.field({
    type: ApprovalRef,
    description:
      'Puts something before the board. Board and agents. FORBIDDEN: a strategy by others than a CEO. CONFLICT: a strategy is before the board already; the same agent asked for it already, in other words. What it asked for in the same words, about the same issues, is given back while it is open. ' +
      'RULE_VIOLATION: a hire by a CEO before its first approved strategy, a budget override, 50 open ones of the same agent, an archived company.',
    args: { input: t.arg({ type: RequestApprovalInput, required: true, description: 'What.' }) },
    resolve: (_root, { input }, ctx) => {
      const { hire, ...rest } = checkedIds(input);
      return ctx.write((tx, by) => requestApproval(tx, by, ctx.adapters, { ...rest, hire: hire && checkedIds(hire) }));
    },
  }),
  decideApproval: t.field({
    type: DecideResult,
    description: 'The board decides, and what follows happens with it: the agent is hired or let go, the CEO may act, the budget is raised. The same decision again changes nothing. RULE_VIOLATION: an agent whose manager was terminated meanwhile is not hired, and nobody in an archived company. Board only.',
    args: { input: t.arg({ type: DecideApprovalInput, required: true, description: 'How.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => decideApproval(tx, by, checkedIds(input))),
  }),
  requestApprovalRevision: t.field({
    type: ReviseResult, description: 'Sends it back to who asked for another version; that agent is woken. Sent back already: other words are added as a comment, the same change nothing. A budget override is a RULE_VIOLATION. Board only.',
    args: { input: t.arg({ type: RequestApprovalRevisionInput, required: true, description: 'What is to be changed.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => requestApprovalRevision(tx, by, checkedIds(input))),
  }),
  resubmitApproval: t.field({
    type: ResubmitResult, description: 'Puts another version before the board, after it asked for one (RULE_VIOLATION else, and in an archived company). The board, and the agent that asked (FORBIDDEN for others).',
    args: { input: t.arg({ type: ResubmitApprovalInput, required: true, description: 'The other version.' }) },
    resolve: (_root, { input }, ctx) => {
      const { hire, ...rest } = checkedIds(input);
      return ctx.write((tx, by) => resubmitApproval(tx, by, ctx.adapters, { ...rest, hire: hire && checkedIds(hire) }));
    },
  }),
  withdrawApproval: t.field({
    type: WithdrawResult, description: 'Asks no more. An agent that was to be hired ends with it. A budget override is a RULE_VIOLATION. The board, and the agent that asked (FORBIDDEN for others).',
    args: { input: t.arg({ type: WithdrawApprovalInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => withdrawApproval(tx, by, checkedIds(input))),
  }),
  addApprovalComment: t.field({
    type: ApprovalCommentRef, description: 'Says something on it, also once it is decided. A person\'s comment wakes the agent that asked. Board and agents.',
    args: { input: t.arg({ type: AddApprovalCommentInput, required: true, description: 'What.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => addApprovalComment(tx, by, checkedIds(input))),
  }),
  setApprovalIssues: t.field({
    type: ApprovalRef, description: 'Says which issues an approval is about. The board, and the agent that asked (FORBIDDEN for others), while it is open (RULE_VIOLATION).',
    args: { input: t.arg({ type: SetApprovalIssuesInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => setApprovalIssues(tx, by, checkedIds(input))),
  }),
}));
