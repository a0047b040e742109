import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const file = fileURLToPath(new URL('fixtures/no-file-left.ts', import.meta.url));

test('a process that has no file left is told so, and does not end by it', async () => {
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'ulimit -n 100 && exec "$0" "$1"', process.execPath, file]);
  expect(JSON.parse(stdout)).toEqual({
    without: {
      probe: { code: null, stdout: '', error: 'spawn echo EMFILE' },
      provision: { kind: 'failed', message: 'the shell could not be started: spawn /bin/sh EMFILE' },
    },
    after: { probe: { code: 0, stdout: 'here\n' }, provision: { kind: 'succeeded', message: null } },
  });
});
