import { now } from '../../prisma/clock.ts';
import type { InboxState } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { issueFor } from '../issue/commands/access.ts';
import { Refusal } from '../shared/refusal.ts';

export interface ArchiveFromInbox {
  issueId: string;
  /** The newest event that the caller has seen; what is newer brings the issue back. */
  seenAt?: Date | null | undefined;
  archived?: boolean | null | undefined;
}

/** Puts an issue out of a person's inbox until something newer happens, or back into it. */
export async function archiveFromInbox(tx: Tx, by: Principal, input: ArchiveFromInbox): Promise<InboxState> {
  const seenAt = input.archived === false ? null : (input.seenAt ?? now());
  return changeState(tx, by, input.issueId, 'archived', (before) => ({
    archivedAt: seenAt,
    // What is put away has been seen.
    readAt: seenAt ? later(before?.readAt, seenAt) : (before?.readAt ?? null),
  }));
}

export interface MarkRead {
  issueId: string;
  seenAt?: Date | null | undefined;
  read?: boolean | null | undefined;
}

/** Notes how far a person has read an issue, or that it is to count as unread. */
export async function markRead(tx: Tx, by: Principal, input: MarkRead): Promise<InboxState> {
  return changeState(tx, by, input.issueId, 'read', (before) => ({
    readAt: input.read === false ? null : later(before?.readAt, input.seenAt ?? now()),
    archivedAt: before?.archivedAt ?? null,
  }));
}

function later(one: Date | null | undefined, other: Date): Date {
  return one && one > other ? one : other;
}

async function changeState(
  tx: Tx, by: Principal, issueId: string, what: 'read' | 'archived', change: (before: InboxState | null) => Pick<InboxState, 'readAt' | 'archivedAt'>,
): Promise<InboxState> {
  const issue = await issueFor(tx, by, issueId);
  if (by.kind !== 'user') throw new Refusal('FORBIDDEN', 'only people have an inbox; agents see their issues');
  const key = { userId: by.userId, issueId };
  const before = await tx.inboxState.findUnique({ where: { userId_issueId: key } });
  const data = change(before);
  if (before && before.readAt?.getTime() === data.readAt?.getTime() && before.archivedAt?.getTime() === data.archivedAt?.getTime()) return before;
  const after = await tx.inboxState.upsert({ where: { userId_issueId: key }, create: { ...key, companyId: issue.companyId, ...data }, update: data });
  // Told so that the person's other screens follow; it is no part of the issue's own story.
  await recordActivity(tx, by, { companyId: issue.companyId, action: `inbox.${what}`, entityType: 'inbox', entityId: issueId });
  return after;
}
