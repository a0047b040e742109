import type { Company, User } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';
import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { companyById } from '../company/reads.ts';
import type { Context } from '../context.ts';
import { CompanyRef } from '../company/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import type { Batch, Soon } from '../shared/loading.ts';
import { Node, typed } from '../shared/node.ts';
import { agentOf, type Principal, runOf } from './principal.ts';
import { userById } from './reads.ts';

export const UserType = builder.objectRef<User>('User').implement({
  description: 'A person on the board.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What others see.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the person joined.' }),
  }),
});

export const SystemType = builder.objectRef<{ name: string }>('System').implement({
  description: 'Boardroom itself: the scheduler, the run engine, recovery.',
  fields: (t) => ({ name: t.exposeString('name', { description: 'Always "Boardroom".' }) }),
});

/** Who did something. */
export const Actor = builder.unionType('Actor', {
  description: 'Who did something.',
  types: [UserType, AgentRef, SystemType],
  resolveType: (value) => (value as unknown as { __typename: 'User' | 'Agent' | 'System' }).__typename,
});

const BOARDROOM = typed('System', { name: 'Boardroom' });

/** The actor behind the type and id columns of a row. */
export async function actorFrom(ctx: Context, type: 'USER' | 'AGENT' | 'SYSTEM', id: string | null) {
  if (type === 'USER' && id) {
    const user = await ctx.loading.load(userById, id);
    if (user) return typed('User', user);
  }
  if (type === 'AGENT' && id) {
    const agent = await ctx.loading.load(agentById, id);
    if (agent) return typed('Agent', agent);
  }
  return BOARDROOM;
}

const PrincipalKind = builder.enumType('PrincipalKind', {
  description: 'What the request was made with.',
  values: {
    BOARD_USER: { description: 'A person on the board.' },
    AGENT_KEY: { description: 'A long-lived key of an agent.' },
    RUN_TOKEN: { description: 'The token of a running run.' },
  } as const,
});

const Viewer = builder.objectRef<Principal>('Viewer').implement({
  description: 'Who is asking, and whom.',
  fields: (t) => ({
    kind: t.field({ type: PrincipalKind, description: 'What the request was made with.', resolve: (by) => (by.kind === 'run' ? 'RUN_TOKEN' : by.kind === 'agentKey' ? 'AGENT_KEY' : 'BOARD_USER') }),
    user: t.field({ type: UserType, nullable: true, description: 'The person; null for agents.', resolve: (by, _args, ctx) => (by.kind === 'user' ? ctx.loading.load(userById, by.userId) : null) }),
    agent: t.field({ type: AgentRef, nullable: true, description: 'The agent; null for people.', resolve: (by, _args, ctx) => load(ctx, agentById, agentOf(by)) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run whose token was used.', resolve: (by, _args, ctx) => load(ctx, runById, runOf(by)) }),
    company: t.field({ type: CompanyRef, nullable: true, description: 'The one company an agent may see; null for people.', resolve: (by, _args, ctx): Soon<Company | null> => (by.kind === 'run' || by.kind === 'agentKey' ? ctx.loading.load(companyById, by.companyId) : null) }),
    mode: t.string({ description: 'How this instance knows people: local_trusted (everyone on this machine is the board).', resolve: () => 'local_trusted' }),
    version: t.string({ description: 'Version of Boardroom.', resolve: (_by, _args, ctx) => ctx.version }),
  }),
});

builder.queryField('viewer', (t) => t.field({ type: Viewer, description: 'Who is asking.', resolve: (_root, _args, ctx) => ctx.principal }));

function load<Row>(ctx: Context, source: Batch<string, Row | null>, id: string | null): Soon<Row | null> {
  return id ? ctx.loading.load(source, id) : null;
}
