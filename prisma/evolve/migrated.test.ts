import { expect, test } from 'vitest';
import { testDatabase } from '../testing.ts';
import { ask } from '../embedded/testing.ts';
import { databaseTarget, diff, modelTarget, openEngine } from './engine.ts';

test('the migrations lead to the Prisma schema', async () => {
  const { url, drop } = await testDatabase();
  const engine = await openEngine(url);
  expect(await diff(engine, await databaseTarget(), await modelTarget())).toBe('');
  await drop();
});

test('what the schema says and the database lacks becomes SQL', async () => {
  const { url, drop } = await testDatabase();
  await ask(url, 'ALTER TABLE company DROP COLUMN brand_color');
  await ask(url, 'DROP INDEX run_queue');
  const engine = await openEngine(url);
  const sql = await diff(engine, await databaseTarget(), await modelTarget());
  expect(sql).toContain('ALTER TABLE "company" ADD COLUMN     "brand_color" TEXT');
  expect(sql).toContain('CREATE INDEX "run_queue"');
  await drop();
});

test('a database of an agreed migration carries the rules that the schema cannot say', async () => {
  const { url, drop } = await testDatabase();
  const names = (await ask(url, "SELECT conname FROM pg_constraint WHERE contype = 'c' ORDER BY conname")).map((row) => row['conname']);
  expect(names).toEqual(expect.arrayContaining(['issue_holder_running', 'issue_holder_whole', 'issue_one_assignee', 'cost_event_unpriced']));
  await drop();
});
