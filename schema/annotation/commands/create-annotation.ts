import { newId } from '../../../prisma/id.ts';
import type { AnnotationThread } from '../../../prisma/generated/client.ts';
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

/**
 * Starts a thread about a passage of the latest revision. The passage must stand where the caller says; what is kept of it is
 * computed here, from the text itself.
 */
export async function createAnnotation(tx: Tx, by: Principal, input: CreateAnnotation): Promise<AnnotationThread | DocumentOutdated> {
  const document = await documentFor(tx, by, input.documentId);
  const { documentId, idempotencyKey, ...fields } = input;
  let conflict: DocumentOutdated | null = null;
  const id = await once(tx, by, { companyId: document.companyId, operation: 'createAnnotation', key: idempotencyKey, input: { documentId, ...fields } }, async () => {
    const body = requiredText('body', input.body, ANNOTATION_LIMITS.body);
    const quote = requiredText('quote.exact', input.quote.exact, ANNOTATION_LIMITS.quote);
    const prefix = storableText('quote.prefix', input.quote.prefix ?? '', ANNOTATION_LIMITS.context);
    const suffix = storableText('quote.suffix', input.quote.suffix ?? '', ANNOTATION_LIMITS.context);
    const position = input.position ? checkedPosition(input.position) : null;
    if (document.isSystem) throw new Refusal('RULE_VIOLATION', 'what Boardroom writes for itself is not annotated', { field: 'documentId' });
    if (input.baseRevisionId !== document.latestRevisionId) {
      conflict = new DocumentOutdated(document, 'there is a newer revision: the passage may have moved');
      throw new Outdated();
    }
    const projection = project(document.body);
    const selector = position ? checkedSelector(projection, quote, position) : selectorByWords(projection, quote, prefix, suffix);
    if (typeof selector === 'string') throw new Refusal('RULE_VIOLATION', reasons[selector], { field: selector === 'quote_mismatch' || selector === 'ambiguous_quote' ? 'quote' : 'position', details: { reason: selector } });
    return insertThread(tx, by, document, selector, body);
  }).catch((error: unknown) => {
    if (error instanceof Outdated) return null;
    throw error;
  });
  return id === null ? (conflict as unknown as DocumentOutdated) : tx.annotationThread.findUniqueOrThrow({ where: { id } });
}

/** Leaves `once` without a result to keep: the caller may ask again with the same key. */
class Outdated extends Error {
  override readonly name = 'Outdated';
}

async function insertThread(
  tx: Tx, by: Principal, document: { id: string; companyId: string; issueId: string; key: string; latestRevisionId: string; latestNumber: number }, { anchor, ...words }: Selector, body: string,
): Promise<string> {
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
