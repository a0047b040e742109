import { newId } from '../../prisma/id.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { touch } from '../../prisma/transaction.ts';
import { agentOf, type Principal, runOf } from '../access/principal.ts';
import { valueWithoutSecrets } from '../shared/secrets.ts';
import type { Action } from './rules.ts';

export interface ActivityEntry {
  companyId: string;
  /** `<entity>.<what happened>`: issue.created, run.started. A new one goes into rules.ts first, and wants words in the board. */
  action: Action;
  entityType: EntityType;
  entityId: string;
  /** The issue and the agent whose pages show it, where they are not the entity itself. */
  issueId?: string | null;
  agentId?: string | null;
  /** What changed. Never a secret, never a whole text: what looks like a secret is replaced here. */
  details?: Record<string, unknown>;
}

export type EntityType =
  | 'document' | 'documentRevision' | 'annotation' | 'annotationComment'
  | 'subtreeHold' | 'workProduct' | 'attachment' | 'inbox'
  | 'approval' | 'approvalComment' | 'agentRevision' | 'agentGrant' | 'budget' | 'budgetIncident' | 'modelPrice' | 'breakerSettings' | 'breakerTrip' | 'notificationTarget' | 'notificationDelivery'
  | 'company' | 'agent' | 'agentKey' | 'goal' | 'project' | 'label' | 'issue' | 'comment' | 'run' | 'wakeup' | 'costEvent' | 'workspace' | 'workspaceOperation' | 'interaction' | 'planDecomposition' | 'recovery' | 'watchdogDecision';

/** The actor columns of a principal. */
export function actorOf(by: Principal): { actorType: 'USER' | 'AGENT' | 'SYSTEM'; actorId: string | null } {
  if (by.kind === 'user') return { actorType: 'USER', actorId: by.userId };
  const agentId = agentOf(by);
  return agentId ? { actorType: 'AGENT', actorId: agentId } : { actorType: 'SYSTEM', actorId: null };
}

/** Records what a command did, in its transaction. The row is also the live event: readers are poked after commit. */
export function recordActivity(tx: Tx, by: Principal, entry: ActivityEntry): Promise<void> {
  return recordActivities(tx, by, [entry]);
}

/** The same for what a command did to many, in one statement and in this order. */
export async function recordActivities(tx: Tx, by: Principal, entries: readonly ActivityEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { actorType, actorId } = actorOf(by);
  const rows = entries.map((entry) => ({
    ...entry, id: newId(), issueId: entry.issueId ?? (entry.entityType === 'issue' ? entry.entityId : null), agentId: entry.agentId ?? (entry.entityType === 'agent' ? entry.entityId : null),
    details: JSON.stringify(valueWithoutSecrets(entry.details ?? {})),
  }));
  const all = <Name extends keyof (typeof rows)[number]>(name: Name) => rows.map((row) => row[name]);
  await tx.$executeRaw`
    INSERT INTO activity (id, company_id, actor_type, actor_id, run_id, action, entity_type, entity_id, issue_id, agent_id, details)
    SELECT e.id, e.company_id, ${actorType}::actor_type, ${actorId}::uuid, ${runOf(by)}::uuid, e.action, e.entity_type, e.entity_id, e.issue_id, e.agent_id, e.details
    FROM unnest(${all('id')}::uuid[], ${all('companyId')}::uuid[], ${all('action')}::text[], ${all('entityType')}::text[], ${all('entityId')}::uuid[],
      ${all('issueId')}::uuid[], ${all('agentId')}::uuid[], ${all('details')}::jsonb[])
      WITH ORDINALITY AS e(id, company_id, action, entity_type, entity_id, issue_id, agent_id, details, place) ORDER BY e.place`;
  for (const companyId of new Set(all('companyId'))) touch(tx, `company:${companyId}`);
}
