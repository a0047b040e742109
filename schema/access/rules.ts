import type { AgentPermission, AgentRole } from '../../prisma/generated/enums.ts';

/** What a role brings with it, without a grant. */
export const BY_ROLE: Partial<Record<AgentRole, readonly AgentPermission[]>> = {
  CEO: ['AGENTS_CREATE', 'TASKS_ASSIGN'],
};
