import type { BreakerTrip } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const BreakerTripRef = builder.objectRef<BreakerTrip>('BreakerTrip');
