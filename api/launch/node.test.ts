import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const old = `--import=data:text/javascript,${encodeURIComponent("Object.defineProperty(process, 'version', { value: 'v18.20.0' })")}`;

/** The launcher alone in a folder, run by a Node that says it is old. */
async function launcher(): Promise<{ root: string; start: string }> {
  const root = await mkdtemp(join(tmpdir(), 'boardroom launcher '));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'api', 'launch'), { recursive: true });
  for (const name of ['start.mjs', 'node.mjs', 'make.mjs']) {
    await copyFile(new URL(name, import.meta.url), join(root, 'api', 'launch', name));
  }
  return { root, start: join(root, 'api', 'launch', 'start.mjs') };
}

test('a Node that will not do is refused in one line', async () => {
  const { start } = await launcher();
  const refused = await run(process.execPath, [old, start]).catch((error: { code: number; stderr: string }) => error);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toMatch(/^Boardroom needs Node 24 or newer and this is v18\.20\.0: .*\n$/);
});

test('the Node that came with the install takes over, and its exit code is passed on', async () => {
  const { root, start } = await launcher();
  await mkdir(join(root, 'node_modules', '.bin'), { recursive: true });
  await symlink(process.execPath, join(root, 'node_modules', '.bin', 'node'));
  // It gets as far as looking for what the launcher alone does not bring.
  const ended = await run(process.execPath, [old, start]).catch((error: { code: number; stderr: string }) => error);
  expect(ended).toMatchObject({ code: 1 });
  expect(ended.stderr).toContain('build.mjs');
});

test('an install without a usable Node succeeds and says what is missing', async () => {
  const { root } = await launcher();
  const { stderr } = await run(process.execPath, [old, join(root, 'api', 'launch', 'make.mjs'), 'install']);
  expect(stderr).toMatch(/^Boardroom needs Node 24/);
});
