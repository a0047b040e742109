import type { Budget } from '../../prisma/generated/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { agentOf, type Principal } from '../access/principal.ts';
import { Refusal } from '../shared/refusal.ts';
import { nameOf, stopSentence } from './rules.ts';
import { isOver, isStopping } from './stops.ts';
import { limitOf, toldOf } from './words.ts';

/** What an agent is about to move: an issue, a project or a goal. */
export interface Moved { companyId: string; issueId?: string; projectId?: string; goalId?: string }

type Limit = Budget & { spent: bigint | null; limit: bigint | null };

/**
 * Makes a change of place that takes nothing out of a budget, as far as an agent makes it: work that is stopped would go on
 * elsewhere, and what was used below an issue or a goal is summed by what stands below it now, so that it would be free again.
 * The board moves what it likes. `moved` null: the place stays.
 */
export async function stayingWithin<Done>(tx: Tx, by: Principal, moved: Moved | null, change: () => Promise<Done>): Promise<Done> {
  if (!moved || agentOf(by) === null) return change();
  const before = await limitsOver(tx, moved);
  const done = await change();
  if (before.length === 0) return done;
  const after = new Set((await limitsOver(tx, moved)).map(({ id }) => id));
  const left = before.find((limit) => !after.has(limit.id) && (limit.spent !== null || isSummedByPlace(limit, moved)));
  if (!left) return done;
  const told = await toldOf(tx, left);
  const what = left.spent === null ? `${nameOf(told, left.amount)}, limits it where it is.` : stopSentence(told, left.spent, left.limit ?? left.amount);
  throw new Refusal('RULE_VIOLATION', `${what} Only the board moves it out of that`, { details: { ...limitOf(left, left.spent ?? 0n), ...(left.spent === null ? { spent: null } : {}) } });
}

/** Events keep project and goal of their time; which issues stand below an issue, and which goals below a goal, is asked anew. */
function isSummedByPlace({ scope }: Budget, { issueId, goalId }: Moved): boolean {
  return (scope === 'ISSUE_SUBTREE' && issueId !== undefined) || (scope === 'GOAL' && issueId === undefined && goalId !== undefined);
}

/** Budgets that stop what they are over, with what is used up where that is so. Not those of company and agent, which nothing leaves. */
function limitsOver(tx: Tx, { companyId, issueId, projectId, goalId }: Moved): Promise<Limit[]> {
  const at = { company: sql`NULL::uuid`, agent: sql`NULL::uuid`, issue: sql`${issueId ?? null}::uuid`, project: sql`${projectId ?? null}::uuid`, goal: projectId ? sql`(SELECT bx.goal_id FROM project bx WHERE bx.id = ${projectId}::uuid)` : sql`${goalId ?? null}::uuid` };
  return tx.$queryRaw<Limit[]>(sql`
    SELECT ${columns(Prisma.BudgetScalarFieldEnum, 'b')}, bi.observed AS spent, bi."limit" FROM budget b LEFT JOIN budget_incident bi ON bi.budget_id = b.id AND ${isStopping}
    WHERE b.company_id = ${companyId}::uuid AND b.amount > 0 AND b.hard_stop AND b.scope IN ('PROJECT', 'GOAL', 'ISSUE_SUBTREE') AND ${isOver(at)} ORDER BY bi.id NULLS LAST, b.scope, b.id`);
}
