import type { Agent, AgentRevision } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const AgentRef = builder.objectRef<Agent>('Agent');
export const AgentRevisionRef = builder.objectRef<AgentRevision>('AgentRevision');
