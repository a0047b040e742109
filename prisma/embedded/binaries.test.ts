import { execFile } from 'node:child_process';
import { chmod, cp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { postgresAccount } from './account.ts';
import { findBinaries, installedPackage } from './binaries.ts';
import { temporaryHome } from './testing.ts';

const asRoot = process.getuid?.() === 0;

/** An installed package as it is after `npm ci --ignore-scripts`: no links between libraries, nothing executable. */
async function bareInstall(): Promise<{ home: string; installed: string }> {
  const home = await temporaryHome();
  const installed = join(home, 'package');
  await cp(installedPackage(), installed, { recursive: true, verbatimSymlinks: true });
  for (const name of await readdir(join(installed, 'native', 'lib'))) {
    const path = join(installed, 'native', 'lib', name);
    if (/^lib(pq|icu\w+)\.so(\.\d+)?$/.test(name)) await rm(path);
  }
  for (const name of ['initdb', 'pg_ctl', 'postgres']) await chmod(join(installed, 'native', 'bin', name), 0o644);
  return { home, installed };
}

test('works where no install script ran', async () => {
  const { home, installed } = await bareInstall();
  const binaries = await findBinaries(postgresAccount(), join(home, 'cache'), installed);
  expect(binaries.postgres).toBe(join(installed, 'native', 'bin', 'postgres'));
  const { stdout } = await promisify(execFile)(binaries.postgres, ['--version']);
  expect(stdout).toContain(`PostgreSQL) ${binaries.major}.`);
});

test.runIf(asRoot)('copies the programs where the account that runs them cannot reach the installed ones', async () => {
  const { home, installed } = await bareInstall();
  await chmod(installed, 0o700);
  const account = postgresAccount();
  const binaries = await findBinaries(account, join(home, 'cache'), installed);
  expect(binaries.postgres.startsWith(join(home, 'cache'))).toBe(true);
  const identity = { uid: account.uid, gid: account.gid };
  await expect(promisify(execFile)(binaries.initdb, ['--version'], { ...identity, cwd: '/' })).resolves.toBeTruthy();
  const made = (await stat(binaries.postgres)).ctimeMs;
  await findBinaries(account, join(home, 'cache'), installed);
  expect((await stat(binaries.postgres)).ctimeMs).toBe(made);
});
