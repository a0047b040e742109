import { now } from '../../prisma/clock.ts';
import type { Issue } from '../../prisma/generated/client.ts';
import type { MonitorPolicy } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { agentOf, type Principal } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { heldAgainst, issueFor, mustDirect } from '../issue/commands/access.ts';
import type { IssueHeld } from '../issue/conflicts.ts';
import { badInput, Refusal } from '../shared/refusal.ts';
import { optionalText } from '../shared/text.ts';
import { boundsAfter, mayBeWatched, MONITOR, redactReference, whyNotArmed } from './rules.ts';

export interface SetMonitor {
  issueId: string;
  /** When to look; null takes the monitor away. */
  nextCheckAt: Date | null;
  notes?: string | null | undefined;
  serviceName?: string | null | undefined;
  externalRef?: string | null | undefined;
  timeoutAt?: Date | null | undefined;
  maxAttempts?: number | null | undefined;
  policy?: MonitorPolicy | null | undefined;
}

/**
 * Has the owner of an issue woken once, at a time, to look at something outside. Set again it is armed again, as often as its
 * bounds allow; what is absent stays as it was.
 */
export async function setMonitor(tx: Tx, by: Principal, input: SetMonitor): Promise<Issue | IssueHeld> {
  const issue = await issueFor(tx, by, input.issueId);
  const held = await heldAgainst(tx, by, issue);
  if (held) return held;
  await mustDirect(tx, by, issue, 'watch for');
  if (input.nextCheckAt === null) return clearMonitor(tx, by, issue);
  if (!mayBeWatched(issue.status) || !issue.assigneeId) {
    throw new Refusal('RULE_VIOLATION', 'a monitor is for work in progress or in review that an agent has', { details: { status: issue.status } });
  }
  const { attempts: { min, max } } = MONITOR;
  if (typeof input.maxAttempts === 'number' && (input.maxAttempts < min || input.maxAttempts > max)) {
    throw badInput('maxAttempts', `must be ${min} to ${max}`);
  }
  const before = await tx.issueMonitor.findUnique({ where: { issueId: issue.id } });
  const bounds = boundsAfter(before, input, agentOf(by) === null);
  const why = whyNotArmed({ nextCheckAt: input.nextCheckAt, ...bounds, attempts: before?.attempts ?? 0, now: now() });
  if (why) throw new Refusal('RULE_VIOLATION', why, { field: 'nextCheckAt' });
  const externalRef = optionalText('externalRef', input.externalRef, MONITOR.externalRef);
  const { actorType, actorId } = actorOf(by);
  const said = {
    ...(input.notes !== undefined ? { notes: optionalText('notes', input.notes, MONITOR.notes) } : {}),
    ...(input.serviceName !== undefined ? { serviceName: optionalText('serviceName', input.serviceName, MONITOR.serviceName) } : {}),
    ...(input.externalRef !== undefined ? { externalRef: externalRef && redactReference(externalRef) } : {}),
    ...(input.policy ? { policy: input.policy } : {}),
  };
  const armed = { nextCheckAt: input.nextCheckAt, ...bounds, ...said };
  await tx.issueMonitor.upsert({
    where: { issueId: issue.id }, update: armed,
    create: { issueId: issue.id, companyId: issue.companyId, creatorType: actorType, creatorId: actorId, createdAt: now(), ...armed },
  });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'issue.monitorSet', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId, details: { nextCheckAt: input.nextCheckAt.toISOString() },
  });
  return issue;
}

async function clearMonitor(tx: Tx, by: Principal, issue: Issue): Promise<Issue> {
  const { count } = await tx.issueMonitor.deleteMany({ where: { issueId: issue.id } });
  if (count > 0) await recordActivity(tx, by, { companyId: issue.companyId, action: 'issue.monitorCleared', entityType: 'issue', entityId: issue.id, agentId: issue.assigneeId });
  return issue;
}
