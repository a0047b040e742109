import { builder } from '../builder.ts';
import type { ListedDocument, ListedRevision } from './reads.ts';

export const DocumentRef = builder.objectRef<ListedDocument>('Document');
export const DocumentRevisionRef = builder.objectRef<ListedRevision>('DocumentRevision');
