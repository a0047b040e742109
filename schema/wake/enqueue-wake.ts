import { newId } from '../../prisma/id.ts';
import type { Prisma, Wakeup } from '../../prisma/generated/client.ts';
import { together, touch, type Tx } from '../../prisma/transaction.ts';
import { type Principal } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { openBlockerIds } from '../issue/blocking.ts';
import { notFound } from '../shared/refusal.ts';
import type { WakeSource } from '../shared/values.ts';
import { mustNotLose, shutGate, type SkipReason } from './rules.ts';

export interface WakeRequest {
  agentId: string;
  issueId?: string | null;
  source: WakeSource;
  /** heartbeat_timer, issue_assigned, issue_commented, issue_blockers_resolved, issue_children_completed, manual … */
  reason: string;
  /** What the agent is told: `{ commentId, body }`, summaries of children. Reaches it as BOARDROOM_WAKE_PAYLOAD_JSON. */
  payload?: Prisma.InputJsonObject;
}

/**
 * Asks for a run of an agent and stores what became of the wish: a gate is shut (SKIPPED), a run of the same agent and issue
 * is queued or covers it (COALESCED), another run is live on the issue (DEFERRED, promoted when that run ends), or a new run
 * is queued. Every wish leaves a row.
 */
export async function enqueueWake(tx: Tx, by: Principal, wake: WakeRequest): Promise<Wakeup> {
  const { issueId } = wake;
  const [agent, issue, openBlockers] = await together([
    tx.agent.findUnique({ where: { id: wake.agentId }, include: { company: { select: { status: true } } } }),
    issueId ? tx.issue.findUnique({ where: { id: issueId }, select: { status: true, assigneeId: true } }) : null,
    issueId ? openBlockerIds(tx, issueId) : [],
  ]);
  if (!agent) throw notFound('agent');
  const shut = shutGate({
    source: wake.source,
    companyActive: agent.company.status === 'ACTIVE',
    agentStatus: agent.status,
    issue: issue && {
      status: issue.status,
      assignedToAgent: issue.assigneeId === agent.id,
      hasOpenBlockers: openBlockers.length > 0,
    },
    hasWork: wake.source !== 'TIMER' || agent.heartbeatWhenIdle || (await hasOpenWork(tx, agent.id)),
  });
  const wakeup = await settle(tx, by, wake, agent, shut);
  if (shut !== 'nothing_to_do') {
    await recordActivity(tx, by, {
      companyId: agent.companyId, action: 'agent.woken', entityType: 'wakeup', entityId: wakeup.id, agentId: agent.id, issueId: wake.issueId ?? null,
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

async function settle(tx: Tx, by: Principal, wake: WakeRequest, agent: WokenAgent, shut: SkipReason | null): Promise<Wakeup> {
  if (shut) return storeWakeup(tx, by, wake, agent, { status: 'SKIPPED', skipReason: shut, finishedAt: new Date() });

  const issueId = wake.issueId ?? null;
  const queued = await tx.run.findFirst({ where: { agentId: agent.id, issueId, status: 'QUEUED' }, select: { id: true, context: true } });
  if (queued) {
    await tx.run.update({ where: { id: queued.id }, data: { coalescedCount: { increment: 1 }, context: addWake(queued.context, wake) } });
    return storeWakeup(tx, by, wake, agent, { status: 'COALESCED', runId: queued.id });
  }
  const live = issueId ? await tx.run.findFirst({ where: { issueId, status: 'RUNNING' }, select: { id: true, agentId: true, cancelRequestedAt: true } }) : null;
  // A run that is being stopped covers nothing: a reassigned issue may come back to its agent before the old run is gone.
  if (live && live.agentId === agent.id && !live.cancelRequestedAt && !mustNotLose(wake.reason)) {
    return storeWakeup(tx, by, wake, agent, { status: 'COALESCED', runId: live.id });
  }
  if (live && issueId) return deferWake(tx, by, wake, agent, issueId);
  // The next heartbeat of an agent that is still busy with the last one is covered by it: both would resume the same session.
  const beating = wake.source === 'TIMER' && !issueId ? await tx.run.findFirst({ where: { agentId: agent.id, issueId: null, status: 'RUNNING', cancelRequestedAt: null }, select: { id: true } }) : null;
  if (beating) return storeWakeup(tx, by, wake, agent, { status: 'COALESCED', runId: beating.id });

  const runId = await queueRun(tx, agent, wake, addWake({}, wake));
  return storeWakeup(tx, by, wake, agent, { status: 'QUEUED', runId });
}

/** One deferred row per agent and issue: a later wake merges into it and its payload wins. */
async function deferWake(tx: Tx, by: Principal, wake: WakeRequest, agent: WokenAgent, issueId: string): Promise<Wakeup> {
  const waiting = await tx.wakeup.findFirst({ where: { agentId: agent.id, issueId, status: 'DEFERRED' } });
  if (!waiting) return storeWakeup(tx, by, wake, agent, { status: 'DEFERRED' });
  return tx.wakeup.update({
    where: { id: waiting.id },
    data: { coalescedCount: { increment: 1 }, reason: wake.reason, payload: { ...wake.payload } },
  });
}

/** Puts a run in the queue. Only wakes do this; the run engine takes it from there. */
export async function queueRun(
  tx: Tx, agent: WokenAgent, wake: Pick<WakeRequest, 'issueId' | 'source' | 'reason'>, context: Prisma.InputJsonObject,
): Promise<string> {
  const id = newId();
  const sequence = `run_number_${agent.companyId.replaceAll('-', '')}`;
  await together([
    tx.$executeRaw`
      INSERT INTO run (id, company_id, number, agent_id, issue_id, source, reason, adapter_type, context)
      VALUES (${id}::uuid, ${agent.companyId}::uuid, nextval(${sequence}::text::regclass), ${agent.id}::uuid, ${wake.issueId ?? null}::uuid,
              ${wake.source}::wake_source, ${wake.reason}, ${agent.adapterType}, ${JSON.stringify(context)}::jsonb)`,
    recordActivity(tx, { kind: 'system' }, {
      companyId: agent.companyId, action: 'run.queued', entityType: 'run', entityId: id, agentId: agent.id, issueId: wake.issueId ?? null,
      details: { reason: wake.reason },
    }),
  ]);
  touch(tx, 'queue');
  return id;
}

/** Queues runs for wakes that waited for a run on this issue to end, oldest first. Called in the transaction that ends it. */
export async function promoteDeferred(tx: Tx, issueId: string): Promise<void> {
  const waiting = await tx.wakeup.findMany({ where: { issueId, status: 'DEFERRED' }, orderBy: { requestedAt: 'asc' }, take: 20 });
  for (const wakeup of waiting) {
    const by = requesterOf(wakeup);
    // The gates are asked again: much may have changed while it waited. The waiting row ends; the new one tells the rest.
    await tx.wakeup.update({ where: { id: wakeup.id }, data: { status: 'COMPLETED', finishedAt: new Date() } });
    const promoted = await enqueueWake(tx, by, {
      agentId: wakeup.agentId, issueId, source: wakeup.source, reason: wakeup.reason, payload: wakeup.payload as Prisma.InputJsonObject,
    });
    if (promoted.runId) await tx.wakeup.update({ where: { id: wakeup.id }, data: { runId: promoted.runId } });
  }
}

function requesterOf(wakeup: Wakeup): Principal {
  if (wakeup.requesterType === 'USER' && wakeup.requesterId) return { kind: 'user', userId: wakeup.requesterId };
  return { kind: 'system' };
}

/** The run's context keeps the wakes that it answers, oldest first, at most 20. */
function addWake(context: Prisma.JsonValue, wake: WakeRequest): Prisma.InputJsonObject {
  const before = (context as { wakes?: Prisma.InputJsonObject[] } | null)?.wakes ?? [];
  const entry = { reason: wake.reason, source: wake.source, payload: wake.payload ?? {} };
  return { wakes: [...before, entry].slice(-20) };
}

async function storeWakeup(
  tx: Tx, by: Principal, wake: WakeRequest, agent: WokenAgent, outcome: Pick<Prisma.WakeupUncheckedCreateInput, 'status' | 'skipReason' | 'runId' | 'finishedAt'>,
): Promise<Wakeup> {
  const { actorType, actorId } = actorOf(by);
  return tx.wakeup.create({
    data: {
      id: newId(), companyId: agent.companyId, agentId: agent.id, issueId: wake.issueId ?? null, source: wake.source, reason: wake.reason,
      payload: wake.payload ?? {}, requesterType: actorType, requesterId: actorId, ...outcome,
    },
  });
}

/** Work that a heartbeat could get on with: open, not parked, not waiting for blockers. */
async function hasOpenWork(tx: Tx, agentId: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM issue i WHERE i.assignee_id = ${agentId}::uuid AND i.status IN ('TODO', 'IN_PROGRESS')
      AND NOT EXISTS (SELECT 1 FROM issue_blocker b JOIN issue x ON x.id = b.blocker_id WHERE b.issue_id = i.id AND x.status <> 'DONE')
    LIMIT 1`;
  return found.length > 0;
}
