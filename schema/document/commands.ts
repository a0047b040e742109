import type { Document, Issue } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { now } from '../../prisma/clock.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { agentOf, mustBeBoard, type Principal, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { expireStale } from '../interaction/commands/expire.ts';
import { heldAgainst, issueFor } from '../issue/commands/access.ts';
import type { IssueHeld } from '../issue/conflicts.ts';
import { mustNotSkipPlan } from '../plan/continuation.ts';
import { mustWriteDeliverables } from '../recovery/lane.ts';
import { noteReferences } from '../reference/note.ts';
import { once } from '../shared/idempotency.ts';
import { badInput, notFound, Refusal } from '../shared/refusal.ts';
import { optionalText, storableText } from '../shared/text.ts';
import { DocumentDerived, DocumentLocked, DocumentOutdated } from './conflicts.ts';
import { addRevision, insertDocument, type RevisionText } from './revise.ts';
import { derivedKeys, DOCUMENT_LIMITS, isDocumentKey, isSystemKey, PLAN_KEY } from './rules.ts';

export interface PutDocument {
  issueId: string;
  key: string;
  /** Absent: as it was. */
  title?: string | null | undefined;
  body: string;
  changeSummary?: string | null | undefined;
  /** The revision that was read before writing; absent for a new document. */
  baseRevisionId?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}

type Unwritten = DocumentOutdated | DocumentLocked | IssueHeld;

/**
 * Writes a document under its key: a new one without a base, the next revision on the latest one. On any other base nothing
 * is written and the caller is told what is newer. What an agent writes for a locked document becomes one of its own.
 */
export async function putDocument(tx: Tx, by: Principal, input: PutDocument): Promise<Document | DocumentDerived | Unwritten> {
  const issue = await issueFor(tx, by, input.issueId);
  await mustWriteDeliverables(tx, by);
  const key = checkedKey(by, input.key);
  const text = checkedText(input);
  const { idempotencyKey, ...asked } = input;
  let written: Document | DocumentDerived | null = null;
  try {
    const id = await once(tx, by, { companyId: issue.companyId, operation: 'putDocument', key: idempotencyKey, input: asked }, async () => {
      written = await writeText(tx, by, issue, key, input, text);
      return written instanceof DocumentDerived ? written.document.id : written.id;
    });
    return written ?? (await writtenBefore(tx, issue, key, id));
  } catch (error) {
    if (error instanceof NotWritten) return error.conflict;
    throw error;
  }
}

async function writeText(tx: Tx, by: Principal, issue: Issue, key: string, input: PutDocument, text: RevisionText): Promise<Document | DocumentDerived> {
  const held = await heldAgainst(tx, by, issue);
  if (held) throw new NotWritten(held);
  if (key !== PLAN_KEY) await mustNotSkipPlan(tx, by, issue.id);
  const before = await documentAt(tx, issue.id, key);
  const base = input.baseRevisionId ?? null;
  if (!before) {
    if (base) throw new NotWritten(new DocumentOutdated(null, 'there is no document of this key yet: write it without a base'));
    const made = await insertDocument(tx, by, { companyId: issue.companyId, issueId: issue.id, key, isSystem: isSystemKey(key) }, text);
    return made ?? overtaken(tx, issue.id, key);
  }
  if (before.lockedAt) {
    const derived = agentOf(by) ? await derive(tx, by, issue, before, text) : null;
    if (!derived) throw new NotWritten(new DocumentLocked(before));
    return derived;
  }
  if (base !== before.latestRevisionId) throw new NotWritten(newer(before, base));
  const written = await addRevision(tx, by, before, input.title === undefined ? { ...text, title: before.title } : text);
  return written ?? overtaken(tx, issue.id, key);
}

/** What the same wish has led to before. */
async function writtenBefore(tx: Tx, issue: Issue, key: string, id: string): Promise<Document | DocumentDerived> {
  const document = await tx.document.findUnique({ where: { id } });
  if (!document) throw notFound('document any more');
  const locked = document.key === key ? null : await documentAt(tx, issue.id, key);
  return locked ? new DocumentDerived(document, locked) : document;
}

/** Leaves `once` without a result to keep, so that the caller may ask again with the same key. */
class NotWritten extends Error {
  override readonly name = 'NotWritten';
  readonly conflict: Unwritten;
  constructor(conflict: Unwritten) {
    super(conflict.message);
    this.conflict = conflict;
  }
}

/** Another writer was first, between what was read and what was to be written. */
async function overtaken(tx: Tx, issueId: string, key: string): Promise<never> {
  throw new NotWritten(newer(await documentAt(tx, issueId, key)));
}

/** Beside a document that is locked, under the first derived key that is free; null where none is. */
async function derive(tx: Tx, by: Principal, issue: Issue, locked: Document, text: RevisionText): Promise<DocumentDerived | null> {
  const keys = derivedKeys(locked.key);
  const taken = await tx.document.findMany({ where: { issueId: issue.id, key: { in: keys } }, select: { key: true } });
  const key = keys.find((each) => !taken.some((row) => row.key === each));
  const made = key && (await insertDocument(tx, by, { companyId: issue.companyId, issueId: issue.id, key, isSystem: false }, text));
  return made ? new DocumentDerived(made, locked) : null;
}

