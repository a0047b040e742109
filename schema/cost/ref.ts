import type { CostEvent } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const CostEventRef = builder.objectRef<CostEvent>('CostEvent');
