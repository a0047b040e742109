import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/* What a process of Boardroom lives through though nobody hears it. */
const file = fileURLToPath(new URL('fixtures/process.ts', import.meta.url));

async function ended(args: string[], output: FileHandle | null = null): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', output?.fd ?? 'ignore', 'pipe'] });
  const [said, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'exit') as Promise<[number | null]>]);
  return { code, said };
}

const full = '/dev/full';

test.skipIf(!existsSync(full))('a log that cannot be written, as on a full disk, ends nothing and holds up no end', async () => {
  const output = await open(full, 'w');
  expect(await ended([], output)).toEqual({ code: 0, said: 'to the end\n' });
  await output.close();
});

test('that the database was away for something that nobody waited for ends nothing; a fault does', async () => {
  expect(await ended(['57P01'])).toEqual({ code: 0, said: 'to the end\n' });
  const { code, said } = await ended(['ERR_OTHER']);
  expect(code).not.toBe(0);
  expect(said).toContain('nobody waits for this');
});
