import { newId } from '../../../prisma/id.ts';
import type { AnnotationThread, Document } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { documentFor } from '../../document/commands.ts';
import { DocumentOutdated } from '../../document/conflicts.ts';
import { DOCUMENT_LIMITS } from '../../document/rules.ts';
import { once } from '../../shared/idempotency.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { clip, requiredText, storableText } from '../../shared/text.ts';
import { project, PROJECTION_VERSION } from '../anchor/projection.ts';
import { type Anchor, checkedSelector, type Selector, selectorByWords } from '../anchor/selector.ts';
import { ANNOTATION_LIMITS } from '../rules.ts';
import { insertAnnotationComment } from './insert-comment.ts';

export interface CreateAnnotation {
  documentId: string;
  baseRevisionId: string;
  quote: { exact: string; prefix?: string | null | undefined; suffix?: string | null | undefined };
  position?: Anchor | null | undefined;
  body: string;
  idempotencyKey?: string | null | undefined;
}

const reasons = {
  invalid_range: 'the position is no range of the text',
  quote_mismatch: 'these words do not stand there',
  position_mismatch: 'the markdown offsets are not those of this range',
  ambiguous_quote: 'these words stand in several places: give more of what is around them, or their position',
} as const;
const fields = { invalid_range: 'position', quote_mismatch: 'quote', position_mismatch: 'position', ambiguous_quote: 'quote' } as const;

/**
 * Starts a thread about a passage of the latest revision. The passage must stand where the caller says; what is kept of it is
 * computed here, from the text itself.
 */
export async function createAnnotation(tx: Tx, by: Principal, input: CreateAnnotation): Promise<AnnotationThread | DocumentOutdated> {
  const document = await documentFor(tx, by, input.documentId);
  const { idempotencyKey, ...asked } = input;
  try {
    const id = await once(tx, by, { companyId: document.companyId, operation: 'createAnnotation', key: idempotencyKey, input: asked }, () => start(tx, by, document, asked));
    return await tx.annotationThread.findUniqueOrThrow({ where: { id } });
  } catch (error) {
    if (error instanceof NotStarted) return error.conflict;
    throw error;
  }
}

/** Leaves `once` without a result to keep, so that the caller may ask again with the same key. */
class NotStarted extends Error {
  override readonly name = 'NotStarted';
  readonly conflict: DocumentOutdated;
  constructor(conflict: DocumentOutdated) {
    super(conflict.message);
    this.conflict = conflict;
  }
}

async function start(tx: Tx, by: Principal, document: Document, input: CreateAnnotation): Promise<string> {
  const body = requiredText('body', input.body, ANNOTATION_LIMITS.body);
  const quote = requiredText('quote.exact', input.quote.exact, ANNOTATION_LIMITS.quote);
  const prefix = storableText('quote.prefix', input.quote.prefix ?? '', ANNOTATION_LIMITS.context);
  const suffix = storableText('quote.suffix', input.quote.suffix ?? '', ANNOTATION_LIMITS.context);
  const position = input.position ? checkedPosition(input.position) : null;
  if (document.isSystem) throw new Refusal('RULE_VIOLATION', 'what Boardroom writes for itself is not annotated', { field: 'documentId' });
  if (input.baseRevisionId !== document.latestRevisionId) throw new NotStarted(new DocumentOutdated(document, 'there is a newer revision: the passage may have moved'));
  const projection = project(document.body);
  const selector = position ? checkedSelector(projection, quote, position) : selectorByWords(projection, quote, prefix, suffix);
  if (typeof selector === 'string') throw new Refusal('RULE_VIOLATION', reasons[selector], { field: fields[selector], details: { reason: selector } });
  return insertThread(tx, by, document, selector, body);
}

async function insertThread(tx: Tx, by: Principal, document: Document, { anchor, ...words }: Selector, body: string): Promise<string> {
  const { id: documentId, companyId, issueId, latestRevisionId, latestNumber } = document;
  const { actorType, actorId } = actorOf(by);
  const id = newId();
  await tx.annotationThread.createMany({
    data: [{
      id, companyId, documentId, issueId, originalRevisionId: latestRevisionId, originalNumber: latestNumber, currentRevisionId: latestRevisionId, currentNumber: latestNumber,
      ...words, ...anchor, projectionVersion: PROJECTION_VERSION, creatorType: actorType, creatorId: actorId,
    }],
  });
  await recordActivity(tx, by, { companyId, action: 'annotation.created', entityType: 'annotation', entityId: id, issueId, details: { key: document.key, quote: clip(words.quote, 140) } });
  await insertAnnotationComment(tx, by, { id, companyId, issueId }, body);
  return id;
}

function checkedPosition(position: Anchor): Anchor {
  const { normalizedStart, normalizedEnd, markdownStart, markdownEnd } = position;
  for (const [field, value] of Object.entries(position)) if (value < 0 || value > DOCUMENT_LIMITS.body) throw badInput(`position.${field}`, `must be 0 to ${DOCUMENT_LIMITS.body}`);
  if (normalizedEnd <= normalizedStart) throw badInput('position.normalizedEnd', 'must come after normalizedStart');
  if (markdownEnd <= markdownStart) throw badInput('position.markdownEnd', 'must come after markdownStart');
  return { normalizedStart, normalizedEnd, markdownStart, markdownEnd };
}
