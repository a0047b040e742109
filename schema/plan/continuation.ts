import type { Tx } from '../../prisma/transaction.ts';
import { agentOf, type Principal } from '../access/principal.ts';
import { PLAN_KEY } from '../document/rules.ts';
import { Refusal } from '../shared/refusal.ts';

/**
 * Declines what would be work on an issue whose plan the board has accepted and which is not decomposed yet: an agent goes on by
 * making the children, and the work is done on these. It may still revise the plan and ask anew. The board may do anything.
 */
export async function mustNotSkipPlan(tx: Tx, by: Principal, issueId: string): Promise<void> {
  if (!agentOf(by)) return;
  const [accepted] = await tx.$queryRaw<{ revisionId: string; number: number }[]>`
    SELECT d.latest_revision_id AS "revisionId", d.latest_number AS number FROM document d
    WHERE d.issue_id = ${issueId}::uuid AND d.key = ${PLAN_KEY}
      AND EXISTS (SELECT 1 FROM interaction n WHERE n.issue_id = d.issue_id AND n.kind = 'CONFIRMATION' AND n.status = 'ACCEPTED' AND n.target_revision_id = d.latest_revision_id)
      AND NOT EXISTS (SELECT 1 FROM plan_decomposition p
                      WHERE p.company_id = d.company_id AND p.source_issue_id = d.issue_id AND p.revision_id = d.latest_revision_id AND p.status = 'COMPLETED')`;
  if (accepted) throw new Refusal('RULE_VIOLATION', `the board has accepted revision ${accepted.number} of the plan: decompose it, and work on the children`, { details: accepted });
}
