import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../prisma/client.ts';
import { migrate, migrationsFolder } from '../../prisma/migrate.ts';
import { sql } from '../../prisma/sql.ts';
import { testDatabase } from '../../prisma/testing.ts';
import { LOCAL_BOARD_USER } from '../access/principal.ts';
import { foldCosts } from './fold.ts';

test('a company of before there was governance keeps what it has, and works on as it did', async () => {
  const { url, drop } = await testDatabase({ empty: true });
  onTestFinished(drop);
  const before = await mkdtemp(join(tmpdir(), 'boardroom-migrations-'));
  onTestFinished(() => rm(before, { recursive: true }));
  const earlier = (await readdir(migrationsFolder)).filter((name) => name < '20261121141120');
  for (const name of earlier) await cp(join(migrationsFolder, name), join(before, name), { recursive: true });
  await migrate(url, before);
  const db = openDatabase({ url, connections: 2 });
  onTestFinished(() => db.close());
  const [company, ceo, gone, paused, issue, run, told, untold] = Array.from({ length: 8 }, (_, n) => `01980000-0000-7000-8000-00000000000${n}`);
  for (const statement of [
    `INSERT INTO company (id, name, prefix) VALUES ('${company}', 'Acme', 'ACME')`,
    `INSERT INTO agent (id, company_id, name, role, status, pause_reason, adapter_type) VALUES
      ('${ceo}', '${company}', 'Ada', 'CEO', 'RUNNING', NULL, 'process'), ('${gone}', '${company}', 'Bob', 'GENERAL', 'TERMINATED', NULL, 'process'), ('${paused}', '${company}', 'Cleo', 'GENERAL', 'PAUSED', 'FAILURES', 'process')`,
    `INSERT INTO issue (id, company_id, number, title, status, assignee_id, creator_type) VALUES ('${issue}', '${company}', 7, 'Feed the walrus', 'IN_PROGRESS', '${ceo}', 'USER')`,
    `INSERT INTO run (id, company_id, number, agent_id, issue_id, status, source, adapter_type, started_at, finished_at, cost_micros) VALUES ('${run}', '${company}', 1, '${ceo}', '${issue}', 'SUCCEEDED', 'ASSIGNMENT', 'process', '2026-01-01', '2026-01-01', 7)`,
    `INSERT INTO cost_event (id, company_id, agent_id, issue_id, run_id, provider, biller, model, input_tokens, cost_micros, cost_status, occurred_at) VALUES
      ('${told}', '${company}', '${ceo}', '${issue}', '${run}', 'anthropic', 'anthropic', 'm', 10, 7, 'REPORTED', '2026-01-01T10:00:00Z'),
      ('${untold}', '${company}', '${ceo}', NULL, NULL, 'anthropic', 'anthropic', 'm', 5, NULL, 'UNPRICED', '2026-01-02T10:00:00Z')`,
    `INSERT INTO activity (id, company_id, actor_type, actor_id, action, entity_type, entity_id) VALUES ('${told}', '${company}', 'USER', '${LOCAL_BOARD_USER}', 'company.created', 'company', '${company}')`,
    `INSERT INTO inbox_state (user_id, issue_id, company_id, read_at) VALUES ('${LOCAL_BOARD_USER}', '${issue}', '${company}', '2026-01-01')`,
  ]) await db.prisma.$executeRawUnsafe(statement);

  await migrate(url);

  expect(await foldCosts(db)).toBe(2);
  expect(await db.query(sql`SELECT bucket::date::text AS day, cost_micros AS billed, imputed_micros AS worth, input_tokens AS tokens, unpriced_count AS unpriced, unimputed_count AS unknown FROM cost_rollup WHERE dimension = 'COMPANY' AND grain = 'DAY' ORDER BY 1`)).toEqual([
    { day: '2026-01-01', billed: 7n, worth: 7n, tokens: 10n, unpriced: 0, unknown: 0 },
    { day: '2026-01-02', billed: 0n, worth: 0n, tokens: 5n, unpriced: 1, unknown: 1 },
  ]);
  expect(await db.prisma.run.findUniqueOrThrow({ where: { id: run as string } })).toMatchObject({ costMicros: 7n, imputedMicros: 7n, workedIssueId: null });
  expect(await db.prisma.company.findUniqueOrThrow({ where: { id: company as string } })).toMatchObject({ hiresNeedApproval: false, strategyApprovedAt: expect.any(Date) });
  expect(await db.prisma.agentGrant.findMany({ orderBy: { agentId: 'asc' }, select: { agentId: true, permission: true, grantorType: true } })).toEqual(
    [ceo, paused].map((agentId) => ({ agentId, permission: 'TASKS_ASSIGN', grantorType: 'SYSTEM' })),
  );
  expect(await db.prisma.agent.findUniqueOrThrow({ where: { id: paused as string } })).toMatchObject({ status: 'PAUSED', pauseReason: 'FAILURES' });
  // The log goes on behind its last row.
  await db.prisma.$executeRawUnsafe(`INSERT INTO activity (id, company_id, actor_type, action, entity_type, entity_id) VALUES ('${untold}', '${company}', 'SYSTEM', 'company.updated', 'company', '${company}')`);
  expect((await db.prisma.activity.findMany({ orderBy: [{ txid: 'asc' }, { seq: 'asc' }] })).map(({ action }) => action)).toEqual(['company.created', 'company.updated']);
  expect(await db.prisma.inboxState.count()).toBe(1);
});
