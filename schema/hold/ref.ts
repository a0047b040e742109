import type { SubtreeHold } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const SubtreeHoldRef = builder.objectRef<SubtreeHold>('SubtreeHold');
