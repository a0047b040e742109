import { now } from '../../prisma/clock.ts';
import type { BreakerTrip, Prisma } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { touch, type Tx } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { notify } from '../notification/notify.ts';
import { requestCancels } from '../run/commands/request-cancel.ts';
import { clip } from '../shared/text.ts';
import { BREAKER_STOP, type Passed, tripSentence } from './rules.ts';

const REASON_MAX = 500;

/** So many queued runs are cancelled with the trip: with thousands of them its transaction would take too long to commit at all. */
const AT_ONCE = 500;

export interface Trip { agentId: string; runId: string | null; passed: Passed; atOnce?: number }

/**
 * Pauses an agent that passed a limit, with what was seen: its queued runs are cancelled, its running ones asked to stop, and
 * whoever wants to know is told, once. It gets nothing to run until the board resets it, so no loop survives. An agent that is
 * paused for something else stays paused for that as well. Of very many queued runs the last stay in the queue, where they wait
 * for the agent as its other work does.
 */
export async function trip(tx: Tx, { agentId, runId, passed, atOnce = AT_ONCE }: Trip): Promise<BreakerTrip | null> {
  const agent = await tx.agent.findUniqueOrThrow({ where: { id: agentId } });
  if (agent.status === 'TERMINATED' || agent.status === 'PENDING_APPROVAL') return null;
  if (await tx.breakerTrip.findFirst({ where: { agentId, resetAt: null }, select: { id: true } })) return null;
  const { companyId } = agent;
  const { kind, limit, observed, evidence } = passed;
  const sentence = tripSentence(passed);
  const at = now();
  const tripped = await tx.breakerTrip.create({ data: { id: newId(), companyId, agentId, runId, kind, limit, observed, evidence: evidence as Prisma.InputJsonObject, trippedAt: at } });
  if (agent.status !== 'PAUSED') {
    await tx.agent.update({ where: { id: agentId }, data: { status: 'PAUSED', pauseReason: 'BREAKER', pausedAt: at, errorMessage: agent.errorMessage ?? `A circuit breaker tripped: ${sentence}.` } });
    await recordActivity(tx, SYSTEM, { companyId, action: 'agent.paused', entityType: 'agent', entityId: agentId, details: { reason: 'BREAKER', kind } });
  }
  await recordActivity(tx, SYSTEM, {
    companyId, action: 'breaker.tripped', entityType: 'breakerTrip', entityId: tripped.id, agentId,
    details: { kind, limit: limit.toString(), observed: observed.toString(), runId },
  });
  const running = await tx.run.findMany({ where: { agentId, status: 'RUNNING' }, orderBy: { id: 'asc' }, select: { id: true } });
  const queued = await tx.run.findMany({ where: { agentId, status: { in: ['QUEUED', 'SCHEDULED_RETRY'] } }, orderBy: { id: 'asc' }, select: { id: true }, take: atOnce });
  await requestCancels(tx, SYSTEM, [...running, ...queued].map(({ id }) => id), clip(BREAKER_STOP + sentence, REASON_MAX));
  await notify(tx, {
    companyId, event: 'BREAKER_TRIPPED', subject: tripped.id,
    payload: { title: `${agent.name} was paused: ${sentence}`, agent: agent.name, agentId, tripId: tripped.id, kind, limit: limit.toString(), observed: observed.toString(), runId },
  });
  touch(tx, 'queue');
  return tripped;
}
