import { newId } from '../../prisma/id.ts';
import type { Document } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { placeThreads } from './anchor/place.ts';

/**
 * Finds every thread of a document again in its new revision, and writes down how each moved. Resolved threads too, or one
 * that is reopened would point at an older text. Three statements, however many threads there are.
 */
export async function reanchorThreads(tx: Tx, before: Pick<Document, 'id' | 'body' | 'latestNumber'>, after: Pick<Document, 'body' | 'latestNumber' | 'latestRevisionId'>): Promise<void> {
  const threads = await tx.annotationThread.findMany({
    where: { documentId: before.id }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true, quote: true, prefix: true, suffix: true, matchText: true, anchorState: true, confidence: true, projectionVersion: true,
      normalizedStart: true, normalizedEnd: true, markdownStart: true, markdownEnd: true,
    },
  });
  if (threads.length === 0) return;
  const placements = placeThreads(threads.map(({ anchorState, ...thread }) => ({ ...thread, state: anchorState })), before.body, after.body);
  const moves = threads.map(({ id, quote, matchText, normalizedStart, normalizedEnd, markdownStart, markdownEnd }, i) => {
    const { state, confidence, anchor, matchText: match, failureReason } = placements[i] as (typeof placements)[number];
    return {
      id, snapshot_id: newId(), state, confidence, failure_reason: failureReason, match_text: match,
      normalized_start: anchor?.normalizedStart, normalized_end: anchor?.normalizedEnd, markdown_start: anchor?.markdownStart, markdown_end: anchor?.markdownEnd,
      previous: { normalizedStart, normalizedEnd, markdownStart, markdownEnd, text: matchText ?? quote },
      next: anchor && { ...anchor, text: match ?? quote },
    };
  });
  const rows = JSON.stringify(moves);
  // A thread that was not found keeps its last place.
  await tx.$executeRaw`
    UPDATE annotation_thread t
    SET anchor_state = m.state, confidence = m.confidence, match_text = m.match_text, current_revision_id = ${after.latestRevisionId}::uuid, current_number = ${after.latestNumber},
        normalized_start = coalesce(m.normalized_start, t.normalized_start), normalized_end = coalesce(m.normalized_end, t.normalized_end),
        markdown_start = coalesce(m.markdown_start, t.markdown_start), markdown_end = coalesce(m.markdown_end, t.markdown_end)
    FROM jsonb_to_recordset(${rows}::jsonb) AS m(id uuid, state anchor_state, confidence anchor_confidence, match_text text, normalized_start int, normalized_end int, markdown_start int, markdown_end int)
    WHERE t.id = m.id`;
  await tx.$executeRaw`
    INSERT INTO annotation_snapshot (id, company_id, thread_id, from_number, to_number, previous, next, state, confidence, failure_reason)
    SELECT m.snapshot_id, t.company_id, t.id, ${before.latestNumber}, ${after.latestNumber}, m.previous, nullif(m.next, 'null'::jsonb), m.state, m.confidence, m.failure_reason
    FROM jsonb_to_recordset(${rows}::jsonb) AS m(id uuid, snapshot_id uuid, state anchor_state, confidence anchor_confidence, failure_reason text, previous jsonb, next jsonb)
    JOIN annotation_thread t ON t.id = m.id`;
}
