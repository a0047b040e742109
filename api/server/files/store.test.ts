import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FileStore } from './store.ts';

async function* bytes() {
  yield Buffer.from('hello');
}

test('a disk that is nearly full is left to the database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boardroom-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const full = new FileStore(folder, 2n ** 62n);
  await expect(full.store(bytes(), 10n)).rejects.toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('nearly full') });
  expect(await readdir(full.incoming)).toEqual([]);
  expect((await new FileStore(folder, 0n).store(bytes(), 10n)).byteSize).toBe(5n);
});
