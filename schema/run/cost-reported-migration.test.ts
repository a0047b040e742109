import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../prisma/client.ts';
import { migrate, migrationsFolder } from '../../prisma/migrate.ts';
import { testDatabase } from '../../prisma/testing.ts';

/** What runs of before said of their cost, and whether somebody had told it. */
const RUNS: Record<string, { status: string; billing: string | null; cost: number | null; imputed: number | null; event?: boolean; reported: boolean }> = {
  'a metered use that was priced': { status: 'RUNNING', billing: 'METERED_API', cost: 7, imputed: 7, reported: false },
  'a metered use whose bill was told': { status: 'RUNNING', billing: 'METERED_API', cost: 7, imputed: 9, reported: true },
  'a metered use of a model without a price': { status: 'RUNNING', billing: 'METERED_API', cost: 7, imputed: null, reported: true },
  'a subscription': { status: 'RUNNING', billing: 'SUBSCRIPTION_INCLUDED', cost: 0, imputed: 9, reported: false },
  'a subscription that sent a bill': { status: 'RUNNING', billing: 'SUBSCRIPTION_INCLUDED', cost: 5, imputed: 9, reported: true },
  'credits': { status: 'RUNNING', billing: 'CREDITS', cost: 5, imputed: 5, reported: true },
  'a bill of a kind that nobody told': { status: 'RUNNING', billing: null, cost: 5, imputed: 5, reported: true },
  'no bill': { status: 'RUNNING', billing: null, cost: null, imputed: 5, reported: false },
  'a run that is over and has its event': { status: 'SUCCEEDED', billing: null, cost: 5, imputed: 5, event: true, reported: false },
  'a run that is over whose event could not be stored': { status: 'FAILED', billing: null, cost: 5, imputed: 5, reported: true },
};

test('runs of the version before know whether their cost was told or priced', async () => {
  const { url, drop } = await testDatabase({ empty: true });
  onTestFinished(drop);
  const before = await mkdtemp(join(tmpdir(), 'boardroom-migrations-'));
  onTestFinished(() => rm(before, { recursive: true }));
  const earlier = (await readdir(migrationsFolder)).filter((name) => name < '20261121173306');
  for (const name of earlier) await cp(join(migrationsFolder, name), join(before, name), { recursive: true });
  await migrate(url, before);
  const db = openDatabase({ url, connections: 2 });
  onTestFinished(() => db.close());
  const idOf = (number: number) => `01980000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  const insert = (statement: string) => db.prisma.$executeRawUnsafe(statement);
  const [company, agent] = [idOf(900), idOf(901)];
  await insert(`INSERT INTO company (id, name, prefix) VALUES ('${company}', 'Acme', 'ACME')`);
  await insert(`INSERT INTO agent (id, company_id, name, role, adapter_type) VALUES ('${agent}', '${company}', 'Ada', 'CEO', 'process')`);
  const quoted = (text: string | null) => (text === null ? 'NULL' : `'${text}'`);
  for (const [number, run] of Object.values(RUNS).entries()) {
    await insert(`INSERT INTO run (id, company_id, number, agent_id, status, source, adapter_type, started_at, cost_micros, imputed_micros, billing_type)
      VALUES ('${idOf(number)}', '${company}', ${number + 1}, '${agent}', '${run.status}', 'ON_DEMAND', 'process', '2026-01-01', ${run.cost}, ${run.imputed}, ${quoted(run.billing)})`);
    if (run.event) await insert(`INSERT INTO cost_event (id, company_id, agent_id, run_id, provider, biller, model, cost_micros, cost_status, occurred_at) VALUES ('${idOf(number)}', '${company}', '${agent}', '${idOf(number)}', 'p', 'p', 'm', ${run.cost}, 'REPORTED', '2026-01-01')`);
  }

  await migrate(url);

  const after = await db.prisma.run.findMany({ orderBy: { number: 'asc' }, select: { costReported: true } });
  expect(Object.fromEntries(Object.keys(RUNS).map((name, index) => [name, after[index]?.costReported]))).toEqual(Object.fromEntries(Object.entries(RUNS).map(([name, { reported }]) => [name, reported])));
});
