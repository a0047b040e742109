import { type Agent, Prisma } from '../../prisma/generated/client.ts';
import type { AgentRole } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { badInput, notFound, Refusal } from '../shared/refusal.ts';
import { LIMITS, optionalText, requiredText, storableJson } from '../shared/text.ts';
import type { Adapters } from './adapters.ts';
import { reportsTo } from './org.ts';
import { CONCURRENCY, HEARTBEAT_MAX_SEC, HEARTBEAT_MIN_SEC } from './rules.ts';

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

/** What an agent cannot be without. */
export type NewAgent = AgentFields & { name: string; adapterType: string };

/** The columns of a new agent, each checked. */
export async function newColumns(tx: Tx, adapters: Adapters, companyId: string, input: NewAgent): Promise<Omit<Prisma.AgentUncheckedCreateInput, 'id' | 'companyId'>> {
  return {
    name: requiredText('name', input.name, LIMITS.name), role: input.role ?? 'GENERAL',
    title: optionalText('title', input.title, LIMITS.name), capabilities: optionalText('capabilities', input.capabilities, LIMITS.description),
    managerId: await checkedManager(tx, companyId, null, input.managerId), adapterType: input.adapterType,
    adapterConfig: storableConfig(adapters, input.adapterType, input.adapterConfig, null),
    ...cheapColumns(adapters, input.adapterType, input.adapterConfig ?? {}, input.cheapConfig),
    ...heartbeatColumns(input.heartbeat, NO_HEARTBEAT), ...(typeof input.maxConcurrentRuns === 'number' ? { maxConcurrentRuns: checkedConcurrency(input.maxConcurrentRuns) } : {}),
  };
}

/** The columns that a change gives an agent: absent fields stay, null empties what may be empty. */
export async function changedColumns(tx: Tx, adapters: Adapters, before: Agent, input: AgentFields): Promise<Prisma.AgentUncheckedUpdateInput> {
  const type = input.adapterType ?? before.adapterType;
  const newAdapter = input.adapterConfig !== undefined || type !== before.adapterType;
  return {
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
