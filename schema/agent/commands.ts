import { now } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import type { Agent } from '../../prisma/generated/client.ts';
import { touch, type Tx } from '../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { resetTrip } from '../breaker/commands/reset-trip.ts';
import { closeApproval } from '../approval/open.ts';
import { describeStop } from '../budget/stops.ts';
import { OPEN_STATUSES } from '../approval/rules.ts';
import { openCompanyOf } from '../company/commands.ts';
import { requestCancels } from '../run/commands/request-cancel.ts';
import { once } from '../shared/idempotency.ts';
import { Refusal } from '../shared/refusal.ts';
import { makeUpWakes } from '../wake/make-up.ts';
import type { Adapters } from './adapters.ts';
import { mayConfigure, mayHire } from './hiring.ts';
import { recordRevision } from './revisions.ts';
import { moveAgent } from './rules.ts';
import { type AgentFields, changedColumns, type NewAgent, newColumns } from './settings.ts';

/** Hires an agent: the board, and agents that it lets, each into its own part of the company. */
export async function createAgent(
  tx: Tx, by: Principal, adapters: Adapters, input: NewAgent & { companyId: string; idempotencyKey?: string | null | undefined },
): Promise<Agent> {
  const { companyId, idempotencyKey, ...fields } = input;
  const company = await openCompanyOf(tx, by, companyId);
  const managerId = await mayHire(tx, by, company, fields);
  const id = await once(tx, by, { companyId, operation: 'createAgent', key: idempotencyKey, input: fields }, async () => (await insertAgent(tx, by, adapters, companyId, { ...fields, managerId })).id);
  return tx.agent.findUniqueOrThrow({ where: { id } });
}

/** Stores a new agent with its first revision. One that the board has still to approve gets no runs, and no key. */
export async function insertAgent(tx: Tx, by: Principal, adapters: Adapters, companyId: string, fields: NewAgent, status: 'IDLE' | 'PENDING_APPROVAL' = 'IDLE'): Promise<Agent> {
  const agent = await tx.agent.create({ data: { id: newId(), companyId, status, ...(await newColumns(tx, adapters, companyId, fields)) } });
  await recordRevision(tx, by, adapters, { before: null, after: agent, source: 'HIRED' });
  await recordActivity(tx, by, {
    companyId, action: 'agent.created', entityType: 'agent', entityId: agent.id,
    details: { name: agent.name, adapterType: agent.adapterType, ...(status === 'IDLE' ? {} : { status }) },
  });
  return agent;
}

/** Changes what is given; null empties what may be empty. Redacted secrets sent back keep their stored values. */
export async function updateAgent(tx: Tx, by: Principal, adapters: Adapters, input: AgentFields & { agentId: string }): Promise<Agent> {
  const before = await agentFor(tx, by, input.agentId);
  await mayConfigure(tx, by, before, input);
  return changeAgent(tx, by, adapters, before, input);
}

