import { isInvokable } from '../agent/rules.ts';
import type { AgentStatus, IssueStatus } from '../shared/values.ts';

/** What is known of an issue that others wait for. */
export interface BlockerFacts {
  id: string;
  level: number;
  status: IssueStatus;
  /** The issues of the walk, or its start, that wait for it. */
  waiting: string[];
  identifier: string;
  /** Something that it waits for itself is not done. */
  hasOpenBlockers: boolean;
  assigneeName: string | null;
  agentStatus: AgentStatus | null;
  isPersons: boolean;
  /** A run is live, queued or to be tried again, or a wake waits. */
  isMoving: boolean;
  isHeld: boolean;
  /** A question to the board, a reviewer, a set time, or an action of recovery is open. */
  isExpected: boolean;
  hasOpenChildren: boolean;
  /** Of done work: its workspace could not be finalized. */
  finalizeFailed: boolean;
}

export type BlockerState =
  | 'MOVING' | 'WITH_PERSON' | 'CANCELLED' | 'NOT_FINALIZED' | 'HELD' | 'UNASSIGNED' | 'AGENT_UNAVAILABLE' | 'PARKED' | 'WITHOUT_REVIEWER' | 'BLOCKED_BY_NOTHING' | 'IDLE';

/** Where an issue at the end of a chain of blockers stands. */
export function stateOf(facts: BlockerFacts): BlockerState {
  if (facts.status === 'CANCELLED') return 'CANCELLED';
  if (facts.status === 'DONE') return facts.finalizeFailed ? 'NOT_FINALIZED' : 'MOVING';
  if (facts.isHeld) return 'HELD';
  if (facts.isPersons) return 'WITH_PERSON';
  if (facts.agentStatus === null) return 'UNASSIGNED';
  if (facts.agentStatus && !isInvokable(facts.agentStatus)) return 'AGENT_UNAVAILABLE';
  if (facts.isMoving) return 'MOVING';
  if (facts.status === 'BACKLOG') return 'PARKED';
  if (facts.isExpected || facts.hasOpenChildren) return 'MOVING';
  if (facts.status === 'IN_REVIEW') return 'WITHOUT_REVIEWER';
  if (facts.status === 'BLOCKED') return 'BLOCKED_BY_NOTHING';
  return 'IDLE';
}

/** Nothing moves it by itself: somebody has to. */
export function isStalled(state: BlockerState): boolean {
  return state !== 'MOVING' && state !== 'WITH_PERSON';
}

export interface Attention {
  message: string;
  leafId: string | null;
  state: BlockerState | null;
  /** From what is waited for directly to the leaf. */
  pathIds: string[];
  openCount: number;
  parkedIds: string[];
  cancelledIds: string[];
  isTruncated: boolean;
}

export const WALK = { levels: 8, issues: 2_000 } as const;

/** What an issue's blockers come down to: the nearest of those at the ends of its chains that nothing moves; null where nothing blocks it. */
export function attentionOf(startId: string, nodes: readonly BlockerFacts[]): Attention | null {
  if (nodes.length === 0) return null;
  const isEnd = (node: BlockerFacts) => node.status === 'CANCELLED' || node.status === 'DONE' || !node.hasOpenBlockers;
  const stalled = nodes.filter((node) => isEnd(node) && isStalled(stateOf(node))).sort((a, b) => a.level - b.level || a.identifier.localeCompare(b.identifier, 'en', { numeric: true }));
  const [leaf] = stalled;
  const state = leaf ? stateOf(leaf) : null;
  return {
    message: leaf && state ? sentence(leaf, state, stalled.length) : `Waits for ${nodes.length === 1 ? nodes[0]?.identifier : `${nodes.length} issues`}, all on their way.`,
    leafId: leaf?.id ?? null, state, pathIds: leaf ? pathTo(leaf, startId, nodes) : [], openCount: nodes.length,
    parkedIds: nodes.filter((node) => node.status === 'BACKLOG').map((node) => node.id),
    cancelledIds: nodes.filter((node) => node.status === 'CANCELLED').map((node) => node.id),
    isTruncated: nodes.length >= WALK.issues || nodes.some((node) => node.level === WALK.levels && !isEnd(node)),
  };
}

/** Back from an end to the start, one level at a time. */
function pathTo(leaf: BlockerFacts, startId: string, nodes: readonly BlockerFacts[]): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path = [leaf];
  for (let at = leaf; at.level > 1 && !at.waiting.includes(startId); ) {
    const next = at.waiting.map((id) => byId.get(id)).find((node) => node !== undefined && node.level < at.level);
    if (!next) break;
    path.unshift(next);
    at = next;
  }
  return path.map((node) => node.id);
}

function sentence({ identifier, assigneeName }: BlockerFacts, state: BlockerState, count: number): string {
  const words: Record<BlockerState, string> = {
    MOVING: 'is on its way', WITH_PERSON: 'is with a person',
    CANCELLED: 'was cancelled but still blocks: remove it or replace it', NOT_FINALIZED: 'is done, but its workspace could not be finalized: finalize it again',
    HELD: 'is on hold: release the hold', UNASSIGNED: 'is assigned to nobody: assign it',
    AGENT_UNAVAILABLE: `is ${assigneeName ?? 'an agent'}’s, who takes no work now: resume the agent or assign somebody else`, PARKED: 'is parked: move it to todo',
    WITHOUT_REVIEWER: 'is in review, and nobody is named who reviews it: decide it', BLOCKED_BY_NOTHING: 'is marked blocked, but nothing named blocks it: name it, or move it to todo',
    IDLE: `has nothing queued: wake ${assigneeName ?? 'its agent'}`,
  };
  return `Stalled: ${identifier} ${words[state]}.${count > 1 ? ` ${count - 1} more ${count === 2 ? 'is' : 'are'} stalled behind it.` : ''}`;
}
