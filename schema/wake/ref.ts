import type { Wakeup } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const WakeupRef = builder.objectRef<Wakeup>('Wakeup');
