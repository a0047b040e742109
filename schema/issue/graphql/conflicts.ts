import { UserType } from '../../access/graphql.ts';
import { userById } from '../../access/reads.ts';
import { agentById } from '../../agent/reads.ts';
import { AgentRef } from '../../agent/ref.ts';
import { BudgetExceeded } from '../../budget/conflicts.ts';
import { BudgetExceededType } from '../../budget/graphql/conflicts.ts';
import { builder } from '../../builder.ts';
import { SubtreeHeld } from '../../hold/conflicts.ts';
import { SubtreeHeldType } from '../../hold/graphql-conflicts.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { IssueStatusEnum } from '../../shared/enums.ts';
import { Conflict } from '../../shared/node.ts';
import { IssueBlocked, IssueHeld, IssueNotReady } from '../conflicts.ts';
import { issueById } from '../reads.ts';
import { IssueRef } from '../ref.ts';

export const Held = builder.objectRef<IssueHeld>('IssueHeld').implement({
  description: 'Somebody else has the issue. For agents this is final: take other work.',
  interfaces: [Conflict],
  fields: (t) => ({
    holder: t.field({ type: RunRef, nullable: true, description: 'The run that has it checked out.', resolve: ({ issue }, _args, ctx) => (issue.holderRunId ? ctx.loading.load(runById, issue.holderRunId) : null) }),
    assignee: t.field({ type: AgentRef, nullable: true, description: 'The agent whose work it is.', resolve: ({ issue }, _args, ctx) => (issue.assigneeId ? ctx.loading.load(agentById, issue.assigneeId) : null) }),
    assigneeUser: t.field({ type: UserType, nullable: true, description: 'The person whose work it is.', resolve: ({ issue }, _args, ctx) => (issue.assigneeUserId ? ctx.loading.load(userById, issue.assigneeUserId) : null) }),
    status: t.field({ type: IssueStatusEnum, description: 'Where it stands.', resolve: ({ issue }) => issue.status }),
    issue: t.expose('issue', { type: IssueRef, description: 'The issue, unchanged.' }),
  }),
});

const Blocked = builder.objectRef<IssueBlocked>('IssueBlocked').implement({
  description: 'Other issues must be done first.',
  interfaces: [Conflict],
  fields: (t) => ({
    blockers: t.field({ type: [IssueRef], description: 'Those that are not done.', resolve: async ({ blockerIds }, _args, ctx) => (await Promise.all(blockerIds.map((id) => ctx.loading.load(issueById, id)))).filter((row) => row !== null) }),
    issue: t.expose('issue', { type: IssueRef, description: 'The issue, unchanged.' }),
  }),
});

const NotReady = builder.objectRef<IssueNotReady>('IssueNotReady').implement({
  description: 'The status is not among the expected ones, or the agent may not work now.',
  interfaces: [Conflict],
  fields: (t) => ({
    status: t.field({ type: IssueStatusEnum, description: 'Where it stands.', resolve: ({ issue }) => issue.status }),
    issue: t.expose('issue', { type: IssueRef, description: 'The issue, unchanged.' }),
  }),
});

function nameOf(value: unknown): 'BudgetExceeded' | 'IssueHeld' | 'IssueBlocked' | 'IssueNotReady' | 'SubtreeHeld' | 'Issue' {
  if (value instanceof IssueHeld) return 'IssueHeld';
  if (value instanceof IssueBlocked) return 'IssueBlocked';
  if (value instanceof SubtreeHeld) return 'SubtreeHeld';
  if (value instanceof BudgetExceeded) return 'BudgetExceeded';
  return value instanceof IssueNotReady ? 'IssueNotReady' : 'Issue';
}

export const CheckoutIssueResult = builder.unionType('CheckoutIssueResult', { description: 'The issue, now held, or why not.', types: [IssueRef, Held, Blocked, NotReady, SubtreeHeldType, BudgetExceededType], resolveType: nameOf });
export const UpdateIssueResult = builder.unionType('UpdateIssueResult', { description: 'The changed issue, or who stands in the way.', types: [IssueRef, Held, Blocked], resolveType: nameOf });
export const SetBlockersResult = builder.unionType('SetBlockersResult', { description: 'The changed issue, or who has it.', types: [IssueRef, Held], resolveType: nameOf });
export const ReleaseIssueResult = builder.unionType('ReleaseIssueResult', { description: 'The released issue, or who has it.', types: [IssueRef, Held], resolveType: nameOf });
