import { type StopFacts, stopSentence } from '../budget/rules.ts';
import type { AgentStatus, IssueStatus } from '../shared/values.ts';

/** What is known of an issue's surroundings: a row of schema/issue/liveness-facts.ts. */
export interface LivenessFacts {
  status: IssueStatus;
  assigneeId: string | null;
  assigneeName: string | null;
  assigneeStatus: AgentStatus | null;
  userId: string | null;
  userName: string | null;
  liveRunId: string | null;
  liveAgentName: string | null;
  queuedRunId: string | null;
  /** Where the queued run waits for a time. */
  queuedAt: Date | null;
  deferred: boolean;
  /** Somebody above its agent was terminated, so that the agent gets no runs. */
  isChainBroken: boolean;
  /** The budget that is used up and keeps whose turn it is from working: of the reviewer in a review, else of the assignee. */
  budgetStop: StopFacts | null;
  holdIssueId: string | null;
  holdIdentifier: string | null;
  blockerId: string | null;
  blockerIdentifier: string | null;
  blockerCancelled: boolean | null;
  /** The first issue at an end of the chain of blockers that nothing moves, and why. */
  stalledId: string | null;
  stalledIdentifier: string | null;
  stalledWhy: string | null;
  openChildren: number;
  /** Those of them that somebody has. */
  movedChildren: number;
  interactionId: string | null;
  /** An approval about it that waits for the board; one that was sent back waits for who asked, and moves nothing. */
  approvalId: string | null;
  reviewerType: 'USER' | 'AGENT' | 'SYSTEM' | null;
  reviewerId: string | null;
  /** Null where the reviewer cannot be woken. */
  reviewerName: string | null;
  monitorAt: Date | null;
  recoveryId: string | null;
  recoveryOwnerType: 'AGENT' | 'USER' | 'BOARD' | 'SYSTEM' | null;
  recoveryOwnerId: string | null;
  recoveryOwnerName: string | null;
  recoveryNextAction: string | null;
}

export type LivenessState =
  | 'FINISHED' | 'RUNNING' | 'HELD' | 'BUDGET_STOPPED' | 'BLOCKED' | 'BLOCKED_STALLED' | 'WITH_PERSON' | 'UNASSIGNED' | 'AGENT_TERMINATED' | 'AGENT_PAUSED' | 'AGENT_PENDING' | 'AGENT_UNMANAGED' | 'QUEUED'
  | 'SCHEDULED' | 'DEFERRED' | 'PARKED' | 'ASKED' | 'IN_REVIEW' | 'MONITORED' | 'WAITS_FOR_CHILDREN' | 'RECOVERY' | 'STALLED';

/** What kind of thing moves it next. */
export type Mover = 'RUN' | 'WAKE' | 'BLOCKER' | 'CHILDREN' | 'AGENT' | 'USER' | 'BOARD' | 'TIME' | 'NOTHING';

export interface Liveness {
  state: LivenessState;
  text: string;
  mover: Mover;
  /** Nothing will move it by itself: a person has to. */
  stalled: boolean;
  runId: string | null;
  agentId: string | null;
  userId: string | null;
  issueId: string | null;
  interactionId: string | null;
  approvalId: string | null;
  recoveryId: string | null;
  /** When it moves, where that is known. */
  at: Date | null;
}

/** Who or what moves an issue next, and the one sentence that says so. */
export function livenessOf(facts: LivenessFacts): Liveness {
  const own = withoutRecovery(facts);
  const { recoveryId, recoveryOwnerType, recoveryOwnerId } = facts;
  if (!recoveryId) return own;
  if (!own.stalled || facts.status === 'BACKLOG') return { ...own, recoveryId };
  const owner = facts.recoveryOwnerName ?? 'The board';
  return {
    ...own, state: 'RECOVERY', stalled: false, recoveryId, text: `${owner} is to look: ${facts.recoveryNextAction ?? 'decide how it goes on.'}`,
    mover: recoveryOwnerType === 'AGENT' ? 'AGENT' : recoveryOwnerType === 'USER' ? 'USER' : 'BOARD',
    agentId: recoveryOwnerType === 'AGENT' ? recoveryOwnerId : null, userId: recoveryOwnerType === 'USER' ? recoveryOwnerId : null,
  };
}

type Step = Partial<Omit<Liveness, 'state' | 'text' | 'mover'>>;

