import { expect, test } from 'vitest';
import { singleClient } from './single-client.ts';
import { testDatabase } from './testing.ts';

test('every database of a test file starts as the migrations leave it, apart from the others', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  const [first, second] = [singleClient(one.url), singleClient(two.url)];
  await Promise.all([first.connect(), second.connect()]);
  await first.query("INSERT INTO company (id, name, prefix) VALUES (gen_random_uuid(), 'Acme', 'ACME')");
  expect((await second.query('SELECT count(*)::int FROM company')).rows).toEqual([{ count: 0 }]);
  expect((await second.query('SELECT name FROM board_user')).rows).toEqual([{ name: 'Board' }]);
  expect((await second.query('SELECT length(signing_key) FROM instance')).rows).toEqual([{ length: 32 }]);
  await Promise.all([first.end(), second.end()]);
  await Promise.all([one.drop(), two.drop()]);
});