/** Stores changed settings and keeps them as a revision. Who may is for the caller to judge. */
export async function changeAgent(tx: Tx, by: Principal, adapters: Adapters, before: Agent, fields: AgentFields): Promise<Agent> {
  if (before.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent stays as it was');
  const data = await changedColumns(tx, adapters, before, fields);
  const agent = await tx.agent.update({ where: { id: before.id }, data });
  const revision = await recordRevision(tx, by, adapters, { before, after: agent, source: 'UPDATED' });
  await recordActivity(tx, by, {
    companyId: agent.companyId, action: 'agent.updated', entityType: 'agent', entityId: agent.id, details: { changed: Object.keys(data), ...(revision ? { revision: revision.number } : {}) },
  });
  return agent;
}

/**
 * Stops an agent from getting runs, and its running ones unless asked not to. Pausing a paused agent changes nothing, but that
 * one whom its budget paused stays paused when the budget no longer does.
 */
export async function pauseAgent(tx: Tx, by: Principal, input: { agentId: string; cancelRuns?: boolean | null | undefined }): Promise<Agent> {
  const before = await agentFor(tx, by, input.agentId);
  mustBeBoard(by, 'pause agents');
  if (before.status === 'PAUSED' && before.pauseReason !== 'BUDGET') return before;
  const agent = await tx.agent.update({
    where: { id: before.id }, data: { status: before.status === 'PAUSED' ? 'PAUSED' : moved(before, 'pause'), pauseReason: 'MANUAL', pausedAt: new Date() },
  });
  if (input.cancelRuns !== false) await cancelRunsOf(tx, by, agent.id, 'agent paused');
  await recordActivity(tx, by, { companyId: agent.companyId, action: 'agent.paused', entityType: 'agent', entityId: agent.id });
  return agent;
}

/** Lets a paused or failed agent work again. It is woken for what was asked of it meanwhile. */
export async function resumeAgent(tx: Tx, by: Principal, input: { agentId: string }): Promise<Agent> {
  const before = await agentFor(tx, by, input.agentId);
  mustBeBoard(by, 'resume agents');
  if (before.status === 'IDLE' || before.status === 'RUNNING') return before;
  const stop = before.status === 'PAUSED' ? await describeStop(tx, before) : null;
  if (stop) throw new Refusal('RULE_VIOLATION', `${stop} Raise the budget first`);
  const running = await tx.run.count({ where: { agentId: before.id, status: 'RUNNING' } });
  const agent = await tx.agent.update({
    where: { id: before.id },
    data: { status: running > 0 && moved(before, 'resume') ? 'RUNNING' : moved(before, 'resume'), pauseReason: null, pausedAt: null, errorMessage: null },
  });
  await resetTrip(tx, by, agent.id);
  touch(tx, 'queue'); // what waited for it may start
  await recordActivity(tx, by, { companyId: agent.companyId, action: 'agent.resumed', entityType: 'agent', entityId: agent.id });
  if (before.status === 'PAUSED') await makeUpWakes(tx, by, { agentId: agent.id });
  return agent;
}

/** Ends an agent for good: runs are cancelled, keys revoked, its open issues stay assigned and show that nobody moves them. */
export async function terminateAgent(tx: Tx, by: Principal, input: { agentId: string }): Promise<Agent> {
  const before = await agentFor(tx, by, input.agentId);
  mustBeBoard(by, 'terminate agents');
  if (before.status === 'TERMINATED') return before;
  const agent = await tx.agent.update({ where: { id: before.id }, data: { status: moved(before, 'terminate'), heartbeatEnabled: false, nextHeartbeatAt: null } });
  await tx.agentKey.updateMany({ where: { agentId: agent.id, revokedAt: null }, data: { revokedAt: new Date() } });
  await cancelRunsOf(tx, by, agent.id, 'agent terminated');
  await tx.wakeup.updateMany({ where: { agentId: agent.id, status: 'DEFERRED' }, data: { status: 'CANCELLED', finishedAt: now() } });
  await recordActivity(tx, by, { companyId: agent.companyId, action: 'agent.terminated', entityType: 'agent', entityId: agent.id });
  await endAsked(tx, by, agent);
  return agent;
}

/** Nobody is left to be hired, or to lead by a strategy: the next CEO is to ask for its own. What else it asked the board may still decide. */
async function endAsked(tx: Tx, by: Principal, { id: agentId, companyId }: Agent): Promise<void> {
  const open = { companyId, status: { in: [...OPEN_STATUSES] } };
  const asked = await tx.approval.findMany({ where: { OR: [{ agentId, type: 'HIRE_AGENT', ...open }, { requesterType: 'AGENT', requesterId: agentId, type: 'CEO_STRATEGY', ...open }] }, select: { id: true } });
  for (const { id } of asked) await closeApproval(tx, by, id, 'CANCELLED');
}

/** The agent, where this principal may see it. */
export async function agentFor(tx: Tx, by: Principal, agentId: string): Promise<Agent> {
  return visible(by, await tx.agent.findUnique({ where: { id: agentId } }), 'agent');
}

async function cancelRunsOf(tx: Tx, by: Principal, agentId: string, reason: string): Promise<void> {
  const open = await tx.run.findMany({ where: { agentId, status: { in: ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'] } }, orderBy: { id: 'asc' }, select: { id: true } });
  await requestCancels(tx, by, open.map(({ id }) => id), reason);
}

/** What helps where an agent cannot be moved. */
const INSTEAD: Partial<Record<Agent['status'], string>> = {
  TERMINATED: ': that is final, hire another in its place', PENDING_APPROVAL: ': the board decides its approval first',
};

function moved(agent: Agent, move: Parameters<typeof moveAgent>[1]): Agent['status'] {
  const to = moveAgent(agent.status, move);
  if (!to) throw new Refusal('RULE_VIOLATION', `cannot ${move} an agent that is ${agent.status.toLowerCase()}${INSTEAD[agent.status] ?? ''}`);
  return to;
}