export interface RestoreDocument {
  documentId: string;
  revisionId: string;
  changeSummary?: string | null | undefined;
}

/** Makes an earlier revision the latest one again, as a revision of its own. */
export async function restoreDocument(tx: Tx, by: Principal, input: RestoreDocument): Promise<Document | DocumentOutdated | DocumentLocked | IssueHeld> {
  const before = await documentFor(tx, by, input.documentId);
  await mustWriteDeliverables(tx, by);
  checkedKey(by, before.key);
  const revision = await tx.documentRevision.findUnique({ where: { id: input.revisionId } });
  if (!revision || revision.documentId !== before.id) throw notFound('revision of this document');
  const changeSummary = optionalText('changeSummary', input.changeSummary, DOCUMENT_LIMITS.changeSummary);
  const held = await heldAgainst(tx, by, await issueFor(tx, by, before.issueId));
  if (held) return held;
  if (before.key !== PLAN_KEY) await mustNotSkipPlan(tx, by, before.issueId);
  if (before.lockedAt) return new DocumentLocked(before);
  if (revision.id === before.latestRevisionId) throw new Refusal('CONFLICT', 'this is the latest revision already', { field: 'revisionId' });
  const text = { title: revision.title, body: revision.body, changeSummary, restoredFrom: revision.number };
  return (await addRevision(tx, by, before, text)) ?? newer(await documentAt(tx, before.issueId, before.key));
}

/** Keeps a document as it is: no edit, no restore, no delete until unlocked. It can still be read and annotated. */
export async function lockDocument(tx: Tx, by: Principal, { documentId }: { documentId: string }): Promise<Document> {
  return setLock(tx, by, documentId, true);
}

export async function unlockDocument(tx: Tx, by: Principal, { documentId }: { documentId: string }): Promise<Document> {
  return setLock(tx, by, documentId, false);
}

async function setLock(tx: Tx, by: Principal, documentId: string, lock: boolean): Promise<Document> {
  const document = await documentFor(tx, by, documentId);
  mustBeBoard(by, lock ? 'lock a document' : 'unlock a document');
  if ((document.lockedAt !== null) === lock) return document;
  const data = lock ? { lockedAt: now(), lockedById: by.kind === 'user' ? by.userId : null } : { lockedAt: null, lockedById: null };
  // A lock is no change of the text.
  const changed = await tx.document.update({ where: { id: documentId }, data: { ...data, updatedAt: document.updatedAt } });
  const { companyId, issueId, key } = document;
  await recordActivity(tx, by, { companyId, action: lock ? 'document.locked' : 'document.unlocked', entityType: 'document', entityId: documentId, issueId, details: { key } });
  return changed;
}

/** Removes a document with its revisions and threads. Board only. */
export async function deleteDocument(tx: Tx, by: Principal, { documentId }: { documentId: string }): Promise<Issue | DocumentLocked> {
  const document = await documentFor(tx, by, documentId);
  mustBeBoard(by, 'delete a document');
  const issue = await issueFor(tx, by, document.issueId);
  if (document.lockedAt) return new DocumentLocked(document);
  const { companyId, issueId, key } = document;
  // No revision of it is the latest any more, so what was asked about any of them is void.
  await expireStale(tx, by, documentId, newId());
  await noteReferences(tx, { companyId, sourceIssueId: issueId, kind: 'DOCUMENT', recordId: documentId, texts: [], former: [document.title, document.body] });
  await tx.document.delete({ where: { id: documentId } });
  await recordActivity(tx, by, { companyId, action: 'document.deleted', entityType: 'document', entityId: documentId, issueId, details: { key, number: document.latestNumber } });
  return issue;
}

/** The document, where this principal may see it. */
export async function documentFor(tx: Tx, by: Principal, documentId: string): Promise<Document> {
  return visible(by, await tx.document.findUnique({ where: { id: documentId } }), 'document');
}

async function documentAt(tx: Tx, issueId: string, key: string): Promise<Document | null> {
  return tx.document.findUnique({ where: { issueId_key: { issueId, key } } });
}

function newer(document: Document | null, base?: string | null): DocumentOutdated {
  return new DocumentOutdated(document, base === null ? 'it exists: say which revision you have read' : 'somebody else has written a newer revision');
}

function checkedKey(by: Principal, key: string): string {
  if (!isDocumentKey(key)) throw badInput('key', `must be a lowercase slug of 1 to ${DOCUMENT_LIMITS.key} characters, such as plan or release-notes`);
  if (isSystemKey(key) && by.kind !== 'system') throw new Refusal('RULE_VIOLATION', `Boardroom itself writes ${key}`, { field: 'key' });
  return key;
}

/** A body stays as it was written: space at its ends may mean something in markdown. */
function checkedText(input: PutDocument): RevisionText {
  const body = storableText('body', input.body, DOCUMENT_LIMITS.body);
  if (body.trim() === '') throw badInput('body', 'must not be empty');
  return {
    body, title: optionalText('title', input.title, DOCUMENT_LIMITS.title), changeSummary: optionalText('changeSummary', input.changeSummary, DOCUMENT_LIMITS.changeSummary),
  };
}
