import { UserType } from '../../access/graphql.ts';
import { userById } from '../../access/reads.ts';
import { agentById } from '../../agent/reads.ts';
import { AgentRef } from '../../agent/ref.ts';
import { builder } from '../../builder.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { described } from '../../shared/enums.ts';
import type { Liveness } from '../liveness-rules.ts';
import { issueById } from '../reads.ts';
import { IssueRef } from '../ref.ts';

const LivenessStateEnum = described('LivenessState', 'How an issue moves on, or why it does not.', {
  FINISHED: 'It is done or cancelled.', RUNNING: 'A run works on it.', HELD: 'The board holds it, or something above it.', BUDGET_STOPPED: 'A budget over it or its agent is used up: it waits for the board, or for the budget\'s window to pass.', BLOCKED: 'Other issues come first, and these move.',
  BLOCKED_STALLED: 'Other issues come first, and one of them does not move.', WITH_PERSON: 'A person has it.', UNASSIGNED: 'Nobody has it.',
  AGENT_TERMINATED: 'Its agent was terminated.', AGENT_PAUSED: 'Its agent is paused.', AGENT_PENDING: 'Its agent is not hired yet: the board decides.', AGENT_UNMANAGED: 'Somebody above its agent was terminated, so that the agent gets no runs.',
  QUEUED: 'A run is queued for it.', SCHEDULED: 'A run is queued for a set time.', DEFERRED: 'Its agent is woken when the run on it ends.', PARKED: 'It is parked in backlog.',
  ASKED: 'The board was asked something, or is to approve something.', IN_REVIEW: 'A reviewer is named.', MONITORED: 'Something outside is looked at again at a set time.',
  WAITS_FOR_CHILDREN: 'Its sub-issues come first.', RECOVERY: 'Nothing moves it, and somebody was told to mend that.', STALLED: 'Nothing moves it.',
});
const MoverEnum = described('Mover', 'What kind of thing moves an issue next.', {
  RUN: 'The run that works on it.', WAKE: 'A queued run.', BLOCKER: 'Another issue.', CHILDREN: 'Its sub-issues.', AGENT: 'An agent that was asked.', USER: 'A person.',
  BOARD: 'The board.', TIME: 'The clock.', NOTHING: 'Nothing.',
});

export const LivenessType = builder.objectRef<Liveness>('Liveness').implement({
  description: 'What moves an issue next.',
  fields: (t) => ({
    state: t.expose('state', { type: LivenessStateEnum, description: 'How it moves on, or why it does not.' }),
    mover: t.expose('mover', { type: MoverEnum, description: 'What kind of thing moves it.' }),
    text: t.exposeString('text', { description: 'One sentence for people.' }),
    stalled: t.exposeBoolean('stalled', { description: 'Nothing will move it by itself: somebody has to.' }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run that works on it or is queued for it.', resolve: (live, _args, ctx) => (live.runId ? ctx.loading.load(runById, live.runId) : null) }),
    agent: t.field({ type: AgentRef, nullable: true, description: 'The agent that is to act.', resolve: (live, _args, ctx) => (live.agentId ? ctx.loading.load(agentById, live.agentId) : null) }),
    user: t.field({ type: UserType, nullable: true, description: 'The person who is to act.', resolve: (live, _args, ctx) => (live.userId ? ctx.loading.load(userById, live.userId) : null) }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'The issue it waits for: of a chain that stands still, the first that nothing moves.', resolve: (live, _args, ctx) => (live.issueId ? ctx.loading.load(issueById, live.issueId) : null) }),
    interactionId: t.id({ nullable: true, description: 'The question to the board that it waits for.', resolve: (live) => live.interactionId }),
    approvalId: t.id({ nullable: true, description: 'What the board is to approve about it.', resolve: (live) => live.approvalId }),
    recoveryId: t.id({ nullable: true, description: 'The open recovery action on it.', resolve: (live) => live.recoveryId }),
    at: t.expose('at', { type: 'DateTime', nullable: true, description: 'When it moves, where that is a matter of time.' }),
  }),
});
