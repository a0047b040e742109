import { type Figure, figure, type Measured, median, rounded } from './figures.ts';
import type { LoadResult, Order } from './load/orders.ts';
import type { Loader } from './load/loader.ts';
import type { Options } from './options.ts';
import { cpuMs } from './stage/cpu.ts';
import type { BenchPostgres } from './stage/postgres.ts';
import type { Stage } from './stage/stage.ts';

/** What cases have at hand. */
export interface Bench {
  options: Options;
  postgres: BenchPostgres;
  loader: Loader;
  /** Keeps a figure and prints it. */
  add(row: Figure): void;
}

const WARM_REQUESTS = 2_000;
const WARM_MS = 8_000;

export interface Work {
  case: string;
  work: string;
  clients: number;
  bodies: string[];
  /** The path of the bare Node server that does the same. */
  bare: 'company' | 'dashboard' | 'issue' | 'createIssue' | 'addComment';
}

/**
 * The same bytes to Boardroom and to both baselines, in turn and several times over: what disturbs the machine disturbs all
 * alike, and the median of the rounds counts.
 */
export async function compare(bench: Bench, stage: Stage, { case: name, work, clients, bodies, bare }: Work): Promise<Figure> {
  const { options, loader, postgres } = bench;
  const variants = ['boardroom', 'yoga', 'node'] as const;
  const results = new Map(variants.map((variant) => [variant, [] as (LoadResult & { apiCpuMs: number; postgresCpuMs: number })[]]));
  const once = async (variant: (typeof variants)[number], limits: { ms: number; count?: number }) => {
    const { port, pid } = stage.servers[variant];
    const before = [cpuMs(pid), cpuMs(postgres.pid, true)] as const;
    const order: Order = { kind: 'steady', port, path: variant === 'node' ? `/${bare}` : '/graphql', clients, bodies, ...limits };
    const result = await loader.run(order);
    if (result.failed > 0) throw new Error(`${name}: ${result.failed} of ${result.requests} requests to ${variant} failed: ${result.firstFailure}`);
    return { ...result, apiCpuMs: (cpuMs(pid) - before[0]) / result.requests, postgresCpuMs: (cpuMs(postgres.pid, true) - before[1]) / result.requests };
  };
  // Until the code of this work is compiled; later numbers of clients find it so.
  const warm = stage.warmed.has(name) ? { ms: 300 } : { count: WARM_REQUESTS, ms: WARM_MS };
  stage.warmed.add(name);
  for (const variant of variants) await once(variant, warm);
  for (let round = 0; round < options.rounds; round += 1) for (const variant of variants) results.get(variant)?.push(await once(variant, { ms: options.ms }));
  const [boardroom, yoga, node] = variants.map((variant) => medians(results.get(variant) ?? []));
  const row = figure({ case: name, work, issues: stage.data.issues, clients, boardroom: boardroom as Measured, baselines: { yoga: yoga as Measured, node: node as Measured } });
  bench.add(row);
  return row;
}

const kept = ['perSecond', 'p50Ms', 'p95Ms', 'p99Ms', 'maxMs', 'meanBytes', 'apiCpuMs', 'postgresCpuMs'] as const;

function medians(results: (LoadResult & { apiCpuMs: number; postgresCpuMs: number })[]): Measured {
  return rounded(Object.fromEntries(kept.map((name) => [name, median(results.map((result) => result[name]))])));
}
