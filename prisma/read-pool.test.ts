import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOutage } from './outage.ts';
import { ReadPool } from './read-pool.ts';
import { testDatabase } from './testing.ts';
import type { TestDatabase } from './throwaway.ts';

let database: TestDatabase;
let pool: pg.Pool;
let reads: ReadPool;

beforeAll(async () => {
  database = await testDatabase({ empty: true });
  pool = new pg.Pool({ connectionString: database.url, max: 2, pipeline: true });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  reads = new ReadPool(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const backend = 'SELECT pg_backend_pid() AS pid';

test('what is asked at the same moment travels on one connection, and each gets its own answer', async () => {
  const rows = await Promise.all([
    reads.query({ text: backend }),
    reads.query({ text: 'SELECT pg_backend_pid() AS pid, $1::int AS n', values: [7] }),
    Promise.resolve().then(() => reads.query({ name: 'named', text: 'SELECT pg_backend_pid() AS pid, $1::text AS t', values: ['x'] })),
  ]) as { pid: number; n?: number; t?: string }[][];
  expect(new Set(rows.map(([row]) => row?.pid)).size).toBe(1);
  expect([rows[1]?.[0]?.n, rows[2]?.[0]?.t]).toEqual([7, 'x']);
});

test('one that fails takes no other with it', async () => {
  const [first, bad, last] = await Promise.allSettled([
    reads.query({ text: 'SELECT 1 AS n' }),
    reads.query({ text: 'SELECT 1 / 0' }),
    reads.query({ text: 'SELECT 2 AS n' }),
  ]);
  expect(first).toEqual({ status: 'fulfilled', value: [{ n: 1 }] });
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
  expect(last).toEqual({ status: 'fulfilled', value: [{ n: 2 }] });
});

test('a connection that breaks ends what was on it with an outage, and the next read has another', async () => {
  const broken = await Promise.allSettled([
    reads.query({ text: 'SELECT pg_terminate_backend(pg_backend_pid())' }),
    reads.query({ text: 'SELECT 1' }),
    reads.query({ text: 'SELECT 2' }),
  ]);
  for (const each of broken) expect(each.status === 'rejected' && isOutage(each.reason), JSON.stringify(each)).toBe(true);
  expect(await reads.query({ text: 'SELECT 3 AS n' })).toEqual([{ n: 3 }]);
});

test('more than travel together are all answered', async () => {
  const rows = await Promise.all(Array.from({ length: 100 }, (_, n) => reads.query({ text: 'SELECT $1::int AS n', values: [n] })));
  expect(rows.flat()).toEqual(Array.from({ length: 100 }, (_, n) => ({ n })));
});
