import type { WorkProduct } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const WorkProductRef = builder.objectRef<WorkProduct>('WorkProduct');
