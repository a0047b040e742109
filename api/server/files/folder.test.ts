import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestBoardroom, testBoardroom } from '../../../schema/testing/boardroom.ts';
import { filesOf } from './folder.ts';
import { sweepFiles } from './sweep.ts';

let home: string;
let one: TestBoardroom;
let other: TestBoardroom;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'boardroom-home-'));
  [one, other] = await Promise.all([testBoardroom(), testBoardroom()]);
  // Test databases are copies of one template.
  await other.db.prisma.instance.update({ where: { id: 1 }, data: { createdAt: new Date(0) } });
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await rm(home, { recursive: true });
});

test('a database tried at the same home leaves the files of the one before', async () => {
  const files = await filesOf(one.db, home);
  const { sha256 } = await files.store((async function* () { yield Buffer.from('kept'); })(), 10n);
  const old = new Date(Date.now() - 2 * 3_600_000);
  await utimes(files.pathOf(sha256), old, old);
  expect(await sweepFiles(other.db, await filesOf(other.db, home))).toBe(0);
  await (await files.open(sha256)).close();
  // Found again by whoever opens the first, and swept by it alone: no attachment of its own has it.
  expect(await sweepFiles(one.db, await filesOf(one.db, home))).toBe(1);
});
