import { now } from '../../prisma/clock.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { approvalFor } from '../approval/commands/access.ts';
import { issueFor } from '../issue/commands/access.ts';
import { badInput, Refusal } from '../shared/refusal.ts';

/** What stands in an inbox: an issue or an approval, one of them. */
export interface InboxSubject {
  issueId?: string | null | undefined;
  approvalId?: string | null | undefined;
}

export interface InboxMark {
  issueId: string | null;
  approvalId: string | null;
  readAt: Date | null;
  archivedAt: Date | null;
}

export interface ArchiveFromInbox extends InboxSubject {
  /** The newest event that the caller has seen; what is newer brings it back. */
  seenAt?: Date | null | undefined;
  archived?: boolean | null | undefined;
}

/** Puts an issue or an approval out of a person's inbox until something newer happens, or back into it. */
export async function archiveFromInbox(tx: Tx, by: Principal, input: ArchiveFromInbox): Promise<InboxMark> {
  const seenAt = input.archived === false ? null : (input.seenAt ?? now());
  return changeState(tx, by, input, 'archived', (before) => ({
    archivedAt: seenAt,
    // What is put away has been seen.
    readAt: seenAt ? later(before?.readAt, seenAt) : (before?.readAt ?? null),
  }));
}

export interface MarkRead extends InboxSubject {
  seenAt?: Date | null | undefined;
  read?: boolean | null | undefined;
}

/** Notes how far a person has read an issue or an approval, or that it is to count as unread. */
export async function markRead(tx: Tx, by: Principal, input: MarkRead): Promise<InboxMark> {
  return changeState(tx, by, input, 'read', (before) => ({
    readAt: input.read === false ? null : later(before?.readAt, input.seenAt ?? now()),
    archivedAt: before?.archivedAt ?? null,
  }));
}

function later(one: Date | null | undefined, other: Date): Date {
  return one && one > other ? one : other;
}

type Times = Pick<InboxMark, 'readAt' | 'archivedAt'>;

async function changeState(tx: Tx, by: Principal, { issueId = null, approvalId = null }: InboxSubject, what: 'read' | 'archived', change: (before: Times | null) => Times): Promise<InboxMark> {
  const issue = issueId ? await issueFor(tx, by, issueId) : null;
  const approval = approvalId ? await approvalFor(tx, by, approvalId) : null;
  if (by.kind !== 'user') throw new Refusal('FORBIDDEN', 'only people have an inbox; agents see their issues');
  if (issue && approval) throw badInput('approvalId', 'name an issue or an approval, not both');
  const subject = issue ?? approval;
  if (!subject) throw badInput('issueId', 'name an issue or an approval');
  const { userId } = by;
  const { companyId } = subject;
  const before = issue
    ? await tx.inboxState.findUnique({ where: { userId_issueId: { userId, issueId: issue.id } } })
    : await tx.approvalInboxState.findUnique({ where: { userId_approvalId: { userId, approvalId: subject.id } } });
  const data = change(before);
  const mark = { issueId: issue?.id ?? null, approvalId: approval?.id ?? null, ...data };
  if (before && before.readAt?.getTime() === data.readAt?.getTime() && before.archivedAt?.getTime() === data.archivedAt?.getTime()) return mark;
  if (issue) await tx.inboxState.upsert({ where: { userId_issueId: { userId, issueId: issue.id } }, create: { userId, issueId: issue.id, companyId, ...data }, update: data });
  else await tx.approvalInboxState.upsert({ where: { userId_approvalId: { userId, approvalId: subject.id } }, create: { userId, approvalId: subject.id, companyId, ...data }, update: data });
  // Told so that the person's other screens follow; it is no part of the story of what it is about.
  await recordActivity(tx, by, { companyId, action: `inbox.${what}`, entityType: 'inbox', entityId: subject.id });
  return mark;
}
