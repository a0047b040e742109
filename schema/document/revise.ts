import { newId } from '../../prisma/id.ts';
import type { Document } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, runOf } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { reanchorThreads } from '../annotation/reanchor.ts';
import { expireStale } from '../interaction/commands/expire.ts';
import { noteReferences } from '../reference/note.ts';

/** What a revision says. */
export interface RevisionText {
  title: string | null;
  body: string;
  changeSummary: string | null;
  restoredFrom?: number;
}

/** A document that was not there, with its first revision; null where another writer was first. */
export async function insertDocument(tx: Tx, by: Principal, at: { companyId: string; issueId: string; key: string; isSystem: boolean }, text: RevisionText): Promise<Document | null> {
  const { actorType, actorId } = actorOf(by);
  const [id, revisionId] = [newId(), newId()];
  const data = { ...at, id, title: text.title, body: text.body, latestRevisionId: revisionId, latestNumber: 1, creatorType: actorType, creatorId: actorId };
  const [row] = await tx.document.createManyAndReturn({ data: [data], skipDuplicates: true, omit: { body: true } });
  if (!row) return null;
  const document = { ...row, body: text.body };
  await insertRevision(tx, by, document, text);
  await noteReferences(tx, { companyId: at.companyId, sourceIssueId: at.issueId, kind: 'DOCUMENT', recordId: id, texts: [text.title, text.body], former: [] });
  await recordActivity(tx, by, { companyId: at.companyId, action: 'document.created', entityType: 'document', entityId: id, issueId: at.issueId, details: detailsOf(document, text) });
  return document;
}

/**
 * The next revision, and what follows from it: every thread is found again, open or resolved, confirmations about older
 * revisions end, references are read anew. Null where the document is no longer as it was read: the condition is the
 * statement's own, so that of two writers one finds nothing to change.
 */
export async function addRevision(tx: Tx, by: Principal, before: Document, text: RevisionText): Promise<Document | null> {
  const { companyId, issueId } = before;
  const revisionId = newId();
  const [row] = await tx.document.updateManyAndReturn({
    where: { id: before.id, latestRevisionId: before.latestRevisionId, lockedAt: null },
    data: { title: text.title, body: text.body, latestRevisionId: revisionId, latestNumber: before.latestNumber + 1 },
    omit: { body: true },
  });
  if (!row) return null;
  const document = { ...row, body: text.body };
  await insertRevision(tx, by, document, text);
  await reanchorThreads(tx, before, document);
  await expireStale(tx, by, document.id, revisionId);
  await noteReferences(tx, { companyId, sourceIssueId: issueId, kind: 'DOCUMENT', recordId: document.id, texts: [text.title, text.body], former: [before.title, before.body] });
  await recordActivity(tx, by, {
    companyId, action: text.restoredFrom === undefined ? 'document.updated' : 'document.restored', entityType: 'document', entityId: document.id, issueId, details: detailsOf(document, text),
  });
  return document;
}

async function insertRevision(tx: Tx, by: Principal, { id, companyId, latestRevisionId, latestNumber }: Document, { title, body, changeSummary, restoredFrom }: RevisionText): Promise<void> {
  const { actorType, actorId } = actorOf(by);
  await tx.documentRevision.createMany({
    data: [{ id: latestRevisionId, companyId, documentId: id, number: latestNumber, title, body, changeSummary, restoredFrom: restoredFrom ?? null, authorType: actorType, authorId: actorId, runId: runOf(by) }],
  });
}

function detailsOf({ key, latestNumber }: Document, { changeSummary, restoredFrom }: RevisionText): Record<string, unknown> {
  return { key, number: latestNumber, ...(changeSummary ? { changeSummary } : {}), ...(restoredFrom === undefined ? {} : { restoredFrom }) };
}
