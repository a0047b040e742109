import { now } from '../../../prisma/clock.ts';
import { newId } from '../../../prisma/id.ts';
import { type Agent, Prisma } from '../../../prisma/generated/client.ts';
import type { AgentPermission } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { agentFor } from '../../agent/commands.ts';
import { canonicalHash } from '../../shared/canonical.ts';
import { badInput, notFound, Refusal } from '../../shared/refusal.ts';
import { mustBeBoard, type Principal } from '../principal.ts';
import { type AssignScope, BY_ROLE, SCOPE_MAX } from '../rules.ts';

export interface ScopeInput {
  projectIds?: string[] | null | undefined;
  agentIds?: string[] | null | undefined;
  managedSubtree?: boolean | null | undefined;
}

export interface SetGrant {
  agentId: string;
  permission: AgentPermission;
  granted: boolean;
  /** Of TASKS_ASSIGN_SCOPE, and only of it. */
  scope?: ScopeInput | null | undefined;
}

/** The board lets one agent do more than all agents may, or no longer. What holds already changes nothing. */
export async function setGrant(tx: Tx, by: Principal, input: SetGrant): Promise<Agent> {
  const agent = await agentFor(tx, by, input.agentId);
  mustBeBoard(by, 'say what an agent may');
  const { permission, granted } = input;
  const scope = await checkedScope(tx, agent.companyId, input);
  if (granted && agent.status === 'TERMINATED') throw new Refusal('RULE_VIOLATION', 'a terminated agent gets no grant');
  if (!granted && BY_ROLE[agent.role]?.includes(permission)) {
    throw new Refusal('RULE_VIOLATION', `a ${agent.role} may by its role: change the role to take ${permission} away`, { field: 'permission', details: { role: agent.role } });
  }
  const before = await tx.agentGrant.findUnique({ where: { agentId_permission: { agentId: agent.id, permission } } });
  if (!granted) {
    if (!before) return agent;
    await tx.agentGrant.delete({ where: { id: before.id } });
    await recordActivity(tx, by, { companyId: agent.companyId, action: 'agentGrant.removed', entityType: 'agentGrant', entityId: before.id, agentId: agent.id, details: { permission, name: agent.name } });
    return agent;
  }
  if (before && canonicalHash(before.scope) === canonicalHash(scope)) return agent;
  const { actorType, actorId } = actorOf(by);
  const written = { scope: scope ? (scope as Prisma.InputJsonObject) : Prisma.DbNull, grantorType: actorType, grantorId: actorId };
  const grant = await tx.agentGrant.upsert({
    where: { agentId_permission: { agentId: agent.id, permission } }, update: written,
    create: { id: newId(), companyId: agent.companyId, agentId: agent.id, permission, createdAt: now(), ...written },
  });
  await recordActivity(tx, by, { companyId: agent.companyId, action: 'agentGrant.set', entityType: 'agentGrant', entityId: grant.id, agentId: agent.id, details: { permission, name: agent.name, ...(scope ? { scope } : {}) } });
  return agent;
}

/** A scope as it is stored: what it names is of the company, each once, and something is there. Null for grants that take none. */
async function checkedScope(tx: Tx, companyId: string, { permission, granted, scope }: SetGrant): Promise<AssignScope | null> {
  if (!granted || permission !== 'TASKS_ASSIGN_SCOPE') {
    if (scope) throw badInput('scope', granted ? 'goes with TASKS_ASSIGN_SCOPE only' : 'goes with a grant that is given');
    return null;
  }
  const projectIds = await checkedFamily('scope.projectIds', scope?.projectIds, async (ids) => (await tx.project.count({ where: { id: { in: ids }, companyId } })) === ids.length, 'project');
  const agentIds = await checkedFamily('scope.agentIds', scope?.agentIds, async (ids) => (await tx.agent.count({ where: { id: { in: ids }, companyId } })) === ids.length, 'agent');
  const found = { ...(projectIds ? { projectIds } : {}), ...(agentIds ? { agentIds } : {}), ...(scope?.managedSubtree ? { managedSubtree: true } : {}) };
  if (Object.keys(found).length === 0) throw badInput('scope', 'must name projects, agents or the managed subtree; TASKS_ASSIGN has no bounds');
  return found;
}

async function checkedFamily(field: string, given: string[] | null | undefined, areKnown: (ids: string[]) => Promise<boolean>, what: string): Promise<string[] | null> {
  if (!given) return null;
  const ids = [...new Set(given)].sort();
  if (ids.length === 0 || ids.length > SCOPE_MAX) throw badInput(field, `must hold 1 to ${SCOPE_MAX}, or be left out`);
  if (!(await areKnown(ids))) throw notFound(what);
  return ids;
}
