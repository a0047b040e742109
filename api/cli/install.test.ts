import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installCommand } from './install.ts';

const run = promisify(execFile);
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "boardroom it's here-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('the command in the home starts that of this installation, from anywhere', async () => {
  await installCommand(home);
  const command = await installCommand(home);
  const { stdout } = await run(command, ['issue', '--help'], { cwd: '/', env: { PATH: '/usr/bin:/bin' } });
  expect(stdout).toContain('boardroom issue checkout');
});

test('it finds its way through the links that npm makes', async () => {
  const link = join(home, 'linked');
  await symlink(fileURLToPath(new URL('boardroom', import.meta.url)), link);
  await symlink('linked', join(home, 'twice'));
  expect((await run(join(home, 'twice'), ['--help'], { cwd: '/' })).stdout).toContain('boardroom inbox');
});

test('arguments arrive as they were given', async () => {
  const command = await installCommand(home);
  const failed = await run(command, ['no such "command" $HOME']).catch((error: { code: number; stderr: string }) => error);
  expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining('no command no such "command" $HOME') });
});
