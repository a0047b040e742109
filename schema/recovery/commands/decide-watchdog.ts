import { now } from '../../../prisma/clock.ts';
import type { WatchdogDecision } from '../../../prisma/generated/client.ts';
import type { WatchdogVerdict } from '../../../prisma/generated/enums.ts';
import { newId } from '../../../prisma/id.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal, visible } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText } from '../../shared/text.ts';
import { closeAction } from '../actions.ts';
import { SILENCE } from '../rules.ts';

export interface DecideWatchdog {
  runId: string;
  verdict: WatchdogVerdict;
  /** SNOOZE only: until when nobody looks again, at most a day ahead. */
  until?: Date | null | undefined;
  reason?: string | null | undefined;
}

/**
 * Says what to make of a run that has been silent for long: look again later (SNOOZE), let it go on and look again in half an
 * hour (CONTINUE), or never ask about this run again (DISMISSED_FALSE_POSITIVE). The board may, and the agent that was asked.
 */
export async function decideWatchdog(tx: Tx, by: Principal, input: DecideWatchdog): Promise<WatchdogDecision> {
  const run = visible(by, await tx.run.findUnique({ where: { id: input.runId } }), 'run');
  const action = await tx.recoveryAction.findFirst({ where: { ...(run.issueId ? { issueId: run.issueId } : {}), companyId: run.companyId, kind: 'SILENT_RUN', runId: run.id, status: { in: ['ACTIVE', 'ESCALATED'] } } });
  const agentId = agentOf(by);
  if (agentId && !(action?.ownerType === 'AGENT' && action.ownerId === agentId)) throw new Refusal('FORBIDDEN', 'only the board and the agent that was asked to look decide about a silent run');
  if (run.status !== 'RUNNING') throw new Refusal('RULE_VIOLATION', `the run is ${run.status}`, { field: 'runId' });
  const at = now();
  const quietUntil = quietUntilOf(input, at);
  const { actorType, actorId } = actorOf(by);
  const decision = await tx.watchdogDecision.create({
    data: {
      id: newId(), companyId: run.companyId, runId: run.id, verdict: input.verdict, quietUntil, reason: optionalText('reason', input.reason, LIMITS.short), actorType, actorId, createdAt: at,
    },
  });
  await recordActivity(tx, by, {
    companyId: run.companyId, action: 'watchdog.decided', entityType: 'watchdogDecision', entityId: decision.id, issueId: run.issueId, agentId: run.agentId,
    details: { verdict: input.verdict, runId: run.id, quietUntil: quietUntil?.toISOString() ?? null },
  });
  if (action && input.verdict === 'SNOOZE') await tx.recoveryAction.update({ where: { id: action.id }, data: { snoozedUntil: quietUntil } });
  else if (action) await closeAction(tx, by, action, input.verdict === 'CONTINUE' ? 'RESTORED' : 'FALSE_POSITIVE', decision.reason);
  return decision;
}

function quietUntilOf({ verdict, until }: DecideWatchdog, at: Date): Date | null {
  if (verdict !== 'SNOOZE') {
    if (until) throw badInput('until', 'only a snooze has an end');
    return verdict === 'CONTINUE' ? new Date(at.getTime() + SILENCE.rearmMs) : null;
  }
  if (!until) return new Date(at.getTime() + SILENCE.suspiciousMs);
  if (until <= at || until.getTime() - at.getTime() > SILENCE.snoozeMaxMs) throw badInput('until', 'must be within the next 24 hours');
  return until;
}
