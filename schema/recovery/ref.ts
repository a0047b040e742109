import type { RecoveryAction, WatchdogDecision } from '../../prisma/generated/client.ts';
import { builder } from '../builder.ts';

export const RecoveryRef = builder.objectRef<RecoveryAction>('RecoveryAction');
export const WatchdogDecisionRef = builder.objectRef<WatchdogDecision>('WatchdogDecision');
