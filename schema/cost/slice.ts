import type { CostDimension } from '../../prisma/generated/enums.ts';
import { type Sql, sql } from '../../prisma/sql.ts';
import { type Ask, asksOf } from './sums.ts';

/** Whose costs: a company's, an agent's, a project's, those of a goal with all below it, or an issue's. */
export interface Slice {
  of: 'COMPANY' | 'AGENT' | 'PROJECT' | 'GOAL' | 'ISSUE';
  id: string;
  companyId: string;
  /** Of an issue: with everything below it. */
  subtree?: boolean;
  /** Of an issue's subtree: the issue itself is left out. */
  withoutRoot?: boolean;
  /** Of an issue's subtree: only what was booked on the billing code that the issue has now. */
  sameBillingCode?: boolean;
}

/** What tells apart the statements of slices: asks of slices that agree in it are answered together. */
export function shapeOf({ of, subtree, withoutRoot, sameBillingCode }: Slice): string {
  return [of, subtree && 'subtree', withoutRoot && 'withoutRoot', sameBillingCode && 'sameBillingCode'].filter(Boolean).join(' ');
}

/**
 * The asks of slices of one shape as `WITH … a`, the relation that `pieces` and `eventsOf` join: a row for each key, so that a
 * tree of goals or issues has one for each of its members.
 */
export function withAsks(shape: Slice, asks: readonly Ask[]): Sql {
  const times = sql`ask.since, ask.hour_from, ask.day_from, ask.day_to, ask.hour_to, ask.until`;
  const isTree = shape.of === 'GOAL' || (shape.of === 'ISSUE' && shape.subtree);
  if (!isTree) {
    const billing = shape.sameBillingCode ? sql`, (SELECT i.billing_code FROM issue i WHERE i.id = ask.key::uuid) AS billing_code` : sql``;
    return sql`WITH ask AS (${asksOf(asks)}), a AS (SELECT ask.n, ask.company_id, ask.key, ${times} ${billing} FROM ask)`;
  }
  const below = shape.of === 'GOAL' ? sql`goal` : sql`issue`;
  const billing = shape.sameBillingCode ? sql`, root.billing_code` : sql``;
  return sql`
    WITH RECURSIVE ask AS (${asksOf(asks)}),
    tree(root, id) AS (
      SELECT DISTINCT ask.key::uuid, ask.key::uuid FROM ask UNION ALL SELECT t.root, child.id FROM tree t JOIN ${below} child ON child.parent_id = t.id),
    a AS (
      SELECT ask.n, ask.company_id, t.id::text AS key, ${times} ${billing} FROM ask JOIN tree t ON t.root = ask.key::uuid
      ${shape.sameBillingCode ? sql`JOIN issue root ON root.id = t.root` : sql``} WHERE ${shape.withoutRoot ? sql`t.id <> t.root` : sql`true`})`;
}

/** Joins the events of the asks, by the slice's own column: what no rollup can tell is read from the events themselves. */
export function eventsOf({ of, sameBillingCode }: Slice): Sql {
  const match = {
    COMPANY: sql`true`, AGENT: sql`e.agent_id = a.key::uuid`, PROJECT: sql`e.project_id = a.key::uuid`, GOAL: sql`e.goal_id = a.key::uuid`, ISSUE: sql`e.issue_id = a.key::uuid`,
  }[of];
  return sql`a JOIN cost_event e ON e.company_id = a.company_id AND ${match} AND e.occurred_at >= a.since AND e.occurred_at < a.until
    AND ${sameBillingCode ? sql`e.billing_code IS NOT DISTINCT FROM a.billing_code` : sql`true`}`;
}

/** Whether rollups hold sums of the slice itself. */
export function isRolledUp({ sameBillingCode }: Slice): boolean {
  return !sameBillingCode;
}

/** Where the rollups tell a slice apart by a dimension; null where only the events do. */
export function rolledUpBy(slice: Slice, by: CostDimension): { dimension: CostDimension; match: 'all' | 'prefix' } | null {
  if (slice.of === 'COMPANY') return { dimension: by, match: 'all' };
  if (slice.of === 'AGENT' && (by === 'MODEL' || by === 'PROVIDER')) return { dimension: 'AGENT_MODEL', match: 'prefix' };
  return null;
}
