import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCompany, type TestCompany } from '../../../schema/run/testing.ts';
import { insertRun } from '../../../schema/testing/runs.ts';
import type { Engine } from './resources.ts';
import { UsageFeed } from './usage-feed.ts';

let acme: TestCompany;
beforeAll(async () => { acme = await testCompany(); });
afterAll(() => acme.close());

test('what is read while a report is under way is told, though nothing more is read', async () => {
  const run = await insertRun(acme.db, await acme.agent(), { startedAt: new Date(), leaseToken: 1 });
  let inputTokens = 1n;
  const engine = { db: acme.db, log: pino({ level: 'silent' }) } as unknown as Engine;
  const feed = new UsageFeed(engine, { runId: run.id, leaseToken: 1, report: () => ({ usage: { inputTokens, cachedInputTokens: 0n, outputTokens: 0n } }), onStop: () => undefined });
  feed.look();
  inputTokens = 2n;
  feed.look();
  await expect.poll(async () => (await acme.run(run.id)).inputTokens, { timeout: 60_000 }).toBe(2n);
  await feed.close();
});
