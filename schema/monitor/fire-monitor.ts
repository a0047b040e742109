import { now } from '../../prisma/clock.ts';
import type { Database } from '../../prisma/client.ts';
import type { Issue, IssueMonitor, Prisma, RecoveryAction } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import { type Tx, write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { createIssue } from '../issue/commands/create-issue.ts';
import { openAction } from '../recovery/actions.ts';
import { clip } from '../shared/text.ts';
import { enqueueWake } from '../wake/enqueue-wake.ts';
import { isLastCheck, policyWords } from './rules.ts';

const BATCH = 200;

/** Fires what is due in companies that work, each once and in a transaction of its own; gives back when the next falls due within a minute. */
export async function fireMonitors(db: Database): Promise<Date | null> {
  const at = now();
  const due = await db.query<{ id: string }>(sql`
    SELECT m.issue_id AS id FROM issue_monitor m JOIN company c ON c.id = m.company_id WHERE m.next_check_at <= ${at}::timestamptz AND c.status = 'ACTIVE' ORDER BY m.next_check_at LIMIT ${BATCH}`);
  for (const { id } of due) await write(db, (tx) => fireMonitor(tx, id));
  const [next] = await db.query<{ at: Date | null }>(sql`
    SELECT min(m.next_check_at) AS at FROM issue_monitor m WHERE m.next_check_at BETWEEN ${at}::timestamptz AND ${at}::timestamptz + interval '1 minute'`);
  return next?.at ?? null;
}

/** A monitor fires once: who comes second finds no time there. Past its bounds its policy says who is told besides. */
export async function fireMonitor(tx: Tx, issueId: string): Promise<void> {
  const at = now();
  const due = await tx.issueMonitor.findUnique({ where: { issueId }, include: { issue: true } });
  if (!due?.nextCheckAt || due.nextCheckAt > at) return;
  const { issue, ...before } = due;
  const monitor = await tx.issueMonitor.update({ where: { issueId }, data: { nextCheckAt: null, firedAt: at, attempts: { increment: 1 } } });
  const isLast = isLastCheck(monitor, monitor.attempts, at);
  await recordActivity(tx, SYSTEM, {
    companyId: issue.companyId, action: 'issue.monitorFired', entityType: 'issue', entityId: issueId, agentId: issue.assigneeId, details: { attempt: monitor.attempts, isLast, policy: monitor.policy },
  });
  if (issue.assigneeId) {
    await enqueueWake(tx, SYSTEM, {
      agentId: issue.assigneeId, issueId, source: 'AUTOMATION', reason: 'issue_monitor_due', payload: told(monitor, isLast),
      idempotencyKey: `monitor:${issueId}:${before.createdAt.getTime()}:${monitor.attempts}`,
    });
  }
  if (isLast && monitor.policy === 'CREATE_RECOVERY_ISSUE') await fileIssue(tx, issue, monitor);
  if (isLast && monitor.policy === 'ESCALATE_TO_BOARD') await openExhausted(tx, issue, monitor);
}

function openExhausted(tx: Tx, issue: Issue, { serviceName, externalRef, attempts }: IssueMonitor): Promise<RecoveryAction> {
  return openAction(tx, { issue, cause: 'monitor_exhausted', evidence: { serviceName, externalRef, attempts } });
}

function told({ notes, serviceName, externalRef, attempts, maxAttempts, timeoutAt }: IssueMonitor, isLast: boolean): Prisma.InputJsonObject {
  return { monitor: { notes, serviceName, externalRef, attempt: attempts, maxAttempts, timeoutAt: timeoutAt?.toISOString() ?? null, isLast } };
}

/**
 * Next to the work and not below it: the work goes on or ends without it. Parked, for the board to give to somebody; its end is
 * the end of the action on the work. There is one at a time.
 */
async function fileIssue(tx: Tx, issue: Issue, monitor: IssueMonitor): Promise<void> {
  if (await tx.issue.findFirst({ where: { origin: 'RECOVERY', originId: issue.id, status: { notIn: ['DONE', 'CANCELLED'] } }, select: { id: true } })) return;
  const what = monitor.serviceName ?? monitor.externalRef ?? 'What it waits for';
  const { id } = await createIssue(tx, SYSTEM, {
    companyId: issue.companyId, title: clip(`${what} did not come: ${issue.title}`, 300), projectId: issue.projectId, goalId: issue.goalId, billingCode: issue.billingCode,
    description: [policyWords[monitor.policy], monitor.notes, monitor.externalRef].filter(Boolean).join('\n\n'),
  });
  await tx.issue.update({ where: { id }, data: { origin: 'RECOVERY', originId: issue.id } });
  const action = await openExhausted(tx, issue, monitor);
  if (action.cause === 'monitor_exhausted') await tx.recoveryAction.update({ where: { id: action.id }, data: { recoveryIssueId: id } });
}
