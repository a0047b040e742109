import { type GraphQLSchema, isObjectType } from 'graphql';
import { groups, LIMITS, type Limit, type Permission } from './permission-table.ts';
import { BY_ROLE } from './rules.ts';

/** docs/permissions.md, from the table and from what the schema keeps for the board. */
export function permissionsPage(schema: GraphQLSchema): string {
  const described = (schema.getType('AgentPermission') as { getValues?(): readonly { name: string; description?: string | null | undefined }[] } | undefined)?.getValues?.() ?? [];
  return `# Permissions

<!-- Written by \`npm run sdl\` from schema/access/permission-table.ts. Change it there. -->

Who may change what. Every mutation has a row; one without a row is open to nobody. The table is asked before a mutation does
anything: who may not do it at all gets \`FORBIDDEN\`, whatever the input names. Grants and limits depend on rows and are judged in
the transaction that changes them. What belongs to another company does not exist (\`NOT_FOUND\`), whoever asks.

- **Board**: a person. In \`local_trusted\` mode that is every request without credentials.
- **Key**: an agent outside of any run, by a key of its own. It ends when it is revoked, and with its agent.
- **Run**: an agent within a run, by the token of the run or by a key and \`X-Boardroom-Run-Id\`. It ends with the run.
- With credentials that are nobody's, also empty ones, every request is \`UNAUTHENTICATED\`.

## Mutations

${Object.entries(groups).map(([title, rows]) => `### ${title}\n\n| Mutation | Board | Key | Run | Agents only |\n|---|---|---|---|---|\n${Object.entries(rows).map(rowOf).join('\n')}\n`).join('\n')}
## Limits

A limit holds for agents; where the board is *limited*, for people too. \`CONFLICT\` is told as data, by a member of the result's union.

| Limit | Says | Refused with | Lifted by |
|---|---|---|---|
${usedLimits().map((limit) => `| ${nameOf(limit)} | ${LIMITS[limit].says} | ${code(LIMITS[limit].refusal)} | ${LIMITS[limit].liftedBy.map(code).join(', ') || '–'} |`).join('\n')}

## Grants

The board gives them to single agents by \`setGrant\` (\`boardroom grant give\`) and takes them away again. \`Agent.permissions\` says what
an agent may, \`Agent.grants\` what it was given.

| Grant | Lets an agent | Of a role |
|---|---|---|
${described.map(({ name, description }) => `| ${code(name)} | ${description ?? ''} | ${rolesWith(name)} |`).join('\n')}

## What only the board sees

Null for agents: ${boardFields(schema).map(code).join(', ')}.
`;
}

const code = (text: string) => `\`${text}\``;
const nameOf = (limit: Limit) => limit.toLowerCase().replaceAll('_', ' ');

function rowOf([name, { board, agent, grant, limits = [] }]: [string, Permission]): string {
  const only = [...(grant ? [`with ${code(grant)}`] : []), ...limits.map(nameOf)].join(', ');
  return `| ${code(name)} | ${board} | ${agent === 'yes' ? 'yes' : 'no'} | ${agent === 'no' ? 'no' : 'yes'} | ${only || '–'} |`;
}

function usedLimits(): Limit[] {
  return [...new Set(Object.values(groups).flatMap((rows) => Object.values(rows).flatMap(({ limits = [] }) => limits)))].sort();
}

function rolesWith(permission: string): string {
  const roles = Object.entries(BY_ROLE).filter(([, held]) => (held as readonly string[]).includes(permission)).map(([role]) => role);
  return roles.join(', ') || '–';
}

/** Fields that ask for the board before they answer. */
function boardFields(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type === schema.getMutationType()) return [];
    return Object.values(type.getFields())
      .filter((field) => (field.extensions as { pothosOptions?: { authScopes?: unknown } }).pothosOptions?.authScopes !== undefined)
      .map((field) => `${type.name}.${field.name}`);
  }).sort();
}
