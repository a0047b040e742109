import { newId } from '../../prisma/id.ts';
import type { Agent, AgentRevision, Prisma } from '../../prisma/generated/client.ts';
import type { RevisionSource } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, runOf, SYSTEM } from '../access/principal.ts';
import { actorOf } from '../activity/record.ts';
import type { Adapters } from './adapters.ts';
import { changedNames, type Settings } from './revision-rules.ts';

/** The settings of an agent by name, in the shape in which they are given. */
export function settingsOf(agent: Agent, adapterConfig: unknown = agent.adapterConfig): Settings {
  const { name, role, title, capabilities, managerId, adapterType, cheapConfig, maxConcurrentRuns } = agent;
  return {
    name, role, title, capabilities, managerId, adapterType, adapterConfig, cheapConfig, maxConcurrentRuns,
    heartbeat: { enabled: agent.heartbeatEnabled, intervalSec: agent.heartbeatIntervalSec, runWhenIdle: agent.heartbeatWhenIdle, wakeOnDemand: agent.wakeOnDemand },
  };
}

/** The same without its secrets: what may be kept and shown. */
export function shownSettings(adapters: Adapters, agent: Agent): Prisma.InputJsonObject {
  return settingsOf(agent, adapters.redactedConfig(agent.adapterType, agent.adapterConfig)) as Prisma.InputJsonObject;
}

interface Change {
  /** Null for a new agent. */
  before: Agent | null;
  after: Agent;
  source: RevisionSource;
  rolledBackToId?: string;
}

/**
 * Keeps what an agent's settings are after a change; null where nothing changed. Of an agent older than its revisions, what
 * was before is kept first. A secret that changed is named, its value is not kept.
 */
export async function recordRevision(tx: Tx, by: Principal, adapters: Adapters, change: Change): Promise<AgentRevision | null> {
  const { before, after, source } = change;
  if (!before) return insertRevision(tx, by, adapters, after, { number: 1, source, changed: [] });
  const changed = changedNames(settingsOf(before), settingsOf(after));
  if (changed.length === 0) return null;
  const last = await tx.agentRevision.findFirst({ where: { agentId: after.id }, orderBy: { number: 'desc' }, select: { number: true } });
  if (!last) await insertRevision(tx, SYSTEM, adapters, before, { number: 1, source: 'HIRED', changed: [], createdAt: before.createdAt });
  return insertRevision(tx, by, adapters, after, { number: (last?.number ?? 1) + 1, source, changed, ...(change.rolledBackToId ? { rolledBackToId: change.rolledBackToId } : {}) });
}

type Kept = Pick<Prisma.AgentRevisionUncheckedCreateInput, 'number' | 'source' | 'changed' | 'rolledBackToId' | 'createdAt'>;

function insertRevision(tx: Tx, by: Principal, adapters: Adapters, agent: Agent, kept: Kept): Promise<AgentRevision> {
  return tx.agentRevision.create({
    data: { id: newId(), companyId: agent.companyId, agentId: agent.id, settings: shownSettings(adapters, agent), ...actorOf(by), runId: runOf(by), ...kept },
  });
}
