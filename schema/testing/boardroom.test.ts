import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from './boardroom.ts';
import { furnish, smallCompany } from './company.ts';
import { changes, dump } from './dump.ts';

let boardroom: TestBoardroom;
beforeAll(async () => { boardroom = await testBoardroom(); });
afterAll(() => boardroom.close());

test('a fingerprint of the database stays when nothing changes, and names what did', async () => {
  const acme = await smallCompany(boardroom);
  const rows = await furnish(boardroom, acme);
  const before = await dump(boardroom.db);
  await boardroom.ask(BOARD, '{ companies { nodes { name } } }');
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  await boardroom.db.prisma.label.update({ where: { id: rows.label.id }, data: { color: '#000000' } });
  expect(changes(before, await dump(boardroom.db))).toEqual(['label']);
});

test('a fault of ours is not taken for a refusal', async () => {
  await expect(boardroom.refusal(BOARD, '{ viewer { mode } }')).rejects.toThrow('it was not refused');
});
