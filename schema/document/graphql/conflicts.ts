import { UserType } from '../../access/graphql.ts';
import { userById } from '../../access/reads.ts';
import { builder } from '../../builder.ts';
import { Held } from '../../issue/graphql/conflicts.ts';
import { IssueHeld } from '../../issue/conflicts.ts';
import { IssueRef } from '../../issue/ref.ts';
import { Conflict } from '../../shared/node.ts';
import { DocumentDerived, DocumentLocked, DocumentOutdated } from '../conflicts.ts';
import { revisionById } from '../reads.ts';
import { DocumentRef, DocumentRevisionRef } from '../ref.ts';

export const Outdated = builder.objectRef<DocumentOutdated>('DocumentOutdated').implement({
  description: 'The base was not the latest revision: read what is newer, and write again on it.',
  interfaces: [Conflict],
  fields: (t) => ({
    current: t.field({ type: DocumentRef, nullable: true, description: 'The document as it is; null where there is none yet.', resolve: ({ document }) => document }),
    newer: t.field({ type: DocumentRevisionRef, nullable: true, description: 'The newer revision.', resolve: ({ document }, _args, ctx) => (document ? ctx.loading.load(revisionById, document.latestRevisionId) : null) }),
  }),
});

export const Locked = builder.objectRef<DocumentLocked>('DocumentLocked').implement({
  description: 'The board keeps the document as it is.',
  interfaces: [Conflict],
  fields: (t) => ({
    document: t.field({ type: DocumentRef, description: 'The document, unchanged.', resolve: ({ document }) => document }),
    lockedAt: t.field({ type: 'DateTime', nullable: true, description: 'Since when.', resolve: ({ document }) => document.lockedAt }),
    lockedBy: t.field({ type: UserType, nullable: true, description: 'Who locked it.', resolve: ({ document }, _args, ctx) => (document.lockedById ? ctx.loading.load(userById, document.lockedById) : null) }),
  }),
});

const Derived = builder.objectRef<DocumentDerived>('DocumentDerived').implement({
  description: 'The document was locked, so an agent\'s text became a document of its own beside it.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'One sentence for people.' }),
    document: t.field({ type: DocumentRef, description: 'What was written, under a key such as plan-2.', resolve: ({ document }) => document }),
    locked: t.field({ type: DocumentRef, description: 'What it was meant for, unchanged.', resolve: ({ locked }) => locked }),
  }),
});

function nameOf(value: unknown): 'DocumentOutdated' | 'DocumentLocked' | 'DocumentDerived' | 'IssueHeld' | 'Document' {
  if (value instanceof DocumentOutdated) return 'DocumentOutdated';
  if (value instanceof DocumentLocked) return 'DocumentLocked';
  if (value instanceof DocumentDerived) return 'DocumentDerived';
  return value instanceof IssueHeld ? 'IssueHeld' : 'Document';
}

export const PutDocumentResult = builder.unionType('PutDocumentResult', { description: 'The written document, or why it was not written.', types: [DocumentRef, Outdated, Locked, Derived, Held], resolveType: nameOf });
export const RestoreDocumentResult = builder.unionType('RestoreDocumentResult', { description: 'The restored document, or why it was not restored.', types: [DocumentRef, Outdated, Locked, Held], resolveType: nameOf });
export const DeleteDocumentResult = builder.unionType('DeleteDocumentResult', {
  description: 'The issue that has it no more, or who locked it.', types: [IssueRef, Locked], resolveType: (value) => (value instanceof DocumentLocked ? 'DocumentLocked' : 'Issue'),
});
