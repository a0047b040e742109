import type { Agent } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const AgentRef = builder.objectRef<Agent>('Agent');
