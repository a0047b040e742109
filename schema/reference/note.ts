import type { Issue } from '../../prisma/generated/client.ts';
import type { ReferenceKind } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { identifiersIn } from './rules.ts';

export interface NotedText {
  companyId: string;
  sourceIssueId: string;
  kind: ReferenceKind;
  /** The comment or the document; the issue itself for its title and description. */
  recordId: string;
  /** What the record says now: all of its texts. Empty when it is deleted. */
  texts: readonly (string | null | undefined)[];
  /** What it said before; `[]` for a new record. Absent where that is not known. */
  former?: readonly (string | null | undefined)[];
}

/**
 * Stores which issues of the same company a text names, and forgets those that it no longer does. To be called in the
 * transaction that stores the text. A text that names none, now or before, costs no statement.
 */
export async function noteReferences(tx: Tx, { companyId, sourceIssueId, kind, recordId, texts, former }: NotedText): Promise<void> {
  const found = identifiersIn(texts);
  const mayHaveNamed = former === undefined || identifiersIn(former).length > 0;
  if (found.length === 0 && !mayHaveNamed) return;
  if (found.length === 0) {
    await tx.issueReference.deleteMany({ where: { sourceIssueId, kind, recordId } });
    return;
  }
  // Other companies' identifiers, and words that only look like one (UTF-8), join with nothing.
  await tx.$executeRaw`
    WITH named AS (
      SELECT i.id FROM unnest(${found.map((each) => each.prefix)}::text[], ${found.map((each) => each.number)}::int[]) AS word(prefix, number)
      JOIN company c ON c.id = ${companyId}::uuid AND c.prefix = word.prefix
      JOIN issue i ON i.company_id = c.id AND i.number = word.number
      WHERE i.id <> ${sourceIssueId}::uuid
    ), unnamed AS (
      DELETE FROM issue_reference r
      WHERE ${mayHaveNamed} AND r.source_issue_id = ${sourceIssueId}::uuid AND r.kind = ${kind}::reference_kind AND r.record_id = ${recordId}::uuid
        AND NOT EXISTS (SELECT 1 FROM named WHERE named.id = r.target_issue_id)
    )
    INSERT INTO issue_reference (source_issue_id, target_issue_id, company_id, kind, record_id)
    SELECT ${sourceIssueId}::uuid, named.id, ${companyId}::uuid, ${kind}::reference_kind, ${recordId}::uuid FROM named
    ON CONFLICT DO NOTHING`;
}

/** As above for the texts of an issue itself that differ from what they were. */
export async function noteIssueTexts(tx: Tx, before: Issue | null, after: Issue): Promise<void> {
  const record = { companyId: after.companyId, sourceIssueId: after.id, recordId: after.id };
  if (before?.title !== after.title) await noteReferences(tx, { ...record, kind: 'TITLE', texts: [after.title], former: [before?.title] });
  if (before?.description !== after.description) await noteReferences(tx, { ...record, kind: 'DESCRIPTION', texts: [after.description], former: [before?.description] });
}
