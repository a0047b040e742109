import type { Document } from '../../prisma/generated/client.ts';

/** What is told of a document that stands in the way: the text itself is read only if asked for. */
export type DocumentFacts = Omit<Document, 'body'>;

/** Expected ends of a change to a document, returned as data. */
export class DocumentOutdated {
  /** Null where there is none yet. */
  readonly document: DocumentFacts | null;
  readonly message: string;
  constructor(document: DocumentFacts | null, message: string) {
    this.document = document;
    this.message = message;
  }
}

export class DocumentLocked {
  readonly document: DocumentFacts;
  readonly message = 'the board has locked it';
  constructor(document: DocumentFacts) {
    this.document = document;
  }
}

/** The document was locked, so what the agent wrote is another one, under a key made from it. */
export class DocumentDerived {
  readonly document: DocumentFacts;
  readonly locked: DocumentFacts;
  readonly message: string;
  constructor(document: DocumentFacts, locked: DocumentFacts) {
    this.document = document;
    this.locked = locked;
    this.message = `the board has locked ${locked.key}; this was written as ${document.key}`;
  }
}
