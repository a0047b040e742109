import type { AgentStatus, IssueStatus, WakeSource } from '../shared/values.ts';
import { isTerminal } from '../issue/rules.ts';

/** Why a wake leads to no run. Each is stored on the wakeup, so that 'why is nothing happening?' has an answer. */
export type SkipReason =
  | 'company_inactive' | 'agent_paused' | 'agent_terminated' | 'issue_finished' | 'issue_parked' | 'issue_reassigned' | 'issue_blocked'
  | 'nothing_to_do';

export interface WakeFacts {
  source: WakeSource;
  companyActive: boolean;
  agentStatus: AgentStatus;
  /** The issue the wake is about, where there is one. */
  issue: { status: IssueStatus; assignedToAgent: boolean; hasOpenBlockers: boolean } | null;
  /** Timer only: is there open work assigned to the agent, or did it ask to run anyway? */
  hasWork: boolean;
}

/** The gates in their order: the first that is shut decides; null when all are open. */
export function shutGate(facts: WakeFacts): SkipReason | null {
  if (!facts.companyActive) return 'company_inactive';
  if (facts.agentStatus === 'PAUSED') return 'agent_paused';
  if (facts.agentStatus === 'TERMINATED') return 'agent_terminated';
  if (facts.source === 'TIMER' && !facts.hasWork) return 'nothing_to_do';
  if (!facts.issue) return null;
  if (isTerminal(facts.issue.status)) return 'issue_finished';
  if (facts.issue.status === 'BACKLOG' && facts.source !== 'ON_DEMAND') return 'issue_parked';
  if (!facts.issue.assignedToAgent) return 'issue_reassigned';
  if (facts.issue.hasOpenBlockers) return 'issue_blocked';
  return null;
}

const sentences: Record<SkipReason, string> = {
  company_inactive: 'The company is not active.',
  agent_paused: 'The agent is paused; resume it first.',
  agent_terminated: 'The agent is terminated.',
  issue_finished: 'The issue is finished; reopen it first.',
  issue_parked: 'The issue is parked in backlog; move it to todo first.',
  issue_reassigned: 'The issue is not assigned to this agent.',
  issue_blocked: 'The issue waits for its blockers.',
  nothing_to_do: 'The agent has no open work.',
};

export function skipSentence(reason: SkipReason): string {
  return sentences[reason];
}

/** News that a running agent cannot know yet: such a wake waits for the run's end instead of merging into it. */
const MUST_NOT_LOSE = new Set(['issue_commented', 'issue_blockers_resolved', 'issue_children_completed', 'issue_reopened_via_comment', 'issue_status_changed', 'manual']);

export function mustNotLose(reason: string): boolean {
  return MUST_NOT_LOSE.has(reason);
}
