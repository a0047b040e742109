import { newId } from '../../prisma/id.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { touch } from '../../prisma/transaction.ts';
import { agentOf, type Principal, runOf } from '../access/principal.ts';
import { valueWithoutSecrets } from '../shared/secrets.ts';

export interface ActivityEntry {
  companyId: string;
  /** `<entity>.<what happened>`: issue.created, run.started. */
  action: string;
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
export async function recordActivity(tx: Tx, by: Principal, entry: ActivityEntry): Promise<void> {
  const { companyId, action, entityType, entityId, details = {} } = entry;
  const issueId = entry.issueId ?? (entityType === 'issue' ? entityId : null);
  const agentId = entry.agentId ?? (entityType === 'agent' ? entityId : null);
  const { actorType, actorId } = actorOf(by);
  await tx.$executeRaw`
    INSERT INTO activity (id, company_id, actor_type, actor_id, run_id, action, entity_type, entity_id, issue_id, agent_id, details)
    VALUES (${newId()}::uuid, ${companyId}::uuid, ${actorType}::actor_type, ${actorId}::uuid, ${runOf(by)}::uuid, ${action},
            ${entityType}, ${entityId}::uuid, ${issueId}::uuid, ${agentId}::uuid, ${JSON.stringify(valueWithoutSecrets(details))}::jsonb)`;
  touch(tx, `company:${companyId}`);
}
