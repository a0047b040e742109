import { UsageError } from './failure.ts';
import { choose } from './choices.ts';
import { graphql } from './generated/gql.ts';
import type { AgentPermission, GrantedAgentFragment } from './generated/graphql.ts';
import { bold, columns, dim, plain } from './print.ts';

graphql(`
  fragment GrantedAgent on Agent {
    id name role permissions
    grants(first: 100) { nodes { id permission scope { projects { id name } agents { id name } managedSubtree } grantedBy { __typename ... on User { name } ... on Agent { name } ... on System { name } } createdAt } }
  }
`);

export const SetGrantMutation = graphql(`
  mutation SetGrant($input: SetGrantInput!) {
    setGrant(input: $input) { ...GrantedAgent }
  }
`);

const permissions = ['AGENTS_CREATE', 'AGENTS_CONFIGURE', 'TASKS_ASSIGN', 'TASKS_ASSIGN_SCOPE', 'TASKS_MANAGE_ACTIVE_CHECKOUTS'] as const satisfies AgentPermission[];

/** A permission as it was typed: `tasks-assign` is TASKS_ASSIGN. */
export function permission(given: string | undefined): AgentPermission {
  if (given === undefined) throw new UsageError(`say which: ${permissions.join(', ')}`);
  return choose('PERMISSION', permissions, given);
}

/** What an agent may, a line each, with where it comes from. */
export function grantTable({ name, role, permissions: held, grants }: GrantedAgentFragment): string {
  if (held.length === 0) return `${bold(plain(name))} ${dim('may what all agents may, and nothing more')}`;
  const rows = held.map((each) => {
    const grant = grants.nodes.find((row) => row.permission === each);
    return [bold(each), grant ? `by ${plain(grant.grantedBy.name)} at ${grant.createdAt}` : `by its role ${role}`, plain(scopeText(grant?.scope))];
  });
  return columns(rows);
}

type Scope = GrantedAgentFragment['grants']['nodes'][number]['scope'] | undefined;

function scopeText(scope: Scope): string {
  if (!scope) return '';
  const parts = [
    scope.projects ? `projects ${scope.projects.map(({ name }) => name).join(', ')}` : '',
    scope.agents ? `agents ${scope.agents.map(({ name }) => name).join(', ')}` : '',
    scope.managedSubtree ? 'itself and those below it' : '',
  ];
  return parts.filter(Boolean).join('; ');
}
