import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './client.ts';
import { newId } from './id.ts';
import { isOutage } from './outage.ts';
import { testDatabase } from './testing.ts';
import type { TestDatabase } from './throwaway.ts';
import { together, type Tx, write } from './transaction.ts';

let database: TestDatabase;
let db: Database;
const sent: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  // Two connections are one writer at a time: each test goes on with the connection that the one before left.
  db = openDatabase({ url: database.url, connections: 2, onStatement: (text) => sent.push(text) });
});
beforeEach(() => sent.splice(0));
afterAll(async () => {
  await db.close();
  await database.drop();
});

const levelIn = async (tx: Tx) => (await tx.$queryRaw<{ level: string }[]>`SELECT current_setting('transaction_isolation') AS level`)[0]?.level;
const userNamed = (name: string) => ({ data: { id: newId(), name } });
const names = async () => (await db.prisma.user.findMany({ orderBy: { createdAt: 'asc' } })).map((user) => user.name);

test('a transaction has the level that was asked for, and begins with its first statement', async () => {
  expect(await write(db, levelIn)).toBe('serializable');
  expect(await write(db, levelIn, { decidesNothing: 'a test' })).toBe('read committed');
  expect(sent.filter((text) => /^(BEGIN|SET|COMMIT)/.test(text))).toEqual(['BEGIN ISOLATION LEVEL SERIALIZABLE', 'COMMIT', 'BEGIN ISOLATION LEVEL READ COMMITTED', 'COMMIT']);
});

test('what is outside of transactions stays outside', async () => {
  await write(db, levelIn);
  sent.splice(0);
  await db.prisma.user.count();
  expect(sent.filter((text) => text.startsWith('BEGIN'))).toEqual([]);
});

test('all of a transaction is kept or none of it, also where its first statement fails', async () => {
  await write(db, (tx) => tx.user.create(userNamed('kept')));
  const broken = write(db, async (tx) => {
    await tx.user.create(userNamed('lost'));
    throw new Error('changed my mind');
  });
  await expect(broken).rejects.toThrow('changed my mind');
  await expect(write(db, (tx) => tx.$executeRaw`SELECT 1 / 0`)).rejects.toThrow();
  await write(db, (tx) => together([tx.user.create(userNamed('one')), tx.user.create(userNamed('two'))]));
  expect(await names()).toEqual(['Board', 'kept', 'one', 'two']);
});

test('of statements sent together, one that fails undoes all, and it is the one that is told of', async () => {
  const id = newId();
  const failing = (tx: Tx) => [tx.user.create({ data: { id, name: 'first' } }), tx.user.create({ data: { id, name: 'same id' } })] as const;
  const behind = (tx: Tx) => tx.$executeRaw`INSERT INTO board_user (id, name) VALUES (${newId()}::uuid, 'third')`;
  for (const order of [(tx: Tx) => [...failing(tx), behind(tx)], (tx: Tx) => [behind(tx), ...failing(tx)]]) {
    await expect(write(db, (tx) => together(order(tx)))).rejects.toMatchObject({ code: 'P2002' });
  }
  // Raw statements answer sooner than model calls: an error of the transaction itself must not pass for the cause.
  await expect(write(db, (tx) => together([tx.user.update({ where: { id: newId() }, data: { name: 'nobody' } }), behind(tx)]))).rejects.toMatchObject({ code: 'P2025' });
  expect(await names()).toEqual(['Board', 'kept', 'one', 'two']);
});

test('rivals whose statements travel together are run again until each has had its turn', async () => {
  const { id } = await db.prisma.user.create({ data: { id: newId(), name: '0' } });
  const rivals = openDatabase({ url: database.url, connections: 9 });
  const addOne = () => write(rivals, async (tx) => {
    const [user] = await together([tx.user.findUniqueOrThrow({ where: { id } }), tx.$queryRaw`SELECT 1`]);
    await together([tx.user.update({ where: { id }, data: { name: String(Number(user.name) + 1) } }), tx.$executeRaw`SELECT 1`]);
  });
  await Promise.all(Array.from({ length: 8 }, addOne));
  expect((await rivals.prisma.user.findUniqueOrThrow({ where: { id } })).name).toBe('8');
  await rivals.close();
});

test('a transaction without statements does nothing', async () => {
  expect(await write(db, async () => 'done')).toBe('done');
  expect(sent).toEqual([]);
});

test('a connection that breaks on the first statement ends the transaction, and the next has another', async () => {
  const error = await write(db, (tx) => tx.$executeRaw`SELECT pg_terminate_backend(pg_backend_pid())`).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(isOutage(error) || /connection|terminat|closed/i.test(String(error)), String(error)).toBe(true);
  expect(await write(db, levelIn)).toBe('serializable');
});
