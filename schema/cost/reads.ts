import { type CostEvent, Prisma } from '../../prisma/generated/client.ts';
import { columns, type Sql, sql } from '../../prisma/sql.ts';
import type { Context } from '../context.ts';
import { type Batch, batch, batchById, type Soon } from '../shared/loading.ts';
import { eventsOf, isRolledUp, shapeOf, type Slice, withAsks } from './slice.ts';
import { type Ask, ofEvent, pieces, totals } from './sums.ts';

export const costEventById = batchById<CostEvent>((db, ids) => db.query(sql`SELECT ${columns(Prisma.CostEventScalarFieldEnum, 'e')} FROM cost_event e WHERE e.id = ANY(${ids}::uuid[])`));

export interface Sums {
  costMicros: bigint;
  imputedMicros: bigint;
  inputTokens: bigint;
  cachedInputTokens: bigint;
  outputTokens: bigint;
  eventCount: number;
  unpricedCount: number;
  unimputedCount: number;
}

export interface Runs { count: number; runtimeMs: bigint }

/** Sums, and how to count the runs behind them: to tell runs apart costs more than all sums together, so only when asked for. */
export interface CostSummary extends Sums {
  runs(ctx: Context): Soon<Runs>;
}

export interface Span { since: Date | null; until: Date | null }

export const NO_SUMS: Sums = { costMicros: 0n, imputedMicros: 0n, inputTokens: 0n, cachedInputTokens: 0n, outputTokens: 0n, eventCount: 0, unpricedCount: 0, unimputedCount: 0 };
const NO_RUNS: Runs = { count: 0, runtimeMs: 0n };

/** What a slice cost in a span of time. All spans of all slices of one shape that a request asks for are one statement. */
export async function costOf(ctx: Context, slice: Slice, span: Span): Promise<CostSummary> {
  const sums = await ctx.loading.load(ctx.loading.keyed(`costs ${shapeOf(slice)}`, () => sumsOf(slice)), askKey(slice, span));
  return { ...sums, runs: (again) => again.loading.load(again.loading.keyed(`cost runs ${shapeOf(slice)}`, () => runsOf(slice)), askKey(slice, span)) };
}

function sumsOf(shape: Slice): Batch<string, Sums> {
  return batch<string, Sums>(NO_SUMS, async (db, keys) => {
    const rows = isRolledUp(shape) ? pieces(shape.of) : sql`SELECT a.n, ${ofEvent} FROM ${eventsOf(shape)}`;
    return byNumber(keys, await db.query<Sums & { n: number }>(sql`${withAsks(shape, keys.map(askOf))} SELECT x.n, ${totals} FROM (${rows}) x GROUP BY x.n`));
  });
}

/** Runs behind the events of a slice; of one group of them where `group` gives the column to tell groups apart by. */
export function runsOf(shape: Slice, group?: Sql): Batch<string, Runs> {
  return batch<string, Runs>(NO_RUNS, async (db, keys) => {
    const asks = keys.map(askOf);
    const groups = group ? sql`JOIN unnest(${asks.map(({ number }) => number)}::int[], ${keys.map(groupOf)}::text[]) AS g(n, key) ON g.n = a.n AND g.key = ${group}` : sql``;
    return byNumber(keys, await db.query<Runs & { n: number }>(sql`
      ${withAsks(shape, asks)}
      SELECT d.n, count(*)::int AS count, coalesce(sum(extract(epoch FROM coalesce(r.finished_at, now()) - r.started_at) * 1000), 0)::bigint AS "runtimeMs"
      FROM (SELECT DISTINCT a.n, e.run_id FROM ${eventsOf(shape)} ${groups} WHERE e.run_id IS NOT NULL) d JOIN run r ON r.id = d.run_id GROUP BY d.n`));
  });
}

/** An ask as the text by which a loader knows it. */
export function askKey({ companyId, id }: Slice, { since, until }: Span, group?: string): string {
  return JSON.stringify([companyId, id, since?.toISOString() ?? null, until?.toISOString() ?? null, group]);
}

export function askOf(text: string, number: number): Ask {
  const [companyId, key, since, until] = JSON.parse(text) as [string, string, string | null, string | null];
  return { number, companyId, key, since: since === null ? null : new Date(since), until: until === null ? null : new Date(until) };
}

function groupOf(text: string): string {
  return (JSON.parse(text) as string[])[4] ?? '';
}

function byNumber<Row extends { n: number }>(keys: string[], rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [keys[row.n] as string, row]));
}

/** What runs cost, by the events themselves: no rollup tells runs apart. */
const sumsOfRun = batch<string, Sums>(NO_SUMS, async (db, ids) => {
  const rows = await db.query<Sums & { id: string }>(sql`
    SELECT x.run_id AS id, ${totals} FROM (SELECT e.run_id, ${ofEvent} FROM cost_event e WHERE e.run_id = ANY(${ids}::uuid[])) x GROUP BY 1`);
  return new Map(rows.map((row) => [row.id, row]));
});
const runtimeOfRun = batch<string, bigint>(0n, async (db, ids) => {
  const rows = await db.query<{ id: string; runtimeMs: bigint }>(sql`
    SELECT r.id, coalesce(extract(epoch FROM coalesce(r.finished_at, now()) - r.started_at) * 1000, 0)::bigint AS "runtimeMs" FROM run r WHERE r.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.runtimeMs]));
});

export async function costOfRun(ctx: Context, runId: string): Promise<CostSummary> {
  const sums = await ctx.loading.load(sumsOfRun, runId);
  const isUsed = sums.eventCount > 0;
  return { ...sums, runs: async (again) => (isUsed ? { count: 1, runtimeMs: await again.loading.load(runtimeOfRun, runId) } : NO_RUNS) };
}
