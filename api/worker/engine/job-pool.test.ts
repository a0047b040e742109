import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../../../prisma/embedded/testing.ts';
import { testDatabase } from '../../../prisma/testing.ts';
import { jobPool } from './job-pool.ts';

test('the job runner reads times whatever zone and order of dates the database was given', async () => {
  const { url, drop } = await testDatabase();
  const name = new URL(url).pathname.slice(1);
  for (const setting of ["TimeZone = 'America/New_York'", "DateStyle = 'SQL, DMY'"]) await ask(url, `ALTER DATABASE ${name} SET ${setting}`);
  const pool = jobPool(url);
  onTestFinished(async () => {
    await pool.end();
    await drop();
  });
  const { rows } = await pool.query<{ at: unknown }>("SELECT timestamptz '2026-02-01T03:04:05Z' AS at");
  expect(rows).toEqual([{ at: new Date('2026-02-01T03:04:05Z') }]);
});

test('a server that is not there is an error of who asks', async () => {
  const pool = jobPool('postgresql://nobody@127.0.0.1:1/nothing');
  await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await pool.end();
});
