import type { AgentKey } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';
import { connectionOf } from '../shared/connection.ts';
import { checkedIds } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { createAgentKey, revokeAgentKey } from './keys.ts';

const AgentKeyType = builder.objectRef<AgentKey>('AgentKey').implement({
  description: 'A long-lived credential of an agent. Only its hash is stored.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is for.' }),
    hint: t.exposeString('hint', { description: 'Its last four characters, to tell keys apart.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'When it was last used, within a minute.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was revoked; null while it works.' }),
  }),
});
export const AgentKeyConnection = connectionOf(AgentKeyType, 'AgentKey');

const CreateAgentKeyPayload = builder.objectRef<{ agentKey: AgentKey; secret: string }>('CreateAgentKeyPayload').implement({
  description: 'A new key.',
  fields: (t) => ({
    agentKey: t.expose('agentKey', { type: AgentKeyType, description: 'The key without its secret.' }),
    secret: t.exposeString('secret', { description: 'Shown this once, never again.' }),
  }),
});

const CreateAgentKeyInput = builder.inputType('CreateAgentKeyInput', {
  description: 'A new key.',
  fields: (t) => ({
    agentId: t.id({ required: true, description: 'For which agent.' }),
    name: t.string({ required: true, description: 'What it is for, 1 to 120 characters.' }),
  }),
});
const RevokeAgentKeyInput = builder.inputType('RevokeAgentKeyInput', {
  description: 'Which key to end.',
  fields: (t) => ({ agentKeyId: t.id({ required: true, description: 'Which key.' }) }),
});

builder.mutationFields((t) => ({
  createAgentKey: t.field({
    type: CreateAgentKeyPayload, description: 'Makes a long-lived key for an agent. Board only.',
    args: { input: t.arg({ type: CreateAgentKeyInput, required: true, description: 'The key.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createAgentKey(tx, by, checkedIds(input))),
  }),
  revokeAgentKey: t.field({
    type: AgentKeyType, description: 'Ends a key at once and for good. Board only.',
    args: { input: t.arg({ type: RevokeAgentKeyInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => revokeAgentKey(tx, by, checkedIds(input))),
  }),
}));
