import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOf } from '../access/principal.ts';
import { type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { furnish, smallCompany } from '../testing/company.ts';
import { documentFor, rootFields } from '../testing/documents.ts';
import { changes, dump } from '../testing/dump.ts';
import { mutationCases, whoMay } from '../testing/mutations.ts';
import { actorOf } from './record.ts';

let boardroom: TestBoardroom;
beforeAll(async () => { boardroom = await testBoardroom(); });
afterAll(() => boardroom.close());

test('each mutation of the schema has a case', () => {
  expect(Object.keys(mutationCases).sort()).toEqual(Object.keys(rootFields('mutation')).sort());
});

const cases = Object.entries(mutationCases);

/** As if the activity log could take no row. */
async function withFullLog<T>(work: () => Promise<T>): Promise<T> {
  await boardroom.db.prisma.$executeRawUnsafe('ALTER TABLE activity ADD CONSTRAINT log_is_full CHECK (false) NOT VALID');
  try {
    return await work();
  } finally {
    await boardroom.db.prisma.$executeRawUnsafe('ALTER TABLE activity DROP CONSTRAINT log_is_full');
  }
}

test.each(cases)('%s records what it did, in one transaction, or does nothing', async (name, mutation) => {
  const rows = await furnish(boardroom, await smallCompany(boardroom));
  await mutation.prepare?.(boardroom, rows);
  const before = await dump(boardroom.db);
  const newest = (await boardroom.db.prisma.activity.findFirstOrThrow({ orderBy: { seq: 'desc' } })).seq;
  const ask = () => boardroom.run(whoMay(name, rows), documentFor('mutation', name), { input: mutation.input(rows) });
  if (mutation.records.length > 0) {
    const { errors } = await withFullLog(ask);
    expect(errors?.[0]?.message).toContain('log_is_full');
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  }
  expect((await ask()).errors).toBeUndefined();
  const recorded = await boardroom.db.prisma.activity.findMany({ where: { seq: { gt: newest } } });
  expect(recorded.map((row) => row.action).sort()).toEqual(mutation.records);
  // Who did it, in which run; what Boardroom does of itself because of it is Boardroom's.
  const by = whoMay(name, rows);
  const own = recorded.filter(({ actorType }) => actorType !== 'SYSTEM');
  for (const row of own) expect(row).toMatchObject({ ...actorOf(by), runId: runOf(by), entityType: expect.stringMatching(/^[a-z]+[A-Za-z]*$/), entityId: expect.any(String) });
  if (mutation.records.length > 0) expect(own).not.toEqual([]);
  expect(JSON.stringify(recorded.map(({ details }) => details))).not.toContain(rows.secret);
  expect(new Set(recorded.map((row) => row.txid)).size).toBe(mutation.records.length > 0 ? (mutation.transactions ?? 1) : 0);
  expect(changes(before, await dump(boardroom.db)).length > 0).toBe(mutation.records.length > 0);
});
