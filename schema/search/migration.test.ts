import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../prisma/client.ts';
import { migrate, migrationsFolder } from '../../prisma/migrate.ts';
import { sql } from '../../prisma/sql.ts';
import { testDatabase } from '../../prisma/testing.ts';

test('a database that was filled before there was a search is found in', async () => {
  const { url, drop } = await testDatabase({ empty: true });
  onTestFinished(drop);
  const before = await mkdtemp(join(tmpdir(), 'boardroom-migrations-'));
  onTestFinished(() => rm(before, { recursive: true }));
  const earlier = (await readdir(migrationsFolder)).filter((name) => name < '20261120224500');
  for (const name of earlier) await cp(join(migrationsFolder, name), join(before, name), { recursive: true });
  await migrate(url, before);
  const db = openDatabase({ url, connections: 2 });
  onTestFinished(() => db.close());
  const [company, issue, comment, document] = Array.from({ length: 4 }, (_, n) => `01980000-0000-7000-8000-00000000000${n}`);
  for (const statement of [
    `INSERT INTO company (id, name, prefix) VALUES ('${company}', 'Acme', 'ACME')`,
    `INSERT INTO issue (id, company_id, number, title, description, creator_type, updated_at) VALUES ('${issue}', '${company}', 7, 'Feed the walrus', NULL, 'USER', '2026-01-01')`,
    `INSERT INTO comment (id, company_id, issue_id, author_type, body, created_at) VALUES ('${comment}', '${company}', '${issue}', 'USER', 'With herring', '2026-01-02')`,
    `INSERT INTO document (id, company_id, issue_id, key, body, latest_revision_id, latest_number, creator_type) VALUES ('${document}', '${company}', '${issue}', 'plan', 'Some herring a day', '${document}', 1, 'USER')`,
  ]) await db.prisma.$executeRawUnsafe(statement);
  await migrate(url);
  const found = async (words: string) => (await db.query<{ id: string }>(sql`SELECT record_id AS id FROM search_entry WHERE company_id = ${company}::uuid AND words @@ to_tsquery('simple', ${words}) ORDER BY 1`)).map((row) => row.id);
  expect([await found('walrus'), await found('acme & 7'), await found('herring'), await found('plan')]).toEqual([[issue], [issue], [comment, document], [document]]);
  expect(await db.query(sql`SELECT updated_at::text AS at FROM search_entry WHERE record_id = ${comment}::uuid`)).toEqual([{ at: '2026-01-02 00:00:00+00' }]);
});
