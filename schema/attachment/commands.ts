import { newId } from '../../prisma/id.ts';
import type { Attachment, Issue } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { agentOf, type Principal, runOf, visible } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { heldAgainst, issueFor } from '../issue/commands/access.ts';
import { IssueHeld } from '../issue/conflicts.ts';
import { mustWriteDeliverables } from '../recovery/lane.ts';
import { once } from '../shared/idempotency.ts';
import { notFound, Refusal } from '../shared/refusal.ts';
import { contentTypeOf, safeFilename } from './rules.ts';
import type { StoredFile } from './upload.ts';

export interface AttachFile {
  issueId: string;
  commentId?: string | null | undefined;
  filename: string;
  idempotencyKey?: string | null | undefined;
}

/** Whether this principal may attach something there, asked before the bytes are taken; and how many of them are allowed. */
export async function mayAttach(tx: Tx, by: Principal, input: { issueId: string; commentId?: string | null | undefined }): Promise<IssueHeld | { maxBytes: bigint }> {
  const issue = await attachableIssue(tx, by, input);
  if (issue instanceof IssueHeld) return issue;
  const { attachmentMaxBytes } = await tx.company.findUniqueOrThrow({ where: { id: issue.companyId }, select: { attachmentMaxBytes: true } });
  return { maxBytes: attachmentMaxBytes };
}

async function attachableIssue(tx: Tx, by: Principal, input: { issueId: string; commentId?: string | null | undefined }): Promise<Issue | IssueHeld> {
  const issue = await issueFor(tx, by, input.issueId);
  const held = await heldAgainst(tx, by, issue);
  if (held) return held;
  await mustWriteDeliverables(tx, by);
  if (input.commentId) {
    const comment = await tx.comment.findUnique({ where: { id: input.commentId }, select: { issueId: true } });
    if (comment?.issueId !== issue.id) throw notFound('comment');
  }
  return issue;
}

/** Attaches a file whose bytes are stored already. What it is is told by the bytes and the name. */
export async function attachFile(tx: Tx, by: Principal, input: AttachFile, stored: StoredFile): Promise<Attachment | IssueHeld> {
  const issue = await attachableIssue(tx, by, input);
  if (issue instanceof IssueHeld) return issue;
  const { sha256, byteSize, head } = stored;
  const filename = safeFilename(input.filename);
  const sent = { issueId: issue.id, commentId: input.commentId ?? null, filename, sha256 };
  const id = await once(tx, by, { companyId: issue.companyId, operation: 'uploadAttachment', key: input.idempotencyKey, input: sent }, async () => {
    const { actorType, actorId } = actorOf(by);
    const made = newId();
    await tx.attachment.create({
      data: { ...sent, id: made, companyId: issue.companyId, contentType: contentTypeOf(filename, head), byteSize, uploaderType: actorType, uploaderId: actorId, runId: runOf(by) },
    });
    await recordActivity(tx, by, {
      companyId: issue.companyId, action: 'attachment.uploaded', entityType: 'attachment', entityId: made, issueId: issue.id, details: { filename, byteSize: Number(byteSize) },
    });
    return made;
  });
  return tx.attachment.findUniqueOrThrow({ where: { id } });
}

/** Forgets an attachment; its bytes go later, where nothing else has the same. Agents delete what they uploaded themselves. */
export async function deleteAttachment(tx: Tx, by: Principal, input: { attachmentId: string }): Promise<Attachment | IssueHeld> {
  const attachment = visible(by, await tx.attachment.findUnique({ where: { id: input.attachmentId } }), 'attachment');
  const agentId = agentOf(by);
  if (agentId && attachment.uploaderId !== agentId) throw new Refusal('FORBIDDEN', 'an agent deletes only what it uploaded itself');
  const held = await heldAgainst(tx, by, await issueFor(tx, by, attachment.issueId));
  if (held) return held;
  await tx.attachment.delete({ where: { id: attachment.id } });
  await recordActivity(tx, by, {
    companyId: attachment.companyId, action: 'attachment.deleted', entityType: 'attachment', entityId: attachment.id, issueId: attachment.issueId, details: { filename: attachment.filename },
  });
  return attachment;
}
