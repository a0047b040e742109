import { now } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import type { ModelLane, Prisma, Run, Wakeup } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import { together, touch, type Tx } from '../../prisma/transaction.ts';
import { type Principal } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { recordRunEvents } from '../run/commands/record-event.ts';
import { notFound } from '../shared/refusal.ts';
import type { WakeSource } from '../shared/values.ts';
import { hasNewInput, readWakeFacts, recentRuns } from './facts.ts';
import { addWake, mergePayloads } from './payload.ts';
import { isAssertion, mustNotLose, type WakeReason } from './reasons.ts';
import { onlyAnswers, shutGate } from './rules.ts';
import { throttledUntil } from './throttle.ts';

export interface WakeRequest {
  agentId: string;
  issueId?: string | null;
  source: WakeSource;
  reason: WakeReason;
  /** What the agent is told: `{ commentId, body }`, summaries of children. Reaches it as BOARDROOM_WAKE_PAYLOAD_JSON. */
  payload?: Prisma.InputJsonObject;
  /** The same key of the same agent wakes once: a later wish with it finds the first. */
  idempotencyKey?: string | null;
}

/**
 * Asks for a run of an agent and stores what became of the wish: a gate is shut (SKIPPED), a run of the same agent and issue
 * is queued or covers it (COALESCED), another run is live on the issue (DEFERRED, promoted when that run ends), or a new run
 * is queued. Every wish leaves a row.
 */
export async function enqueueWake(tx: Tx, by: Principal, wake: WakeRequest): Promise<Wakeup> {
  const { agentId, idempotencyKey = null } = wake;
  const first = idempotencyKey && (await tx.wakeup.findFirst({ where: { agentId, idempotencyKey } }));
  if (first) return first;
  const issueId = wake.issueId ?? null;
  const situation = await readWakeFacts(tx, { agentId, issueId, source: wake.source, reason: wake.reason, isFromPerson: by.kind === 'user' });
  if (!situation) throw notFound('agent');
  const { agent, facts, openBlockers } = situation;
  const shut = shutGate(facts);
  const answersOnly = onlyAnswers(facts);
  const payload = answersOnly ? { ...wake.payload, interactionOnly: true, ...(await blockersOf(tx, openBlockers)) } : wake.payload;
  const told = payload ? { ...wake, payload } : wake;
  const wakeup = shut
    ? await storeWakeup(tx, by, told, agent, { status: 'SKIPPED', skipReason: shut, finishedAt: now() })
    : await settle(tx, by, told, agent, answersOnly);
  if (shut !== 'nothing_to_do') {
    await recordActivity(tx, by, {
      companyId: agent.companyId, action: 'agent.woken', entityType: 'wakeup', entityId: wakeup.id, agentId: agent.id, issueId,
      details: { reason: wake.reason, status: wakeup.status, skipReason: wakeup.skipReason },
    });
  }
  return wakeup;
}

interface WokenAgent {
  id: string;
  companyId: string;
  adapterType: string;
}

type WaitingRun = Pick<Run, 'id' | 'context' | 'availableAt'>;

/** The run that waits to start for an agent and an issue, if any; by their partial indexes, so that wakes of others are no rivals. */
async function waitingRun(tx: Tx, agentId: string, issueId: string | null): Promise<WaitingRun | undefined> {
  const ofIssue = issueId ? sql`issue_id = ${issueId}::uuid` : sql`issue_id IS NULL`;
  const [[queued], [retry]] = await together([
    tx.$queryRaw<WaitingRun[]>`SELECT id, context, available_at AS "availableAt" FROM run WHERE agent_id = ${agentId}::uuid AND ${ofIssue} AND status = 'QUEUED' LIMIT 1`,
    tx.$queryRaw<WaitingRun[]>`SELECT id, context, available_at AS "availableAt" FROM run WHERE agent_id = ${agentId}::uuid AND ${ofIssue} AND status = 'SCHEDULED_RETRY' LIMIT 1`,
  ]);
  return queued ?? retry;
}

async function settle(tx: Tx, by: Principal, wake: WakeRequest, agent: WokenAgent, answersOnly: boolean): Promise<Wakeup> {
  const issueId = wake.issueId ?? null;
  const queued = await waitingRun(tx, agent.id, issueId);
  if (queued) {
    await joinQueued(tx, queued, wake, answersOnly);
    return storeWakeup(tx, by, wake, agent, { status: 'COALESCED', runId: queued.id });
  }
  const live = issueId ? await tx.run.findFirst({ where: { issueId, status: 'RUNNING' }, select: { id: true, agentId: true, cancelRequestedAt: true } }) : null;
  // A run that is being stopped covers nothing: a reassigned issue may come back to its agent before the old run is gone.
  if (live && live.agentId === agent.id && !live.cancelRequestedAt && !isNews(wake)) {
    return storeWakeup(tx, by, wake, agent, { status: 'COALESCED', runId: live.id });
  }
  if (live && issueId) return deferWake(tx, by, wake, agent, issueId);
  // The next heartbeat of an agent that is still busy with the last one is covered by it: both would resume the same session.
  const beating = wake.source === 'TIMER' && !issueId ? await tx.run.findFirst({ where: { agentId: agent.id, issueId: null, status: 'RUNNING', cancelRequestedAt: null }, select: { id: true } }) : null;
  if (beating) return storeWakeup(tx, by, wake, agent, { status: 'COALESCED', runId: beating.id });

  const throttled = issueId ? await throttle(tx, by, wake, agent.id, issueId) : null;
  const runId = await queueRun(tx, agent, wake, addWake({}, wake), { answersOnly, ...(throttled ? { availableAt: throttled } : {}) });
  if (throttled) {
    await recordRunEvents(tx, runId, [{ kind: 'throttled', message: `The last runs led to nothing visible: it waits until ${throttled.toISOString()}, or until there is something new.` }]);
  }
  return storeWakeup(tx, by, wake, agent, { status: 'QUEUED', runId });
}

