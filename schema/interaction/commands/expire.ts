import type { Comment, Interaction, Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';

export type EndReason = 'superseded_by_comment' | 'stale_target' | 'issue_cancelled' | 'withdrawn';

type Ended = Pick<Interaction, 'id' | 'companyId' | 'issueId' | 'kind'>;

/**
 * Ends the pending confirmations about an older revision of a document. Called where a new revision is written, in its
 * transaction.
 */
export async function expireStale(tx: Tx, by: Principal, documentId: string, latestRevisionId: string): Promise<void> {
  const ended = await tx.$queryRaw<Ended[]>`
    UPDATE interaction SET status = 'EXPIRED', end_reason = 'stale_target', resolved_at = now(), updated_at = now()
    WHERE issue_id = (SELECT issue_id FROM document WHERE id = ${documentId}::uuid)
      AND target_document_id = ${documentId}::uuid AND target_revision_id <> ${latestRevisionId}::uuid AND status = 'PENDING'
    RETURNING id, company_id AS "companyId", issue_id AS "issueId", kind`;
  await recordExpired(tx, by, ended, 'stale_target');
}

/**
 * What a person says in the thread answers what was asked there before in another way: pending questions, confirmations and
 * verdicts end, but for those that are to outlast comments. Task suggestions stay.
 *
 * One conditional statement, so that it also holds where the comment's transaction is not serializable: an accept at the same
 * time changes the same row, and one of the two sees what the other did.
 */
export async function supersedeByComment(tx: Tx, by: Principal, issue: Pick<Issue, 'id'>, comment: Pick<Comment, 'id'>): Promise<void> {
  if (by.kind !== 'user') return;
  const ended = await tx.$queryRaw<Ended[]>`
    UPDATE interaction SET status = 'EXPIRED', end_reason = 'superseded_by_comment', result = jsonb_build_object('commentId', ${comment.id}::text),
                           resolved_at = now(), updated_at = now()
    WHERE issue_id = ${issue.id}::uuid AND status = 'PENDING' AND supersede_on_comment AND kind <> 'SUGGEST_TASKS'
    RETURNING id, company_id AS "companyId", issue_id AS "issueId", kind`;
  await recordExpired(tx, by, ended, 'superseded_by_comment');
}

/** Nobody is to answer what was asked on work that was called off. What is finished may still have its suggestions accepted. */
export async function expireCancelled(tx: Tx, by: Principal, issueId: string): Promise<void> {
  const ended = await tx.$queryRaw<Ended[]>`
    UPDATE interaction SET status = 'EXPIRED', end_reason = 'issue_cancelled', resolved_at = now(), updated_at = now()
    WHERE issue_id = ${issueId}::uuid AND status = 'PENDING'
    RETURNING id, company_id AS "companyId", issue_id AS "issueId", kind`;
  await recordExpired(tx, by, ended, 'issue_cancelled');
}

export async function recordExpired(tx: Tx, by: Principal, ended: Ended[], reason: EndReason): Promise<void> {
  for (const { id, companyId, issueId, kind } of ended) {
    await recordActivity(tx, by, { companyId, action: 'interaction.expired', entityType: 'interaction', entityId: id, issueId, details: { kind, reason } });
  }
}
