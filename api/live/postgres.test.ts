import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { singleClient } from '../../prisma/single-client.ts';
import { testDatabase } from '../../prisma/testing.ts';
import type { TestDatabase } from '../../prisma/throwaway.ts';
import type { LiveBus } from './bus.ts';
import { connectBus } from './connect.ts';

/* Two processes that share a database: what is poked in one wakes readers in the other. */
let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase({ empty: true });
  admin = singleClient(database.url);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

async function pair(): Promise<[LiveBus, LiveBus]> {
  const settings = { databaseUrl: database.url, name: 'boardroom-test-listen' };
  return Promise.all([connectBus(settings), connectBus(settings)]);
}

/** Pokes until it is heard: the lines take a moment to come up. */
async function heardBetween(from: LiveBus, to: LiveBus, topic: string): Promise<void> {
  const heard: string[] = [];
  const stop = to.listen((each) => heard.push(each));
  await expect.poll(() => { from.poke(topic); return heard; }, { timeout: 60_000 }).toContain(topic);
  stop();
}

async function hears(one: LiveBus, two: LiveBus): Promise<void> {
  await heardBetween(one, two, 'company:1');
  await heardBetween(two, one, 'company:2');
}

test('both ways, and a poke does not come back', async () => {
  const [one, two] = await pair();
  await hears(one, two);
  const own: string[] = [];
  one.listen((topic) => own.push(topic));
  const reader = two.open('run:1');
  one.poke('run:1');
  expect(await reader.next()).toBe(true);
  expect(own.filter((topic) => topic === 'run:1')).toHaveLength(1);
  await Promise.all([one.close(), two.close()]);
});

test('more topics than one notification can carry all arrive', async () => {
  const [one, two] = await pair();
  await hears(one, two);
  const topics = Array.from({ length: 1_000 }, (_, i) => `company:00000000-0000-7000-8000-${String(i).padStart(12, '0')}`);
  const heard = new Set<string>();
  two.listen((topic) => heard.add(topic));
  for (const topic of topics) one.poke(topic);
  await expect.poll(() => topics.filter((topic) => !heard.has(topic)), { timeout: 60_000 }).toEqual([]);
  await Promise.all([one.close(), two.close()]);
});

test('a line that is cut comes back, and then everybody looks', async () => {
  const [one, two] = await pair();
  await hears(one, two);
  const reader = two.open('company:quiet');
  await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'boardroom-test-listen'");
  expect(await reader.next()).toBe(true); // nobody poked it
  await hears(one, two);
  await Promise.all([one.close(), two.close()]);
});
