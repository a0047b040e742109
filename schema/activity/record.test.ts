import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../prisma/transaction.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { recordActivity } from './record.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

test('nothing else writes to the log: what it does to secrets is done to all', () => {
  const files = globSync('{schema,api,adapters,plugins-runtime}/**/*.ts', { cwd: project }).filter((file) => !/\.test\.ts$|generated|node_modules|(^|\/)testing\//.test(file));
  expect(files.length).toBeGreaterThan(200);
  const writers = files.filter((file) => /(INSERT INTO|UPDATE|DELETE FROM)\s+"?activity"?[\s(]|\bactivity\.(create|update|upsert|delete)/.test(readFileSync(`${project}/${file}`, 'utf8')));
  expect(writers).toEqual(['schema/activity/record.ts']);
});

test('what looks like a secret in details is replaced before it is stored, at any depth and by name too', async () => {
  const details = { changed: ['title'], reason: 'failed: GITHUB_TOKEN=ghp_abcdefghijklmnop', nested: { list: ['Bearer abcdefghij', { password: 'hunter2' }] }, preview: `see ${'x'.repeat(120)} sk-ant-api…` };
  await write(boardroom.db, (tx) => recordActivity(tx, BOARD, { companyId: acme.id, action: 'company.updated', entityType: 'company', entityId: acme.id, details }));
  const row = await boardroom.db.prisma.activity.findFirstOrThrow({ where: { companyId: acme.id, action: 'company.updated' } });
  expect(row.details).toEqual({
    changed: ['title'], reason: 'failed: GITHUB_TOKEN=[redacted]', nested: { list: ['Bearer [redacted]', { password: '[redacted]' }] }, preview: `see ${'x'.repeat(120)} [redacted]…`,
  });
});
