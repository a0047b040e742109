import type { AgentStatus, CompanyStatus, IssueStatus, RunStatus } from '../../prisma/generated/enums.ts';
import type { FailureFamily } from '../recovery/rules.ts';

/** What may follow what. A terminal status is final: a second try is another run. */
const moves: Record<RunStatus, readonly RunStatus[]> = {
  QUEUED: ['RUNNING', 'CANCELLED'],
  SCHEDULED_RETRY: ['RUNNING', 'CANCELLED'],
  RUNNING: ['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT', 'INTERRUPTED'],
  SUCCEEDED: [],
  FAILED: [],
  CANCELLED: [],
  TIMED_OUT: [],
  INTERRUPTED: [],
};

export const RUN_STATUSES = Object.keys(moves) as readonly RunStatus[];

export function mayFollow(from: RunStatus, to: RunStatus): boolean {
  return moves[from].includes(to);
}

export function isRunOver(status: RunStatus): boolean {
  return moves[status].length === 0;
}

/** How a running run ended. */
export type RunEnd =
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'failed'; readonly code: string; readonly message: string; readonly remedy?: string | undefined;
      /** The nature of the failure, where the adapter says it, and when it is worth trying again. */
      readonly family?: FailureFamily | undefined; readonly retryNotBefore?: string | undefined;
    }
  | { readonly kind: 'timedOut'; readonly message: string }
  | { readonly kind: 'cancelled'; readonly reason: string }
  /** Boardroom itself was stopped. */
  | { readonly kind: 'interrupted'; readonly message: string }
  /** Nobody knows how the work ended: its process, or the machine, is gone. */
  | { readonly kind: 'lost'; readonly code: 'PROCESS_LOST' | 'WORKER_LOST'; readonly message: string };

/** The one place where an end becomes a status. */
export function statusAfter(end: RunEnd): RunStatus {
  switch (end.kind) {
    case 'succeeded': return 'SUCCEEDED';
    case 'failed': return 'FAILED';
    case 'timedOut': return 'TIMED_OUT';
    case 'cancelled': return 'CANCELLED';
    case 'interrupted': return 'INTERRUPTED';
    case 'lost': return 'FAILED';
  }
}

/** What people and programs are told of an end; null where there is nothing wrong to tell. */
export function errorAfter(end: RunEnd): { code: string; message: string; remedy: string | null } | null {
  switch (end.kind) {
    case 'succeeded': return null;
    case 'failed': return { code: end.code, message: end.message, remedy: end.remedy ?? null };
    case 'timedOut': return { code: 'TIMED_OUT', message: end.message, remedy: 'Raise timeoutSec in the agent’s configuration, or give it less to do at once.' };
    case 'cancelled': return { code: 'CANCELLED', message: end.reason, remedy: null };
    case 'interrupted': return { code: 'INTERRUPTED', message: end.message, remedy: 'Nothing: its agent goes on when Boardroom is started again.' };
    case 'lost': return { code: end.code, message: end.message, remedy: 'Wake the agent again.' };
  }
}

/** True where the agent itself did not do what was asked of it, so that it shows ERROR. */
export function isAgentsFailure(status: RunStatus): boolean {
  return status === 'FAILED' || status === 'TIMED_OUT';
}

export interface ClaimFacts {
  companyStatus: CompanyStatus;
  agentStatus: AgentStatus;
  runningOfAgent: number;
  maxConcurrentRuns: number;
  /** A budget over the agent or the issue is used up. */
  isBudgetStopped: boolean;
  issue: {
    status: IssueStatus;
    isAssignedToAgent: boolean;
    openBlockers: number;
    /** Another run has it checked out, or is at work on it. */
    isBusy: boolean;
    /** It, or something above it, is on hold. */
    isHeld: boolean;
  } | null;
  /** Somebody above the agent in its reporting chain was terminated. */
  isChainBroken: boolean;
  /** Woken to answer and not to work: neither blockers nor the assignee count. */
  answersOnly: boolean;
  /** All that it is to tell the agent is that there is work: no answer to anybody's words, no news. */
  onlyAsserts: boolean;
  /** A comment names the agent: it answers even on a finished issue. */
  isMention: boolean;
}

export type WaitReason = 'company_paused' | 'budget_stopped' | 'agent_paused' | 'agent_pending' | 'manager_terminated' | 'agent_at_capacity' | 'issue_held' | 'issue_blocked' | 'issue_busy';
export type DropReason = 'company_archived' | 'agent_terminated' | 'issue_finished' | 'issue_reassigned' | 'issue_in_review';
export type ClaimVerdict = { kind: 'start' } | { kind: 'wait'; why: WaitReason } | { kind: 'drop'; why: DropReason };

/** The gates of a queued run, asked in the transaction that starts it. What can never start is dropped; the rest waits. */
export function judgeClaim(facts: ClaimFacts): ClaimVerdict {
  const { issue } = facts;
  if (facts.companyStatus === 'ARCHIVED') return { kind: 'drop', why: 'company_archived' };
  if (facts.agentStatus === 'TERMINATED') return { kind: 'drop', why: 'agent_terminated' };
  if (issue && (issue.status === 'DONE' || issue.status === 'CANCELLED') && !(facts.answersOnly && facts.isMention)) return { kind: 'drop', why: 'issue_finished' };
  if (issue && !issue.isAssignedToAgent && !facts.answersOnly) return { kind: 'drop', why: 'issue_reassigned' };
  if (issue?.status === 'IN_REVIEW' && facts.onlyAsserts) return { kind: 'drop', why: 'issue_in_review' };
  if (facts.companyStatus === 'PAUSED') return { kind: 'wait', why: 'company_paused' };
  if (facts.isBudgetStopped) return { kind: 'wait', why: 'budget_stopped' };
  if (facts.agentStatus === 'PAUSED') return { kind: 'wait', why: 'agent_paused' };
  if (facts.agentStatus === 'PENDING_APPROVAL') return { kind: 'wait', why: 'agent_pending' };
  if (facts.isChainBroken) return { kind: 'wait', why: 'manager_terminated' };
  if (facts.runningOfAgent >= facts.maxConcurrentRuns) return { kind: 'wait', why: 'agent_at_capacity' };
  if (issue?.isHeld) return { kind: 'wait', why: 'issue_held' };
  if (issue && issue.openBlockers > 0 && !facts.answersOnly) return { kind: 'wait', why: 'issue_blocked' };
  if (issue?.isBusy) return { kind: 'wait', why: 'issue_busy' };
  return { kind: 'start' };
}

const dropSentences: Record<DropReason, string> = {
  company_archived: 'The company was archived before the run started.',
  agent_terminated: 'The agent was terminated before the run started.',
  issue_finished: 'The issue was finished before the run started.',
  issue_reassigned: 'The issue was given to somebody else before the run started.',
  issue_in_review: 'The issue waits for a review, and there was nothing new to tell its agent.',
};

export function dropSentence(why: DropReason): string {
  return dropSentences[why];
}

/** How long a worker's word that it has a run stays good, and how often it gives it again. */
export const LEASE_SEC = 10;
export const RENEW_MS = 2_000;
/** No worker seen on a host for so long: what ran there is lost. */
export const HOST_LOST_SEC = 60;
/** A run that nothing could start for so long is dropped. */
export const QUEUE_LIMIT_HOURS = 24;

/** The key under which the adapter's session is kept: one conversation per issue, one for all heartbeats. */
export function taskKeyOf(issueId: string | null): string {
  return issueId ?? 'heartbeat';
}
