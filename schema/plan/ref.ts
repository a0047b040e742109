import { builder } from '../builder.ts';
import type { ShownDecomposition } from './reads.ts';

export const PlanDecompositionRef = builder.objectRef<ShownDecomposition>('PlanDecomposition');
