import { type Bench } from '../compare.ts';
import { figure, median, rounded } from '../figures.ts';
import type { LoadResult, Order } from '../load/orders.ts';
import { bodyOf, INBOX, SEARCH } from '../operations.ts';
import { cpuMs } from '../stage/cpu.ts';
import type { Stage } from '../stage/stage.ts';

/** So many different requests that none is asked again while its answer could still be kept. */
const DIFFERENT = 2_000;

/** Search and inbox, at each number of clients. The baselines have neither. */
export async function measureFindings(bench: Bench, stage: Stage, wanted: (name: string) => boolean): Promise<void> {
  const { companyId, issues } = stage.data;
  const number = (n: number) => ((n * 7_919) % issues) + 1;
  const texts = [(n: number) => `thing ${number(n)}`, (n: number) => `ACME-${number(n)}`, (n: number) => `comment ${n % 5} somethi`, (n: number) => `matter ${n % 10}`, (n: number) => `issu ${number(n)}`, (n: number) => `thnig ${n}`];
  const mixed = Array.from({ length: DIFFERENT }, (_, n) => bodyOf(SEARCH, { companyId, text: texts[n % texts.length]?.(n) }));
  const common = Array.from({ length: DIFFERENT }, (_, n) => bodyOf(SEARCH, { companyId, text: 'the thing', n }));
  const inbox = Array.from({ length: DIFFERENT }, (_, n) => bodyOf(INBOX, { companyId, n }));
  for (const clients of bench.options.clients) {
    if (wanted('search')) await alone(bench, stage, 'search', 'search for words, identifiers and slips, none twice', clients, mixed);
    if (wanted('search-common')) await alone(bench, stage, 'search-common', 'search for words that every issue has', clients, common);
    if (wanted('inbox')) await alone(bench, stage, 'inbox', "a page of the board's inbox", clients, inbox);
  }
}

const kept = ['perSecond', 'p50Ms', 'p95Ms', 'p99Ms', 'maxMs', 'meanBytes'] as const;

/** One kind of request by itself. */
export async function alone({ options, loader, postgres, add }: Bench, stage: Stage, name: string, work: string, clients: number, bodies: string[]): Promise<void> {
  const { port, pid } = stage.servers.boardroom;
  const results: (LoadResult & { apiCpuMs: number; postgresCpuMs: number })[] = [];
  const once = async (limits: { ms: number; count?: number }) => {
    const before = [cpuMs(pid), cpuMs(postgres.pid, true)] as const;
    const order: Order = { kind: 'steady', port, path: '/graphql', clients, bodies, ...limits };
    const result = await loader.run(order);
    if (result.failed > 0) throw new Error(`${name}: ${result.failed} of ${result.requests} requests failed: ${result.firstFailure}`);
    return { ...result, apiCpuMs: (cpuMs(pid) - before[0]) / result.requests, postgresCpuMs: (cpuMs(postgres.pid, true) - before[1]) / result.requests };
  };
  await once({ ms: stage.warmed.has(name) ? 300 : 2_000 });
  stage.warmed.add(name);
  for (let round = 0; round < options.rounds; round += 1) results.push(await once({ ms: options.ms }));
  const measured = Object.fromEntries([...kept, 'apiCpuMs' as const, 'postgresCpuMs' as const].map((key) => [key, median(results.map((result) => result[key]))]));
  add(figure({ case: name, work, issues: stage.data.issues, clients, boardroom: rounded(measured), baselines: {} }));
}
