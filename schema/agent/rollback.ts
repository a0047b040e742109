import type { Agent } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { notFound, Refusal } from '../shared/refusal.ts';
import type { Adapters } from './adapters.ts';
import { agentFor } from './commands.ts';
import { mayConfigure } from './hiring.ts';
import { changedNames, type Settings } from './revision-rules.ts';
import { recordRevision, shownSettings } from './revisions.ts';
import { type AgentFields, changedColumns } from './settings.ts';

/**
 * Gives an agent the settings that it had after an earlier change. Secrets were never kept: they stay as they are today, and
 * where one of then is gone today the settings of then cannot work, so that nothing is changed.
 */
export async function rollbackAgentConfig(tx: Tx, by: Principal, adapters: Adapters, input: { agentId: string; revisionId: string }): Promise<Agent> {
  const before = await agentFor(tx, by, input.agentId);
  const revision = visible(by, await tx.agentRevision.findUnique({ where: { id: input.revisionId } }), 'revision');
  if (revision.agentId !== before.id) throw notFound('revision');
  const settings = revision.settings as unknown as AgentFields & { adapterType: string };
  await mayConfigure(tx, by, before, settings);
  if (before.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent stays as it was');
  mustHaveSecrets(adapters, before, settings);
  // Secrets stay as they are, so that what can be shown tells all that would change.
  if (changedNames(shownSettings(adapters, before), settings as unknown as Settings).length === 0) return before;
  const after = await tx.agent.update({ where: { id: before.id }, data: await changedColumns(tx, adapters, before, settings) });
  const made = await recordRevision(tx, by, adapters, { before, after, source: 'ROLLED_BACK', rolledBackToId: revision.id });
  if (!made) throw new Error(`agent ${after.id} is as it was, though its settings differ from revision ${revision.number}`);
  await recordActivity(tx, by, {
    companyId: after.companyId, action: 'agent.rolledBack', entityType: 'agentRevision', entityId: made.id, agentId: after.id, details: { to: revision.number, revision: made.number, changed: made.changed },
  });
  return after;
}

function mustHaveSecrets(adapters: Adapters, agent: Agent, { adapterType, adapterConfig }: AgentFields & { adapterType: string }): void {
  const lost = adapters.lostSecrets(adapterType, adapterConfig, adapterType === agent.adapterType ? agent.adapterConfig : null);
  if (lost.length === 0) return;
  throw new Refusal('RULE_VIOLATION', `secrets are not kept, and these are not set today: ${lost.join(', ')}. Set them with updateAgent first, or change what you want by hand`, {
    ...(lost[0] === undefined ? {} : { field: lost[0] }), details: { fields: lost },
  });
}
