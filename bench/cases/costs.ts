import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../prisma/client.ts';
import { write } from '../../prisma/transaction.ts';
import { LOCAL_BOARD_USER } from '../../schema/access/principal.ts';
import { createCompany } from '../../schema/company/commands.ts';
import { foldCosts } from '../../schema/cost/fold.ts';
import type { Bench } from '../compare.ts';
import { figure, median, round, rounded } from '../figures.ts';
import type { LoadResult, Order } from '../load/orders.ts';
import { bodyOf, COSTS, MONTH_COST } from '../operations.ts';
import { cpuMs } from '../stage/cpu.ts';
import { ask } from '../stage/postgres.ts';
import { startServer } from '../stage/servers.ts';

const SIZES = [10_000, 1_000_000];
/** Events that no rollup holds yet: what a busy minute leaves. */
const WAITING = 500;
const DAYS = 60;
/** So many different requests that none is asked again while its answer could still be kept. */
const DIFFERENT = 2_000;
const WORKS = [
  { name: 'costs-dashboard', query: MONTH_COST, work: "the dashboard's cost of the month" },
  { name: 'costs-report', query: COSTS, work: "a company's costs: five spans, by agent, model, project and day" },
];

/** What reading costs costs, with few events and with many of the same 60 days. The aim: no three times as much. */
export async function measureCosts(bench: Bench): Promise<void> {
  const p50 = new Map<string, { p50Ms: number; postgresCpuMs: number }>();
  for (const events of SIZES) {
    const name = `bench_costs_${events}`;
    const url = await bench.postgres.database(name);
    const home = join(bench.postgres.folder, name);
    await fill(bench, url, events);
    const server = await startServer('api', { DATABASE_URL: url, BOARDROOM_HOME: home });
    try {
      for (const { name: work, query, work: text } of WORKS) p50.set(`${work} ${events}`, await measure(bench, server, `${work}-${events}`, `${text}, ${events.toLocaleString('en')} events, none asked twice`, query));
    } finally {
      await server.stop();
      await bench.postgres.drop(name);
      await rm(home, { recursive: true, force: true });
    }
  }
  for (const { name, work } of WORKS) {
    const [few, many] = SIZES.map((events) => p50.get(`${name} ${events}`));
    bench.add(figure({
      case: `${name}-growth`, work: `${work}: 1,000,000 events over 10,000, by its median time`, issues: null, clients: 1,
      boardroom: { timesTheCost: round((many?.p50Ms ?? NaN) / (few?.p50Ms ?? NaN)), timesThePostgresCpu: round((many?.postgresCpuMs ?? NaN) / (few?.postgresCpuMs ?? NaN)) }, baselines: {},
    }));
  }
}

