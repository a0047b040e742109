import { now } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import { type Agent, Prisma } from '../../prisma/generated/client.ts';
import type { AgentRole } from '../../prisma/generated/enums.ts';
import { touch, type Tx } from '../../prisma/transaction.ts';
import { mustBeBoard, type Principal, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { openCompanyOf } from '../company/commands.ts';
import { requestCancel } from '../run/commands/request-cancel.ts';
import { once } from '../shared/idempotency.ts';
import { badInput, notFound, Refusal } from '../shared/refusal.ts';
import { LIMITS, optionalText, requiredText, storableJson } from '../shared/text.ts';
import type { Adapters } from './adapters.ts';
import { reportsTo } from './org.ts';
import { makeUpWakes } from '../wake/make-up.ts';
import { CONCURRENCY, HEARTBEAT_MAX_SEC, HEARTBEAT_MIN_SEC, moveAgent } from './rules.ts';

export interface HeartbeatSettings {
  enabled?: boolean | null | undefined;
  intervalSec?: number | null | undefined;
  runWhenIdle?: boolean | null | undefined;
  wakeOnDemand?: boolean | null | undefined;
}

export interface AgentFields {
  name?: string | null | undefined;
  role?: AgentRole | null | undefined;
  title?: string | null | undefined;
  capabilities?: string | null | undefined;
  managerId?: string | null | undefined;
  adapterType?: string | null | undefined;
  adapterConfig?: unknown;
  cheapConfig?: unknown;
  heartbeat?: HeartbeatSettings | null | undefined;
  maxConcurrentRuns?: number | null | undefined;
}

/** Hires an agent. Only the board hires directly. */
export async function createAgent(
  tx: Tx, by: Principal, adapters: Adapters,
  input: AgentFields & { companyId: string; name: string; adapterType: string; idempotencyKey?: string | null | undefined },
): Promise<Agent> {
  const { companyId, idempotencyKey, ...fields } = input;
  await openCompanyOf(tx, by, companyId);
  mustBeBoard(by, 'hire agents');
  const id = await once(tx, by, { companyId, operation: 'createAgent', key: idempotencyKey, input: fields }, () => insertAgent(tx, by, adapters, input));
  return tx.agent.findUniqueOrThrow({ where: { id } });
}

async function insertAgent(
  tx: Tx, by: Principal, adapters: Adapters, input: AgentFields & { companyId: string; name: string; adapterType: string },
): Promise<string> {
  const { companyId } = input;
  const agent = await tx.agent.create({
    data: {
      id: newId(), companyId, name: requiredText('name', input.name, LIMITS.name), role: input.role ?? 'GENERAL',
      title: optionalText('title', input.title, LIMITS.name), capabilities: optionalText('capabilities', input.capabilities, LIMITS.description),
      managerId: await checkedManager(tx, companyId, null, input.managerId), adapterType: input.adapterType,
      adapterConfig: storableConfig(adapters, input.adapterType, input.adapterConfig, null),
      ...cheapColumns(adapters, input.adapterType, input.adapterConfig ?? {}, input.cheapConfig),
      ...heartbeatColumns(input.heartbeat, NO_HEARTBEAT), ...(typeof input.maxConcurrentRuns === 'number' ? { maxConcurrentRuns: checkedConcurrency(input.maxConcurrentRuns) } : {}),
    },
  });
  await recordActivity(tx, by, { companyId, action: 'agent.created', entityType: 'agent', entityId: agent.id, details: { name: agent.name, adapterType: agent.adapterType } });
  return agent.id;
}

/** Changes what is given; null empties what may be empty. Redacted secrets sent back keep their stored values. */
export async function updateAgent(tx: Tx, by: Principal, adapters: Adapters, input: AgentFields & { agentId: string }): Promise<Agent> {
  const before = await agentFor(tx, by, input.agentId);
  mustBeBoard(by, 'change agents');
  if (before.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent stays as it was');
  const type = input.adapterType ?? before.adapterType;
  const newAdapter = input.adapterConfig !== undefined || type !== before.adapterType;
  const data: Prisma.AgentUncheckedUpdateInput = {
    ...(typeof input.name === 'string' ? { name: requiredText('name', input.name, LIMITS.name) } : {}),
    ...(input.role ? { role: input.role } : {}),
    ...(input.title !== undefined ? { title: optionalText('title', input.title, LIMITS.name) } : {}),
    ...(input.capabilities !== undefined ? { capabilities: optionalText('capabilities', input.capabilities, LIMITS.description) } : {}),
    ...(input.managerId !== undefined ? { managerId: await checkedManager(tx, before.companyId, before.id, input.managerId) } : {}),
    ...(newAdapter
      ? { adapterType: type, adapterConfig: storableConfig(adapters, type, input.adapterConfig, type === before.adapterType ? before.adapterConfig : null) }
      : {}),
    ...cheapColumns(adapters, type, input.adapterConfig ?? before.adapterConfig, input.cheapConfig === undefined && type !== before.adapterType ? null : input.cheapConfig, before.adapterConfig),
    ...heartbeatColumns(input.heartbeat, before),
    ...(typeof input.maxConcurrentRuns === 'number' ? { maxConcurrentRuns: checkedConcurrency(input.maxConcurrentRuns) } : {}),
  };
  const agent = await tx.agent.update({ where: { id: before.id }, data });
  await recordActivity(tx, by, { companyId: agent.companyId, action: 'agent.updated', entityType: 'agent', entityId: agent.id, details: { changed: Object.keys(data) } });
  return agent;
}

/** Stops an agent from getting runs, and its running ones unless asked not to. Pausing a paused agent changes nothing. */
export async function pauseAgent(tx: Tx, by: Principal, input: { agentId: string; cancelRuns?: boolean | null | undefined }): Promise<Agent> {
  const before = await agentFor(tx, by, input.agentId);
  mustBeBoard(by, 'pause agents');
  if (before.status === 'PAUSED') return before;
  const agent = await tx.agent.update({
    where: { id: before.id }, data: { status: moved(before, 'pause'), pauseReason: 'MANUAL', pausedAt: new Date() },
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
  const running = await tx.run.count({ where: { agentId: before.id, status: 'RUNNING' } });
  const agent = await tx.agent.update({
    where: { id: before.id },
    data: { status: running > 0 && moved(before, 'resume') ? 'RUNNING' : moved(before, 'resume'), pauseReason: null, pausedAt: null, errorMessage: null },
  });
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
  return agent;
}

/** The agent, where this principal may see it. */
export async function agentFor(tx: Tx, by: Principal, agentId: string): Promise<Agent> {
  return visible(by, await tx.agent.findUnique({ where: { id: agentId } }), 'agent');
}

async function cancelRunsOf(tx: Tx, by: Principal, agentId: string, reason: string): Promise<void> {
  const open = await tx.run.findMany({ where: { agentId, status: { in: ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'] } }, select: { id: true } });
  for (const run of open) await requestCancel(tx, by, { runId: run.id, reason });
}

function moved(agent: Agent, move: Parameters<typeof moveAgent>[1]): Agent['status'] {
  const to = moveAgent(agent.status, move);
  if (!to) throw new Refusal('RULE_VIOLATION', `cannot ${move} an agent that is ${agent.status.toLowerCase()}`);
  return to;
}

async function checkedManager(tx: Tx, companyId: string, agentId: string | null, managerId: string | null | undefined): Promise<string | null> {
  if (!managerId) return null;
  const manager = await tx.agent.findUnique({ where: { id: managerId } });
  if (!manager || manager.companyId !== companyId) throw notFound('manager');
  if (manager.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent manages nobody', { field: 'managerId' });
  if (agentId && (await reportsTo(tx, managerId, agentId))) {
    throw new Refusal('RULE_VIOLATION', 'an agent cannot report to itself, directly or through others', { field: 'managerId' });
  }
  return managerId;
}

const NO_HEARTBEAT = { heartbeatEnabled: false, heartbeatIntervalSec: 3600 };

function storableConfig(adapters: Adapters, type: string, config: unknown, stored: unknown): Prisma.InputJsonObject {
  return storableJson('adapterConfig', adapters.checkedConfig(type, config ?? {}, stored)) as Prisma.InputJsonObject;
}

/** What the cheap lane lays over the configuration: checked together with it, and free of secrets. Null takes the lane away. */
function cheapColumns(adapters: Adapters, type: string, config: unknown, cheap: unknown, stored: unknown = null): { cheapConfig?: Prisma.InputJsonObject | typeof Prisma.DbNull } {
  if (cheap === undefined) return {};
  if (cheap === null) return { cheapConfig: Prisma.DbNull };
  if (typeof cheap !== 'object' || Array.isArray(cheap)) throw badInput('cheapConfig', 'must be an object');
  if (JSON.stringify(adapters.redactedConfig(type, cheap)) !== JSON.stringify(cheap)) throw badInput('cheapConfig', 'holds secrets; they belong in adapterConfig');
  adapters.checkedConfig(type, { ...(config as object), ...cheap }, stored);
  return { cheapConfig: storableJson('cheapConfig', cheap) as Prisma.InputJsonObject };
}

/** The columns that change; a new rhythm starts counting now. */
function heartbeatColumns(
  heartbeat: HeartbeatSettings | null | undefined, before: Pick<Agent, 'heartbeatEnabled' | 'heartbeatIntervalSec'>,
): Partial<Pick<Agent, 'heartbeatEnabled' | 'heartbeatIntervalSec' | 'heartbeatWhenIdle' | 'nextHeartbeatAt' | 'wakeOnDemand'>> {
  if (!heartbeat) return {};
  const enabled = heartbeat.enabled ?? before.heartbeatEnabled;
  const intervalSec = heartbeat.intervalSec ?? before.heartbeatIntervalSec;
  if (intervalSec < HEARTBEAT_MIN_SEC || intervalSec > HEARTBEAT_MAX_SEC) {
    throw badInput('heartbeat.intervalSec', `must be ${HEARTBEAT_MIN_SEC} to ${HEARTBEAT_MAX_SEC} seconds`);
  }
  const isNewRhythm = enabled !== before.heartbeatEnabled || intervalSec !== before.heartbeatIntervalSec;
  return {
    heartbeatEnabled: enabled,
    heartbeatIntervalSec: intervalSec,
    ...(isNewRhythm ? { nextHeartbeatAt: enabled ? new Date(Date.now() + intervalSec * 1000) : null } : {}),
    ...(typeof heartbeat.runWhenIdle === 'boolean' ? { heartbeatWhenIdle: heartbeat.runWhenIdle } : {}),
    ...(typeof heartbeat.wakeOnDemand === 'boolean' ? { wakeOnDemand: heartbeat.wakeOnDemand } : {}),
  };
}

function checkedConcurrency(runs: number): number {
  if (runs < CONCURRENCY.min || runs > CONCURRENCY.max) throw badInput('maxConcurrentRuns', `must be ${CONCURRENCY.min} to ${CONCURRENCY.max}`);
  return runs;
}
