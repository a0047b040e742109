import type { AgentGrant } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const AgentGrantRef = builder.objectRef<AgentGrant>('AgentGrant');
