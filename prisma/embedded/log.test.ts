import { appendFile, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rotateLog } from './log.ts';
import { temporaryHome } from './testing.ts';

test('a log past its limit is set aside, and whoever has it open goes on writing from its start', async () => {
  const file = join(await temporaryHome(), 'postgres.log');
  const writer = await open(file, 'a');
  await writer.write('old '.repeat(10));
  await rotateLog(file, 20);
  await writer.write('new');
  await writer.close();
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await readFile(`${file}.1`, 'utf8')).toBe('old '.repeat(10));
});

test('a log within its limit, or none at all, is left alone', async () => {
  const file = join(await temporaryHome(), 'postgres.log');
  await rotateLog(file, 20);
  await appendFile(file, 'short');
  await rotateLog(file, 20);
  expect(await readFile(file, 'utf8')).toBe('short');
});
