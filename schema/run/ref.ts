import type { Run } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const RunRef = builder.objectRef<Run>('Run');