/** What the live run cannot know yet: by its reason, or since it brings somebody's words. */
function isNews(wake: WakeRequest): boolean {
  return mustNotLose(wake.reason) || wake.payload?.['commentId'] !== undefined;
}

/** A run that waits answers one wake more. New input does not wait for a throttle or a retry's delay. */
async function joinQueued(tx: Tx, run: WaitingRun, wake: WakeRequest, answersOnly: boolean): Promise<void> {
  const at = now();
  const isEarlier = run.availableAt > at && !isAssertion(wake.reason) && wake.source !== 'TIMER';
  await tx.run.update({
    where: { id: run.id },
    data: { coalescedCount: { increment: 1 }, context: addWake(run.context, wake), answersOnly, ...(isEarlier ? { availableAt: at } : {}) },
  });
  if (isEarlier) touch(tx, 'queue');
}

/** A wake that only says again that there is work waits while the last runs led to nothing; a person's wish never does. */
async function throttle(tx: Tx, by: Principal, wake: WakeRequest, agentId: string, issueId: string): Promise<Date | null> {
  if (!isAssertion(wake.reason) || by.kind === 'user') return null;
  const at = now();
  const until = throttledUntil(await recentRuns(tx, agentId, issueId, at), at);
  return until && !(await hasNewInput(tx, agentId, issueId)) ? until : null;
}

/** One deferred row per agent and issue: a later wake merges into it, its words count, and no comment is lost. */
async function deferWake(tx: Tx, by: Principal, wake: WakeRequest, agent: WokenAgent, issueId: string): Promise<Wakeup> {
  const waiting = await tx.wakeup.findFirst({ where: { agentId: agent.id, issueId, status: 'DEFERRED' } });
  if (!waiting) return storeWakeup(tx, by, wake, agent, { status: 'DEFERRED' });
  return tx.wakeup.update({
    where: { id: waiting.id },
    data: {
      coalescedCount: { increment: 1 }, reason: wake.reason, source: wake.source,
      payload: mergePayloads(waiting.payload as Prisma.InputJsonObject, wake.payload ?? {}),
    },
  });
}

export interface QueuedRun {
  /** QUEUED when absent; SCHEDULED_RETRY for what is tried again at a set time. */
  status?: 'QUEUED' | 'SCHEDULED_RETRY';
  /** Not claimed before; now when absent. */
  availableAt?: Date;
  retryOfId?: string | null;
  retryAttempt?: number;
  modelLane?: ModelLane;
  answersOnly?: boolean;
}

/** Puts a run in the queue. Only wakes and retries do this; the run engine takes it from there. */
export async function queueRun(
  tx: Tx, agent: WokenAgent, wake: Pick<WakeRequest, 'issueId' | 'source'> & { reason: string }, context: Prisma.InputJsonObject, more: QueuedRun = {},
): Promise<string> {
  const id = newId();
  const sequence = `run_number_${agent.companyId.replaceAll('-', '')}`;
  const at = now();
  await together([
    tx.$executeRaw`
      INSERT INTO run (id, company_id, number, agent_id, issue_id, status, source, reason, adapter_type, context, queued_at, available_at, retry_of_id, retry_attempt, model_lane, answers_only)
      VALUES (${id}::uuid, ${agent.companyId}::uuid, nextval(${sequence}::text::regclass), ${agent.id}::uuid, ${wake.issueId ?? null}::uuid, ${more.status ?? 'QUEUED'}::run_status,
              ${wake.source}::wake_source, ${wake.reason}, ${agent.adapterType}, ${JSON.stringify(context)}::jsonb, ${at}::timestamptz, ${more.availableAt ?? at}::timestamptz,
              ${more.retryOfId ?? null}::uuid, ${more.retryAttempt ?? 0}, ${more.modelLane ?? 'PRIMARY'}::model_lane, ${more.answersOnly ?? false})`,
    recordActivity(tx, { kind: 'system' }, {
      companyId: agent.companyId, action: 'run.queued', entityType: 'run', entityId: id, agentId: agent.id, issueId: wake.issueId ?? null,
      details: { reason: wake.reason },
    }),
  ]);
  touch(tx, 'queue');
  return id;
}

/** What an agent that is asked about blocked work has to know to answer: its open blockers. */
async function blockersOf(tx: Tx, ids: string[]): Promise<Prisma.InputJsonObject> {
  if (ids.length === 0) return {};
  const blockers = await tx.$queryRaw<{ identifier: string; title: string; status: string }[]>`
    SELECT c.prefix || '-' || i.number AS identifier, left(i.title, 200) AS title, i.status::text AS status
    FROM issue i JOIN company c ON c.id = i.company_id WHERE i.id = ANY(${ids}::uuid[]) ORDER BY i.number LIMIT 20`;
  return { blockers };
}

async function storeWakeup(
  tx: Tx, by: Principal, wake: WakeRequest, agent: WokenAgent, outcome: Pick<Prisma.WakeupUncheckedCreateInput, 'status' | 'skipReason' | 'runId' | 'finishedAt'>,
): Promise<Wakeup> {
  const { actorType, actorId } = actorOf(by);
  return tx.wakeup.create({
    data: {
      id: newId(), companyId: agent.companyId, agentId: agent.id, issueId: wake.issueId ?? null, source: wake.source, reason: wake.reason,
      payload: wake.payload ?? {}, requesterType: actorType, requesterId: actorId, requestedAt: now(), idempotencyKey: wake.idempotencyKey ?? null, ...outcome,
    },
  });
}
