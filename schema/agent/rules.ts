import type { AgentStatus } from '../shared/values.ts';

/** What can happen to an agent, and what it is then. Terminated is final. */
export type AgentMove = 'start' | 'finish' | 'fail' | 'pause' | 'resume' | 'terminate' | 'hire';

const moves: Record<AgentStatus, Partial<Record<AgentMove, AgentStatus>>> = {
  IDLE: { start: 'RUNNING', pause: 'PAUSED', terminate: 'TERMINATED' },
  RUNNING: { start: 'RUNNING', finish: 'IDLE', fail: 'ERROR', pause: 'PAUSED', terminate: 'TERMINATED' },
  ERROR: { start: 'RUNNING', resume: 'IDLE', pause: 'PAUSED', terminate: 'TERMINATED' },
  PAUSED: { resume: 'IDLE', terminate: 'TERMINATED' },
  TERMINATED: {},
  PENDING_APPROVAL: { hire: 'IDLE', terminate: 'TERMINATED' },
};

/** The status after a move, or null where the move is not possible. */
export function moveAgent(from: AgentStatus, move: AgentMove): AgentStatus | null {
  return moves[from][move] ?? null;
}

/** Agents that may be given a run. */
export function isInvokable(status: AgentStatus): boolean {
  return status !== 'PAUSED' && status !== 'TERMINATED' && status !== 'PENDING_APPROVAL';
}

export const HEARTBEAT_MIN_SEC = 30;
export const HEARTBEAT_MAX_SEC = 30 * 24 * 3600;
export const CONCURRENCY = { min: 1, max: 50, default: 20 } as const;
