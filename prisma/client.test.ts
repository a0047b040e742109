import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from './client.ts';
import { ask } from './embedded/testing.ts';
import { newId } from './id.ts';
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

test('a time is the same for Prisma, for plain reads and for the server, whatever zone and order of dates the database was given', async () => {
  const { url, drop } = await testDatabase();
  const name = new URL(url).pathname.slice(1);
  for (const setting of ["TimeZone = 'America/New_York'", "DateStyle = 'SQL, DMY'", 'jit = on']) await ask(url, `ALTER DATABASE ${name} SET ${setting}`);
  const db = openDatabase({ url });
  onTestFinished(async () => {
    await db.close();
    await drop();
  });
  const at = new Date('2026-02-01T03:04:05.678Z');
  const { id } = await db.prisma.company.create({ data: { id: newId(), name: 'Acme', prefix: 'ACME', createdAt: at } });
  expect(await db.query(sql`SELECT created_at AS at, extract(epoch FROM created_at)::float8 AS epoch FROM company`)).toEqual([{ at, epoch: at.getTime() / 1000 }]);
  await db.query(sql`UPDATE company SET created_at = ${at}::timestamptz + interval '1 hour'`);
  const moved = new Date(at.getTime() + 3_600_000);
  expect(await db.prisma.company.findUnique({ where: { id }, select: { createdAt: true } })).toEqual({ createdAt: moved });
  expect(await db.prisma.company.findMany({ where: { createdAt: { gt: at, lte: moved } }, select: { id: true } })).toEqual([{ id }]);
  for (const settings of [await db.query(sql`SELECT current_setting('jit') AS jit`), await db.prisma.$queryRaw`SELECT current_setting('jit') AS jit`]) expect(settings).toEqual([{ jit: 'off' }]);
});
