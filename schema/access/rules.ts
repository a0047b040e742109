import type { AgentPermission, AgentRole } from '../../prisma/generated/enums.ts';

/** What a role brings with it, without a grant. */
export const BY_ROLE: Partial<Record<AgentRole, readonly AgentPermission[]>> = {
  CEO: ['AGENTS_CREATE', 'TASKS_ASSIGN'],
};

/** The most projects or agents that one scope names. */
export const SCOPE_MAX = 50;

/** Within what TASKS_ASSIGN_SCOPE lets its agent assign. What is absent does not limit; all that is there must match. */
export interface AssignScope {
  projectIds?: string[];
  agentIds?: string[];
  managedSubtree?: boolean;
}

/** An issue that is to change hands. */
export interface Handover {
  /** The projects that it is in, before and after; null for none. */
  projectIds: (string | null)[];
  /** The agents that have it or are to have it, without the one that asks. */
  agentIds: string[];
  /** A person has it, or is to have it. */
  concernsPerson: boolean;
}

/** Whether a scope covers a handover: each of the families that it names, for everybody whom the handover concerns. */
export function covers(scope: AssignScope, handover: Handover, isManaged: (agentId: string) => boolean): boolean {
  const { projectIds, agentIds, managedSubtree } = scope;
  if (!projectIds && !agentIds && !managedSubtree) return false;
  if (projectIds && !handover.projectIds.every((id) => id !== null && projectIds.includes(id))) return false;
  if ((agentIds || managedSubtree) && handover.concernsPerson) return false;
  if (agentIds && !handover.agentIds.every((id) => agentIds.includes(id))) return false;
  return !managedSubtree || handover.agentIds.every(isManaged);
}

/** Who has an issue, or is to have it. */
export interface Owner {
  assigneeId: string | null;
  assigneeUserId: string | null;
}

/**
 * Whether an agent may change who has an issue without any grant: take what nobody has, as a checkout does, and give its own work
 * up: to nobody, back to whoever filed it, or to its own manager.
 */
export function mayHandOver(
  agent: { id: string; managerId: string | null }, issue: Owner & { creatorType: 'USER' | 'AGENT' | 'SYSTEM'; creatorId: string | null }, to: Owner,
): boolean {
  if (!issue.assigneeId && !issue.assigneeUserId) return to.assigneeId === agent.id;
  if (issue.assigneeId !== agent.id) return false;
  if (to.assigneeUserId) return issue.creatorType === 'USER' && issue.creatorId === to.assigneeUserId;
  if (!to.assigneeId) return true;
  return to.assigneeId === agent.managerId || (issue.creatorType === 'AGENT' && issue.creatorId === to.assigneeId);
}
