import type { AgentAccessFragment, AgentPermission } from '../../graphql/generated/graphql.ts';

export const permissionNames: readonly { permission: AgentPermission; name: string; help: string }[] = [
  { permission: 'AGENTS_CREATE', name: 'Hire agents', help: 'Below itself, where hires need no approval.' },
  { permission: 'AGENTS_CONFIGURE', name: 'Change settings of agents', help: 'Of those that report to it, directly or through others.' },
  { permission: 'TASKS_ASSIGN', name: 'Reassign any issue', help: 'From anybody, to anybody. Without it an agent gives up or hands back its own.' },
  { permission: 'TASKS_ASSIGN_SCOPE', name: 'Reassign issues within a scope', help: 'Only within what is chosen here; all that is chosen must fit.' },
  { permission: 'TASKS_MANAGE_ACTIVE_CHECKOUTS', name: 'Step into work that is checked out', help: 'Change issues that a run of another agent holds.' },
];

type Grant = AgentAccessFragment['grants']['nodes'][number];

/** What a role brings cannot be taken away. */
export const byRole = (agent: Pick<AgentAccessFragment, 'permissions' | 'grants'>, permission: AgentPermission): boolean =>
  agent.permissions.includes(permission) && !agent.grants.nodes.some((grant) => grant.permission === permission);

/** "issues of Bridge; from and to Wren and itself". */
export function scopeWords(scope: Grant['scope']): string {
  if (!scope) return '';
  const names = (things: readonly { name: string }[]) => things.map(({ name }) => name).join(', ');
  return [
    scope.projects?.length ? `issues of ${names(scope.projects)}` : '',
    scope.agents?.length ? `from and to ${names(scope.agents)}` : '',
    scope.managedSubtree ? 'within those that report to it' : '',
  ]
    .filter(Boolean)
    .join('; ');
}
