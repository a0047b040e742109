import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from './client.ts';
import { sql } from './sql.ts';
import { testDatabase } from './testing.ts';

test('a process that stands still within a transaction gives back what it holds', async () => {
  const { url, drop } = await testDatabase();
  const [still, other] = [openDatabase({ url }), openDatabase({ url })];
  onTestFinished(async () => {
    await Promise.all([still.close(), other.close()]);
    await drop();
  });
  const { promise: holds, resolve: tellHeld } = Promise.withResolvers<void>();
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
  const broken = still.prisma.$transaction(async (tx) => {
    expect(await tx.$queryRaw`SHOW idle_in_transaction_session_timeout`).toEqual([{ idle_in_transaction_session_timeout: '10s' }]);
    await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '300ms'`; // nobody waits ten seconds here
    await tx.$executeRaw`UPDATE instance SET signing_key = signing_key WHERE id = 1`;
    tellHeld();
    await mayGoOn;
    await tx.$executeRaw`UPDATE instance SET signing_key = signing_key WHERE id = 1`;
  }, { timeout: 30_000 }).then(() => 'committed', () => 'given up');
  await holds;
  await other.query(sql`UPDATE instance SET signing_key = signing_key WHERE id = 1`);
  goOn();
  expect(await broken).toBe('given up');
  expect(await still.query(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
});