function withoutRecovery(facts: LivenessFacts): Liveness {
  const step = (state: LivenessState, mover: Mover, text: string, more: Step = {}): Liveness => ({
    state, mover, text, stalled: false, runId: null, agentId: facts.assigneeId, userId: null, issueId: null, interactionId: null, approvalId: null, recoveryId: null, at: null, ...more,
  });
  const stalled = (state: LivenessState, text: string, more: Step = {}) => step(state, 'NOTHING', text, { stalled: true, ...more });
  const { status, assigneeName } = facts;
  if (status === 'DONE') return step('FINISHED', 'NOTHING', 'Finished.');
  if (status === 'CANCELLED') return step('FINISHED', 'NOTHING', 'Cancelled.');
  if (facts.liveRunId) return step('RUNNING', 'RUN', `${facts.liveAgentName ?? 'An agent'} is working on it.`, { runId: facts.liveRunId });
  if (facts.holdIdentifier) return step('HELD', 'BOARD', `The board holds ${facts.holdIdentifier} and all below it.`, { issueId: facts.holdIssueId });
  if (facts.budgetStop && status !== 'BACKLOG') return step('BUDGET_STOPPED', 'BOARD', stopSentence(facts.budgetStop, BigInt(facts.budgetStop.spent), BigInt(facts.budgetStop.limit)));
  if (facts.blockerId) return blocked(facts, step, stalled);
  if (facts.userName) return step('WITH_PERSON', 'USER', `${facts.userName} has it.`, { userId: facts.userId });
  if (facts.interactionId) return step('ASKED', 'BOARD', 'Waits for an answer of the board.', { interactionId: facts.interactionId });
  if (facts.approvalId) return step('ASKED', 'BOARD', 'Waits for an approval of the board.', { approvalId: facts.approvalId });
  if (facts.reviewerId && facts.reviewerName && status === 'IN_REVIEW') {
    const isAgent = facts.reviewerType === 'AGENT';
    return step('IN_REVIEW', isAgent ? 'AGENT' : 'USER', `Waits for a review by ${facts.reviewerName}.`, {
      agentId: isAgent ? facts.reviewerId : facts.assigneeId, userId: isAgent ? null : facts.reviewerId, runId: facts.queuedRunId,
    });
  }
  if (!assigneeName) return stalled('UNASSIGNED', 'Nobody is assigned.');
  if (facts.assigneeStatus === 'TERMINATED') return stalled('AGENT_TERMINATED', `${assigneeName} was terminated. Assign somebody else.`);
  if (facts.assigneeStatus === 'PAUSED') return step('AGENT_PAUSED', 'BOARD', `${assigneeName} is paused.`, { stalled: true });
  if (facts.assigneeStatus === 'PENDING_APPROVAL') return step('AGENT_PENDING', 'BOARD', `${assigneeName} is not hired yet: the board decides.`);
  if (facts.isChainBroken) return stalled('AGENT_UNMANAGED', `${assigneeName} reports to somebody who was terminated. Give it another manager.`);
  if (facts.queuedRunId && facts.queuedAt) {
    return step('SCHEDULED', 'TIME', `${assigneeName} tries again later.`, { runId: facts.queuedRunId, at: facts.queuedAt });
  }
  if (facts.queuedRunId) return step('QUEUED', 'WAKE', `${assigneeName} starts as soon as a worker is free.`, { runId: facts.queuedRunId });
  if (facts.deferred) return step('DEFERRED', 'WAKE', `${assigneeName} is woken when the run on it ends.`);
  if (status === 'BACKLOG') return stalled('PARKED', 'Parked. Move it to todo to start it.');
  if (facts.monitorAt) return step('MONITORED', 'TIME', `${assigneeName} looks again later.`, { at: facts.monitorAt });
  return waiting(facts, assigneeName, step, stalled);
}

type Say = (state: LivenessState, mover: Mover, text: string, more?: Step) => Liveness;
type SayStalled = (state: LivenessState, text: string, more?: Step) => Liveness;

const reasons: Record<string, string> = {
  blocked_by_cancelled_issue: 'was cancelled but still blocks. Remove it or replace it',
  blocked_by_unassigned_issue: 'is assigned to nobody',
  blocked_by_uninvokable_assignee: 'belongs to an agent that takes no work',
  blocked_by_assigned_backlog_issue: 'is parked in backlog',
  blocked_by_failed_finalize: 'is done, and whose work is not safely in its workspace',
};

function blocked(facts: LivenessFacts, step: Say, stalled: SayStalled): Liveness {
  const { blockerId, blockerIdentifier, stalledIdentifier, stalledWhy } = facts;
  if (facts.blockerCancelled) return stalled('BLOCKED_STALLED', `Stalled: ${blockerIdentifier} was cancelled but still blocks. Remove it or replace it.`, { issueId: blockerId });
  if (stalledIdentifier && stalledWhy) {
    return stalled('BLOCKED_STALLED', `Stalled: waits for ${stalledIdentifier}, which ${reasons[stalledWhy] ?? 'nothing moves'}.`, { issueId: facts.stalledId });
  }
  return step('BLOCKED', 'BLOCKER', `Waits for ${blockerIdentifier}.`, { issueId: blockerId });
}

function waiting(facts: LivenessFacts, name: string, step: Say, stalled: SayStalled): Liveness {
  const { openChildren, movedChildren, status } = facts;
  if (openChildren > 0) {
    const they = openChildren === 1 ? 'the last sub-issue is' : `${openChildren} sub-issues are`;
    if (movedChildren > 0) return step('WAITS_FOR_CHILDREN', 'CHILDREN', `${name} continues when ${they} finished.`);
    return stalled('STALLED', `${name} continues when ${they} finished, and nobody has ${openChildren === 1 ? 'it' : 'them'}.`);
  }
  if (status === 'IN_REVIEW') return stalled('STALLED', 'Waits for a review by the board.');
  if (status === 'BLOCKED') return stalled('STALLED', 'Marked blocked, but nothing named blocks it.');
  return stalled('STALLED', `Nothing is queued for ${name}. Wake the agent.`);
}
