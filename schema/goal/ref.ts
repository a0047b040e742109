import type { Goal } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const GoalRef = builder.objectRef<Goal>('Goal');
