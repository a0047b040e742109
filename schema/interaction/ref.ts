import type { Interaction } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const InteractionRef = builder.objectRef<Interaction>('Interaction');
