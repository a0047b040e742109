import { words } from '../../ui/format.ts';
import type { AgentRole } from '../../graphql/generated/graphql.ts';

/** In the order they are offered. */
export const ROLES: readonly AgentRole[] = ['CEO', 'CTO', 'CMO', 'CFO', 'SECURITY', 'ENGINEER', 'DESIGNER', 'PM', 'QA', 'DEVOPS', 'RESEARCHER', 'GENERAL'];

const ACRONYMS: readonly AgentRole[] = ['CEO', 'CTO', 'CMO', 'CFO', 'PM', 'QA'];

export function roleLabel(role: AgentRole): string {
  if (ACRONYMS.includes(role)) return role;
  return role === 'DEVOPS' ? 'DevOps' : words(role);
}
