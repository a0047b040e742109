import type { Database } from '../../prisma/client.ts';
import { now } from '../../prisma/clock.ts';
import type { CostEvent, ModelPrice } from '../../prisma/generated/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { columns, sql } from '../../prisma/sql.ts';
import { type Tx, write } from '../../prisma/transaction.ts';
import { additions, addToRollups, mayFold } from './fold.ts';
import { asPrice, effectivePrice } from './prices.ts';
import { namesModel, type Price, priced, type Worth, worthOf } from './rules.ts';
import { eventKey } from './sums.ts';

/** Events that one transaction prices anew. */
const BATCH = 1_000;
/**
 * A report that began before a price was set may be stored after the first pass over the events. No transaction lasts so long:
 * a pass that begins later misses none, and only such a pass ends the work.
 */
const SETTLED_MS = 60_000;

/** Batches that one call prices: some seconds at most, so that other jobs get their turn. */
const BATCHES = 10;

/** `changed`: events that are worth something else now. `more`: the work was broken off, to be gone on with soon. */
export interface Repriced { changed: number; more: boolean }

/**
 * Prices the events anew that prices set by the board are about, some batches of them. How far it is, is stored with each batch,
 * so that the next call goes on there, in whatever process.
 */
export async function repriceCosts(db: Database, size: number = BATCH, batches: number = BATCHES): Promise<Repriced> {
  const due = await db.prisma.modelPrice.findMany({ where: { repriceDueAt: { not: null } }, orderBy: [{ repriceDueAt: 'asc' }, { id: 'asc' }], select: { id: true } });
  let [changed, left] = [0, batches];
  for (const { id } of due) {
    for (let isThrough = false; !isThrough; left -= 1) {
      if (left === 0) return { changed, more: true };
      const done = await repriceSome(db, id, size);
      if (done === null) return { changed, more: false }; // another process is at it
      changed += done.changed;
      isThrough = done.isThrough;
    }
  }
  return { changed, more: false };
}

/** One batch of the pass that a price is in, or the first of a new one. Null where another process changes sums. */
async function repriceSome(db: Database, priceId: string, size: number): Promise<{ changed: number; isThrough: boolean } | null> {
  const [price] = await db.prisma.modelPrice.findMany({ where: { id: priceId, repriceDueAt: { not: null } } });
  if (!price) return { changed: 0, isThrough: true };
  const begunAt = price.repriceBegunAt ?? now();
  const models = await modelsOf(db, price);
  const after: Place = price.repricedAt && price.repricedId ? { at: price.repricedAt, id: price.repricedId } : { at: price.effectiveFrom, id: '00000000-0000-0000-0000-000000000000' };
  return write(db, async (tx) => {
    if (!(await mayFold(tx))) return null;
    const { changed, next } = models.length === 0 ? { changed: 0, next: null } : await repriceEvents(tx, price, models, after, size);
    const isSettled = begunAt.getTime() - (price.repriceDueAt as Date).getTime() >= SETTLED_MS;
    // Set once more meanwhile, it begins from the start: then there is nothing to store here.
    await tx.modelPrice.updateMany({
      where: { id: price.id, repriceDueAt: price.repriceDueAt },
      data: next ? { repriceBegunAt: begunAt, repricedAt: next.at, repricedId: next.id } : { ...NO_PASS, ...(isSettled ? { repriceDueAt: null } : {}) },
    });
    return { changed, isThrough: next === null };
  }, { decidesNothing: 'what it prices nobody else changes: it is alone at it' });
}

/** A price that is to be gone through from the start. */
export const NO_PASS = { repriceBegunAt: null, repricedAt: null, repricedId: null } as const;

/** Models that the company has used and the price names, as keys of the dimension MODEL. */
async function modelsOf(db: Database, { companyId, provider, model }: ModelPrice): Promise<string[]> {
  const rows = await db.query<{ key: string }>(sql`
    SELECT DISTINCT r.key FROM cost_rollup r WHERE r.company_id = ${companyId}::uuid AND r.dimension = 'MODEL' AND r.grain = 'DAY'
    UNION SELECT ${eventKey.MODEL} FROM cost_unfolded u JOIN cost_event e ON e.id = u.event_id WHERE u.company_id = ${companyId}::uuid`);
  return rows.map(({ key }) => key).filter((key) => {
    const [by = '', name = ''] = key.split('\n');
    return by.toLowerCase() === provider.toLowerCase() && namesModel(model, name);
  });
}

interface Place { at: Date; id: string }

/** The next batch of events, priced by all that is known now. */
async function repriceEvents(tx: Tx, { companyId }: ModelPrice, models: string[], after: Place, size: number) {
  const own = (await tx.modelPrice.findMany({ where: { companyId } })).map(asPrice);
  const events = await tx.$queryRaw<CostEvent[]>(sql`
    SELECT ${columns(Prisma.CostEventScalarFieldEnum, 'e')} FROM cost_event e
    WHERE e.company_id = ${companyId}::uuid AND ${eventKey.MODEL} = ANY(${models}::text[]) AND (e.occurred_at, e.id) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)
    ORDER BY e.occurred_at, e.id LIMIT ${size}`);
  const changed = events.flatMap((event) => {
    const worth = worthNow(own, event);
    return worth.costMicros === event.costMicros && worth.imputedMicros === event.imputedMicros ? [] : [{ id: event.id, ...worth }];
  });
  if (changed.length > 0) await store(tx, changed);
  const last = events.at(-1);
  return { changed: changed.length, next: events.length < size || !last ? null : { at: last.occurredAt, id: last.id } };
}

function worthNow(own: readonly Price[], event: CostEvent): Worth {
  const byList = priced(event, effectivePrice(own, { ...event, at: event.occurredAt }));
  return worthOf(event.costStatus === 'REPORTED' ? event.costMicros : null, event.billingType, byList);
}

/** Writes what events are worth now, and the differences into the rollups that hold them, in one statement. */
async function store(tx: Tx, changed: ({ id: string } & Worth)[]): Promise<void> {
  const difference = sql`
    coalesce(n.cost_micros, 0) - coalesce(e.cost_micros, 0) AS cost_micros, coalesce(n.imputed_micros, 0) - coalesce(e.imputed_micros, 0) AS imputed_micros,
    0 AS input_tokens, 0 AS cached_input_tokens, 0 AS output_tokens, 0 AS event_count,
    (n.cost_micros IS NULL)::int - (e.cost_micros IS NULL)::int AS unpriced_count, (n.imputed_micros IS NULL)::int - (e.imputed_micros IS NULL)::int AS unimputed_count`;
  await tx.$executeRaw(sql`
    WITH n AS (SELECT * FROM unnest(
      ${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ costMicros }) => costMicros)}::bigint[],
      ${changed.map(({ costStatus }) => costStatus)}::cost_status[], ${changed.map(({ imputedMicros }) => imputedMicros)}::bigint[]
    ) AS n(id, cost_micros, cost_status, imputed_micros)),
    updated AS (UPDATE cost_event e SET cost_micros = n.cost_micros, cost_status = n.cost_status, imputed_micros = n.imputed_micros FROM n WHERE e.id = n.id RETURNING e.id)
    ${addToRollups(additions(sql`n JOIN cost_event e ON e.id = n.id AND NOT EXISTS (SELECT 1 FROM cost_unfolded u WHERE u.event_id = e.id)`, difference))}`);
}
