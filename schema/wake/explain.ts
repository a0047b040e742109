import { now } from '../../prisma/clock.ts';
import type { Database } from '../../prisma/client.ts';
import type { Agent, Run, Wakeup } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { livenessOfIssue } from '../issue/liveness.ts';
import { type Liveness, livenessOf } from '../issue/liveness-rules.ts';
import { readWakeFacts, recentRuns } from './facts.ts';
import { type Gate, gateSentence, gatesOf } from './rules.ts';
import { throttledUntil } from './throttle.ts';

export interface ExplainedGate { gate: string; isOpen: boolean; message: string }

/** Why an agent runs, or does not run, for an issue. */
export interface WakeExplanation {
  agentId: string;
  issueId: string | null;
  text: string;
  gates: ExplainedGate[];
  liveRun: Run | null;
  queuedRuns: Run[];
  throttleEndsAt: Date | null;
  deferred: Wakeup | null;
  wakes: Wakeup[];
}

const WAKES_SHOWN = 10;

/** Asks the gates as a wake of now would find them, and looks at what is live, queued, deferred and was wished lately. Changes nothing. */
export async function explainWake(db: Database, agentId: string, issueId: string | null): Promise<WakeExplanation | null> {
  const { prisma } = db;
  // The same reads that decide a wake; without a transaction they are a moment's view.
  const reader = prisma as unknown as Tx;
  const at = now();
  const situation = await readWakeFacts(reader, { agentId, issueId, source: issueId ? 'AUTOMATION' : 'TIMER', reason: 'issue_assigned', isFromPerson: false });
  if (!situation) return null;
  const [runs, runningOfAgent, wakes, deferred, recent, liveness] = await Promise.all([
    prisma.run.findMany({ where: { ...(issueId ? { issueId } : { agentId, issueId: null }), status: { in: ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'] } }, orderBy: { createdAt: 'asc' }, take: 50 }),
    prisma.run.count({ where: { agentId, status: 'RUNNING' } }),
    prisma.wakeup.findMany({ where: { agentId, ...(issueId ? { issueId } : {}) }, orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }], take: WAKES_SHOWN }),
    issueId ? prisma.wakeup.findFirst({ where: { agentId, issueId, status: 'DEFERRED' } }) : null,
    issueId ? recentRuns(reader, agentId, issueId, at) : [],
    issueId ? livenessOfIssue(reader, issueId) : null,
  ]);
  const liveRun = runs.find((run) => run.status === 'RUNNING') ?? null;
  const queuedRuns = runs.filter((run) => run.status !== 'RUNNING' && run.agentId === agentId);
  const waitsUntil = queuedRuns.find((run) => run.availableAt > at)?.availableAt ?? null;
  const seen = {
    agentId, issueId, liveRun, queuedRuns, deferred, wakes, throttleEndsAt: waitsUntil ?? throttledUntil(recent, at),
    gates: [...gatesOf(situation.facts).map(explained), ...claimGates(situation.agent, runningOfAgent, liveRun)],
  };
  return { ...seen, text: sentence(seen, situation.agent, waitsUntil, liveness && livenessOf(liveness)) };
}

function explained(gate: Gate): ExplainedGate {
  return { gate: gate.reason, isOpen: gate.isOpen, message: gateSentence(gate) };
}

/** What a queued run still has to pass. */
function claimGates({ id, maxConcurrentRuns }: Agent, running: number, liveRun: Run | null): ExplainedGate[] {
  const hasRoom = running < maxConcurrentRuns;
  const isBusy = liveRun !== null && liveRun.agentId !== id;
  return [
    { gate: 'agent_at_capacity', isOpen: hasRoom, message: hasRoom ? `The agent has ${running} of ${maxConcurrentRuns} runs.` : `The agent has all of its ${maxConcurrentRuns} runs.` },
    { gate: 'issue_busy', isOpen: !isBusy, message: isBusy ? 'A run of another agent is live on the issue.' : 'No other agent is at work on the issue.' },
  ];
}

function sentence({ agentId, gates, liveRun, queuedRuns, deferred, wakes }: Omit<WakeExplanation, 'text'>, { name }: Agent, waitsUntil: Date | null, liveness: Liveness | null): string {
  if (liveRun?.agentId === agentId) return liveRun.cancelRequestedAt ? `Run ${liveRun.number} of ${name} is being stopped.` : `${name} is at work on it in run ${liveRun.number}.`;
  const shut = gates.find((gate) => !gate.isOpen && gate.gate !== 'issue_busy' && gate.gate !== 'agent_at_capacity');
  if (shut) return shut.message;
  if (liveRun) return `Run ${liveRun.number} of another agent is live on it; ${name} ${deferred || queuedRuns.length > 0 ? 'starts' : 'could start'} when that ends.`;
  const [queued] = queuedRuns;
  if (queued && waitsUntil) {
    return queued.status === 'SCHEDULED_RETRY' ? `${name} tries again at ${waitsUntil.toISOString()}.` : `The last runs led to nothing visible: ${name} starts at ${waitsUntil.toISOString()}, or as soon as there is something new.`;
  }
  const full = gates.find((gate) => !gate.isOpen);
  if (queued) return full ? `${name} starts when one of its runs ends. ${full.message}` : `${name} starts as soon as a worker is free.`;
  if (deferred) return `${name} is woken when the run on it ends.`;
  // Somebody or something else moves it next: the board, a reviewer, a monitor, who is to mend it.
  if (liveness && !liveness.stalled) return `Every gate is open, and nothing is queued for ${name}. ${liveness.text}`;
  return wakes.length === 0 ? `Every gate is open, but nobody has asked ${name} for a run.` : `Every gate is open, and nothing is queued: wake ${name} if there is more to do.`;
}
