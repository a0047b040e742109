import { write } from '../../../prisma/transaction.ts';
import { resolveAnnotation } from '../../annotation/commands/resolve-annotation.ts';
import { lockDocument } from '../../document/commands.ts';
import { BOARD } from '../boardroom.ts';
import type { MutationCase } from '../mutations.ts';

export const documentCases: Record<string, MutationCase> = {
  putDocument: { input: ({ issue }) => ({ issueId: issue.id, key: 'new', title: 'New', body: 'New', changeSummary: 'New' }), records: ['document.created'] },
  restoreDocument: { input: ({ document, firstRevision }) => ({ documentId: document.id, revisionId: firstRevision.id, changeSummary: 'Back' }), records: ['document.restored'] },
  lockDocument: { input: ({ document }) => ({ documentId: document.id }), records: ['document.locked'] },
  unlockDocument: {
    prepare: ({ db }, { document }) => write(db, (tx) => lockDocument(tx, BOARD, { documentId: document.id })),
    input: ({ document }) => ({ documentId: document.id }), records: ['document.unlocked'],
  },
  deleteDocument: { input: ({ document }) => ({ documentId: document.id }), records: ['document.deleted'] },
  createAnnotation: {
    input: ({ document, annotation: { quote, prefix, suffix, normalizedStart, normalizedEnd, markdownStart, markdownEnd } }) => ({
      documentId: document.id, baseRevisionId: document.latestRevisionId, quote: { exact: quote, prefix, suffix }, position: { normalizedStart, normalizedEnd, markdownStart, markdownEnd }, body: 'New',
    }),
    records: ['annotation.commented', 'annotation.created'],
  },
  replyToAnnotation: { input: ({ annotation }) => ({ threadId: annotation.id, body: 'New' }), records: ['annotation.commented'] },
  resolveAnnotation: { input: ({ annotation }) => ({ threadId: annotation.id }), records: ['annotation.resolved'] },
  reopenAnnotation: {
    prepare: ({ db }, { annotation }) => write(db, (tx) => resolveAnnotation(tx, BOARD, { threadId: annotation.id })),
    input: ({ annotation }) => ({ threadId: annotation.id }), records: ['annotation.reopened'],
  },
};
