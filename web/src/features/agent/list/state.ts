import { sentence } from '../../../ui/failure.ts';
import type { AgentLineFragment } from '../../../graphql/generated/graphql.ts';

const pauses: Record<string, string> = { MANUAL: 'paused', COMPANY_ARCHIVED: 'company archived', FAILURES: 'paused after failures', BREAKER: 'paused by a limit', BUDGET: 'budget used up' };

/** How an agent stands, in a word or a few; a running one is told by its run. */
export function stateInWords(agent: Pick<AgentLineFragment, 'status' | 'pauseReason' | 'errorMessage'>): string {
  switch (agent.status) {
    case 'PAUSED':
      return pauses[agent.pauseReason ?? 'MANUAL'] ?? 'paused';
    case 'ERROR':
      return agent.errorMessage ? sentence(agent.errorMessage) : 'error';
    case 'RUNNING':
      return 'running';
    case 'TERMINATED':
      return 'terminated';
    case 'PENDING_APPROVAL':
      return 'waits for the board';
    case 'IDLE':
      return 'idle';
  }
}

/** The ink that repeats what the badge says. */
export function stateTone(status: AgentLineFragment['status']): string {
  return status === 'RUNNING' ? 'accent' : status === 'ERROR' ? 'bad' : status === 'PAUSED' ? 'warn' : 't3';
}