/** Events spread evenly over the days, a hundred an issue, of ten agents and four models; all but the last folded as the job does. */
async function fill({ add }: Bench, url: string, events: number): Promise<void> {
  const db = openDatabase({ url, connections: 2 });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const company = await write(db, (tx) => createCompany(tx, { kind: 'user', userId: LOCAL_BOARD_USER }, { name: 'Acme', prefix: 'ACME' }));
    const run = (text: string, ...values: unknown[]) => client.query(text, [company.id, ...values]);
    await run(`INSERT INTO agent (id, company_id, name, role, adapter_type, adapter_config) SELECT uuidv7(), $1, 'Agent ' || n, 'ENGINEER', 'process', '{"command": "true"}' FROM generate_series(1, 10) n`);
    await run(`INSERT INTO project (id, company_id, name, color) SELECT uuidv7(), $1, 'Project ' || n, '#1d6e37' FROM generate_series(1, 8) n`);
    await run(`INSERT INTO issue (id, company_id, number, title, creator_type, creator_id) SELECT uuidv7(), $1, n, 'Issue ' || n, 'USER', $3::uuid FROM generate_series(1, $2::int / 100) n`, events, LOCAL_BOARD_USER);
    await run(
      `INSERT INTO cost_event (id, company_id, agent_id, project_id, issue_id, provider, biller, billing_type, model, input_tokens, cached_input_tokens, output_tokens, cost_micros, imputed_micros, cost_status, occurred_at)
       SELECT uuidv7(at - now()), $1, agents.ids[n % 10 + 1], projects.ids[i.number % 8 + 1], i.id, 'anthropic', 'anthropic', 'METERED_API', 'model-' || n % 4, 1000 + n % 5000, n % 9000, n % 900, n % 90000, n % 90000, 'REPORTED', at
       FROM generate_series(1, $2::int) AS n CROSS JOIN LATERAL (SELECT now() - (n::float8 / $2::int) * interval '${DAYS} days' AS at) t JOIN issue i ON i.company_id = $1 AND i.number = (n - 1) / 100 + 1,
         (SELECT array_agg(id ORDER BY id) AS ids FROM agent WHERE company_id = $1) AS agents, (SELECT array_agg(id ORDER BY id) AS ids FROM project WHERE company_id = $1) AS projects`,
      events,
    );
    await run('INSERT INTO cost_unfolded (event_id, company_id, occurred_at) SELECT id, company_id, occurred_at FROM cost_event WHERE company_id = $1');
    await client.query('VACUUM ANALYZE');
    const recent = await run('SELECT event_id FROM cost_unfolded WHERE company_id = $1 ORDER BY event_id DESC LIMIT $2', WAITING);
    const last = recent.rows.map((row: { event_id: string }) => row.event_id);
    await client.query('DELETE FROM cost_unfolded WHERE event_id = ANY($1)', [last]);
    const began = performance.now();
    const folded = await foldCosts(db, undefined, Infinity);
    const seconds = (performance.now() - began) / 1_000;
    add(figure({ case: 'costs-fold', work: `${events.toLocaleString('en')} events folded into sums`, issues: null, clients: null, boardroom: rounded({ perSecond: folded / seconds, seconds }), baselines: {} }));
    await run('INSERT INTO cost_unfolded (event_id, company_id, occurred_at) SELECT id, company_id, occurred_at FROM cost_event WHERE company_id = $1 AND id = ANY($2)', last);
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
    await db.close();
  }
  const [row] = await ask(url, 'SELECT count(*)::int AS waiting FROM cost_unfolded');
  if (row?.['waiting'] !== WAITING) throw new Error(`${String(row?.['waiting'])} events wait instead of ${WAITING}`);
}

async function measure({ options, loader, postgres, add }: Bench, { port, pid }: { port: number; pid: number }, name: string, work: string, query: string) {
  const bodies = Array.from({ length: DIFFERENT }, (_, n) => bodyOf(query, { company: 'ACME', n }));
  const results: (LoadResult & { apiCpuMs: number; postgresCpuMs: number })[] = [];
  const once = async (ms: number) => {
    const before = [cpuMs(pid), cpuMs(postgres.pid, true)] as const;
    const order: Order = { kind: 'steady', port, path: '/graphql', clients: 1, bodies, ms };
    const result = await loader.run(order);
    if (result.failed > 0) throw new Error(`${name}: ${result.failed} of ${result.requests} requests failed: ${result.firstFailure}`);
    return { ...result, apiCpuMs: (cpuMs(pid) - before[0]) / result.requests, postgresCpuMs: (cpuMs(postgres.pid, true) - before[1]) / result.requests };
  };
  await once(2_000);
  for (let round = 0; round < options.rounds; round += 1) results.push(await once(options.ms));
  const of = (key: 'perSecond' | 'p50Ms' | 'p95Ms' | 'apiCpuMs' | 'postgresCpuMs') => median(results.map((result) => result[key]));
  const measured = { perSecond: of('perSecond'), p50Ms: of('p50Ms'), p95Ms: of('p95Ms'), apiCpuMs: of('apiCpuMs'), postgresCpuMs: of('postgresCpuMs') };
  add(figure({ case: name, work, issues: null, clients: 1, boardroom: rounded(measured), baselines: {} }));
  return measured;
}
