import type { PauseReason } from '../../prisma/generated/enums.ts';
import type { AgentStatus, IssueStatus, WakeSource } from '../shared/values.ts';
import { isTerminal } from '../issue/rules.ts';

/** Why a wake leads to no run. Each is stored on the wakeup, so that 'why is nothing happening?' has an answer. */
export type SkipReason =
  | 'company_inactive' | 'budget_stopped' | 'agent_paused' | 'agent_pending' | 'agent_terminated' | 'manager_terminated' | 'wake_on_demand_off' | 'nothing_to_do'
  | 'issue_finished' | 'issue_parked' | 'issue_reassigned' | 'issue_held' | 'issue_blocked';

export interface WakeFacts {
  source: WakeSource;
  companyActive: boolean;
  /** The sentence that names the budget over it that is used up. */
  budgetStop: string | null;
  agentStatus: AgentStatus;
  /** Why it is paused. */
  pauseReason: PauseReason | null;
  /** Somebody above it in the reporting chain was terminated: nobody answers for what it does. */
  isChainBroken: boolean;
  /** Whether anything but its timer wakes it. */
  wakeOnDemand: boolean;
  /** Timer only: is there open work assigned to the agent, or did it ask to run anyway? */
  hasWork: boolean;
  /** The issue the wake is about, where there is one. */
  issue: { status: IssueStatus; assignedToAgent: boolean; isHeld: boolean; hasOpenBlockers: boolean } | null;
  /** Its reason may wake an agent that the issue is not assigned to. */
  forOthers: boolean;
  /** A comment names it: it answers, whatever has become of the issue. */
  isMention: boolean;
  /** Blockers do not stop this one. */
  passesBlockers: boolean;
}

export interface Gate {
  reason: SkipReason;
  isOpen: boolean;
  /** What is known of this very case, beyond the sentence of the gate. */
  because?: string;
}

/** All gates in their order. Those of an issue are there only where the wake is about one. */
export function gatesOf(facts: WakeFacts): Gate[] {
  const { issue } = facts;
  const gate = (reason: SkipReason, isShut: boolean): Gate => ({ reason, isOpen: !isShut });
  const isVisitor = issue !== null && facts.forOthers && !issue.assignedToAgent;
  return [
    gate('company_inactive', !facts.companyActive),
    { ...gate('budget_stopped', facts.budgetStop !== null), ...(facts.budgetStop === null ? {} : { because: facts.budgetStop }) },
    { ...gate('agent_paused', facts.agentStatus === 'PAUSED'), ...pausedBecause(facts) },
    gate('agent_pending', facts.agentStatus === 'PENDING_APPROVAL'),
    gate('agent_terminated', facts.agentStatus === 'TERMINATED'),
    gate('manager_terminated', facts.isChainBroken),
    gate('wake_on_demand_off', facts.source !== 'TIMER' && !facts.wakeOnDemand),
    gate('nothing_to_do', facts.source === 'TIMER' && !facts.hasWork),
    ...(issue === null ? [] : [
      gate('issue_finished', isTerminal(issue.status) && !facts.isMention),
      gate('issue_parked', issue.status === 'BACKLOG' && facts.source !== 'ON_DEMAND' && !isVisitor),
      gate('issue_reassigned', !issue.assignedToAgent && !facts.forOthers),
      gate('issue_held', issue.isHeld),
      gate('issue_blocked', issue.hasOpenBlockers && !facts.passesBlockers),
    ]),
  ];
}

/** What helps an agent that was paused by something: to resume it by hand would not. */
function pausedBecause({ pauseReason }: WakeFacts): { because?: string } {
  if (pauseReason === 'BUDGET') return { because: 'The agent is paused by its budget, and goes on when that is raised.' };
  if (pauseReason === 'BREAKER') return { because: 'The agent is paused by a circuit breaker; look at what was seen, and reset it first.' };
  return {};
}

/** The first gate that is shut decides; null when all are open. */
export function shutGate(facts: WakeFacts): SkipReason | null {
  return gatesOf(facts).find((gate) => !gate.isOpen)?.reason ?? null;
}

/** Whether the run is there to answer and not to work: the issue is somebody else's, or waits for its blockers, or is finished. */
export function onlyAnswers({ issue }: WakeFacts): boolean {
  return issue !== null && (!issue.assignedToAgent || issue.hasOpenBlockers || isTerminal(issue.status));
}

const sentences: Record<SkipReason, { shut: string; open: string }> = {
  company_inactive: { shut: 'The company is not active.', open: 'The company is active.' },
  budget_stopped: { shut: 'A budget over it is used up; raise it first.', open: 'No budget over it is used up.' },
  agent_paused: { shut: 'The agent is paused; resume it first.', open: 'The agent is not paused.' },
  agent_pending: { shut: 'The board has not approved the agent yet.', open: 'The agent is hired.' },
  agent_terminated: { shut: 'The agent is terminated.', open: 'The agent is employed.' },
  manager_terminated: { shut: 'The agent reports to somebody who is terminated; give it another manager.', open: 'The agent’s reporting chain is whole.' },
  wake_on_demand_off: { shut: 'The agent is woken by its timer only.', open: 'The agent may be woken by events.' },
  nothing_to_do: { shut: 'The agent has no open work.', open: 'There is something to do.' },
  issue_finished: { shut: 'The issue is finished; reopen it first.', open: 'The issue is open.' },
  issue_parked: { shut: 'The issue is parked in backlog; move it to todo first.', open: 'The issue is not parked.' },
  issue_reassigned: { shut: 'The issue is not assigned to this agent.', open: 'The issue is this agent’s.' },
  issue_held: { shut: 'The issue is on hold; release the hold first.', open: 'The issue is not on hold.' },
  issue_blocked: { shut: 'The issue waits for its blockers.', open: 'Nothing blocks the issue.' },
};

/** A reason that an older version stored is told as it stands. */
export function skipSentence(reason: string): string {
  return (sentences as Partial<Record<string, { shut: string }>>)[reason]?.shut ?? reason;
}

export function gateSentence({ reason, isOpen, because }: Gate): string {
  return isOpen ? sentences[reason].open : (because ?? sentences[reason].shut);
}
