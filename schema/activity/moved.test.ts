import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '../../prisma/clock.ts';
import { migrate } from '../../prisma/migrate.ts';
import { singleClient } from '../../prisma/single-client.ts';
import { type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany } from '../testing/company.ts';
import { breachOf, lineOf, type Seal } from './chain.ts';
import { sealActivity } from './commands/seal-activity.ts';
import { activityAfter, activityBetween, placeNow } from './reads.ts';

// What a server finds that a dump was restored into: rows whose transactions it has still to count up to.

let boardroom: TestBoardroom;
beforeAll(async () => { boardroom = await testBoardroom(); });
afterAll(() => boardroom.close());

test('a log that was moved to another server goes on behind its last row', async () => {
  const restore = setClock(() => new Date(Date.now() + 120_000));
  const other = singleClient(boardroom.url);
  await other.connect();
  const { prisma } = boardroom.db;
  const { id: companyId } = await smallCompany(boardroom, 'Moved');
  const rows = () => prisma.activity.findMany({ where: { companyId }, orderBy: [{ txid: 'asc' }, { seq: 'asc' }] });
  const write = async (action: string) => {
    await other.query(`INSERT INTO activity (id, company_id, actor_type, action, entity_type, entity_id) VALUES (gen_random_uuid(), $1, 'SYSTEM', $2, 'company', $1)`, [companyId, action]);
  };
  await other.query('UPDATE activity SET txid = txid + 1000000 WHERE company_id = $1', [companyId]);
  const old = await rows();
  const { txid, seq } = old.at(-1) as { txid: bigint; seq: bigint };
  await other.query(
    `INSERT INTO activity_seal (company_id, number, last_txid, last_seq, row_count, row_marks, previous_hash, hash) VALUES ($1, 1, $2, $3, 0, '', '', '')`, [companyId, txid + 5n, seq]);

  await migrate(boardroom.url);
  await write('moved.first');
  await migrate(boardroom.url); // once is enough
  await write('moved.second');
  const now = await rows();
  expect(now.map(({ id }) => id).slice(0, old.length)).toEqual(old.map(({ id }) => id));
  expect(now.slice(old.length).map(({ action }) => action)).toEqual(['moved.first', 'moved.second']);
  expect((now.at(-1)?.txid ?? 0n) - txid).toBeLessThan(1_000n);

  // Readers get all of it, and a reader of before only what is new; one that starts now nothing of it.
  const start = { txid: 0n, seq: 0n };
  const read = async (after: typeof start) => (await activityAfter(boardroom.db, companyId, after, 1_000)).items.map(({ id }) => id);
  await expect.poll(() => read(start)).toEqual(now.map(({ id }) => id));
  expect(await read({ txid, seq })).toEqual(now.slice(old.length).map(({ id }) => id));
  expect(await read(await placeNow(boardroom.db))).toEqual([]);
  expect((await activityBetween(boardroom.db, companyId, [], start, await placeNow(boardroom.db), 1_000)).length).toBe(now.length);

  // Nothing that is sealed lies before, and what is new is sealed.
  await other.query('DELETE FROM activity_seal WHERE company_id = $1', [companyId]);
  await sealActivity(boardroom.db);
  const seals = await prisma.activitySeal.findMany({ where: { companyId } });
  const told = seals.map(({ number, lastTxid, lastSeq, rowCount, rowMarks, previousHash, hash }): Seal => ({
    number, cursor: `${lastTxid}.${lastSeq}`, rowCount, rowMarks: Buffer.from(rowMarks).toString('hex'), previousHash: Buffer.from(previousHash).toString('hex'), hash: Buffer.from(hash).toString('hex'),
  }));
  expect(told.map((seal) => breachOf(seal, null, now.map(lineOf)))).toEqual([null]);
  await other.end();
  restore();
});
