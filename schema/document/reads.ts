import { type Document, type DocumentRevision, Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import type { Context } from '../context.ts';
import { batch, batchById, type Soon } from '../shared/loading.ts';
import type { Listing } from '../shared/listing.ts';

/** Without the text, which can be half a million characters and is read when asked for. */
export type ListedDocument = Omit<Document, 'body'> & Partial<Pick<Document, 'body'>>;
export type ListedRevision = Omit<DocumentRevision, 'body'> & Partial<Pick<DocumentRevision, 'body'>>;

const { body: _body, ...documentFields } = Prisma.DocumentScalarFieldEnum;
const { body: _text, ...revisionFields } = Prisma.DocumentRevisionScalarFieldEnum;
const documentColumns = columns(documentFields, 'd');
const revisionColumns = columns(revisionFields, 'r');

export const documentById = batchById<ListedDocument>((db, ids) => db.query(sql`SELECT ${documentColumns} FROM document d WHERE d.id = ANY(${ids}::uuid[])`));
export const revisionById = batchById<ListedRevision>((db, ids) => db.query(sql`SELECT ${revisionColumns} FROM document_revision r WHERE r.id = ANY(${ids}::uuid[])`));
/** The text of a revision. That of a document is the text of its latest one. */
export const revisionBody = batch<string, string>('', async (db, ids) => {
  const rows = await db.query<{ id: string; body: string }>(sql`SELECT r.id, r.body FROM document_revision r WHERE r.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.body]));
});

export const documentsOfIssue: Listing<ListedDocument> = {
  name: 'issue.documents', columns: documentColumns, from: sql`document d`, parent: sql`d.issue_id`,
  order: [
    { column: 'd.created_at', type: 'timestamptz', direction: 'ASC', of: (row) => row.createdAt },
    { column: 'd.id', type: 'uuid', direction: 'ASC', of: (row) => row.id },
  ],
};

export const revisionsOfDocument: Listing<ListedRevision> = {
  name: 'document.revisions', columns: revisionColumns, from: sql`document_revision r`, parent: sql`r.document_id`,
  order: [{ column: 'r.number', type: 'int', direction: 'DESC', of: (row) => row.number }],
};

/** The document of an issue under this key, also where it is Boardroom's own. */
export function documentOfIssue(ctx: Context, issueId: string, key: string): Soon<ListedDocument | null> {
  const source = ctx.loading.keyed(`document ${key}`, () => batch<string, ListedDocument | null>(null, async (db, issueIds) => {
    const rows = await db.query<ListedDocument>(sql`SELECT ${documentColumns} FROM document d WHERE d.issue_id = ANY(${issueIds}::uuid[]) AND d.key = ${key}`);
    return new Map(rows.map((row) => [row.issueId, row]));
  }));
  return ctx.loading.load(source, issueId);
}

/** The revision of a document with this number. */
export function revisionOfDocument(ctx: Context, documentId: string, number: number): Soon<ListedRevision | null> {
  const source = ctx.loading.keyed(`revision ${number}`, () => batch<string, ListedRevision | null>(null, async (db, documentIds) => {
    const rows = await db.query<ListedRevision>(sql`SELECT ${revisionColumns} FROM document_revision r WHERE r.document_id = ANY(${documentIds}::uuid[]) AND r.number = ${number}`);
    return new Map(rows.map((row) => [row.documentId, row]));
  }));
  return ctx.loading.load(source, documentId);
}

/** Documents that Boardroom keeps for itself are read by their key only. */
export const isShown = sql`NOT d.is_system`;
