import type { CostEvent, ModelPrice } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const CostEventRef = builder.objectRef<CostEvent>('CostEvent');
export const ModelPriceRef = builder.objectRef<ModelPrice>('ModelPrice');
