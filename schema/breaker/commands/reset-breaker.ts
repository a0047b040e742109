import type { Agent } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal } from '../../access/principal.ts';
import { agentFor, resumeAgent } from '../../agent/commands.ts';
import { LIMITS, optionalText } from '../../shared/text.ts';
import { resetTrip } from './reset-trip.ts';

/**
 * Resets what tripped and lets the agent work again: what it did before counts no more, and it is woken for what was asked
 * meanwhile. One that is paused for something else stays paused. Where nothing has tripped it changes nothing.
 */
export async function resetBreaker(tx: Tx, by: Principal, input: { agentId: string; note?: string | null | undefined }): Promise<Agent> {
  const agent = await agentFor(tx, by, input.agentId);
  mustBeBoard(by, 'reset breakers');
  await resetTrip(tx, by, agent.id, optionalText('note', input.note, LIMITS.short));
  const isPausedByIt = agent.status === 'PAUSED' && (agent.pauseReason === 'BREAKER' || agent.pauseReason === 'FAILURES');
  return isPausedByIt ? resumeAgent(tx, by, { agentId: agent.id }) : agent;
}
