import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Check } from '../contract.ts';
import { localProbe } from '../targets/local/probe.ts';
import { checkClaude } from './check.ts';
import type { ClaudeConfig } from './config.ts';
import { contextWith } from './testing.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check claude '));
});
afterEach(() => rm(folder, { recursive: true }));

/** A stand-in that answers what the check asks, as Claude Code 2.1 does; `id` is replaced to play any user. */
async function install({ version = '2.1.197 (Claude Code)', auth = '{"loggedIn":true,"authMethod":"api_key"}', user = '1000' } = {}): Promise<void> {
  await program('claude', `case "$1" in --version) echo '${version}';; auth) echo '${auth}';; esac`);
  await program('id', `echo ${user}`);
}

async function program(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

async function check(config: Partial<ClaudeConfig> = {}): Promise<Record<string, Check>> {
  const checks = await checkClaude(contextWith(config).config, localProbe({ PATH: `${folder}:/usr/bin:/bin` }));
  return Object.fromEntries(checks.map((each) => [each.name, each]));
}

test('all well', async () => {
  await install();
  const report = await check({ cwd: folder });
  expect(Object.values(report).map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['folder OK', 'program OK', 'version OK', 'login OK']);
  expect(report['version']?.message).toBe('Claude Code 2.1.197');
});

test('not installed: says how to install it, and asks nothing further', async () => {
  const report = await check({ command: 'no-such-claude' });
  expect(report).toEqual({ program: { name: 'program', outcome: 'FAILED', message: 'no-such-claude was not found', hint: expect.stringContaining('npm install -g') } });
});

test('a folder that is not there', async () => {
  await install();
  expect((await check({ cwd: join(folder, 'gone') }))['folder']).toMatchObject({ outcome: 'FAILED', message: expect.stringContaining('missing') });
});

test('a program that does not start, is something else, or is old', async () => {
  await install();
  await program('claude', 'echo "cannot execute" >&2; exit 126');
  expect((await check())['version']).toMatchObject({ outcome: 'FAILED', message: expect.stringContaining('cannot execute') });
  await install({ version: '3.2.1 another claude' });
  expect((await check())['version']).toMatchObject({ outcome: 'WARNING' });
  await install({ version: '1.0.3 (Claude Code)' });
  expect((await check())['version']).toMatchObject({ outcome: 'WARNING', hint: expect.stringContaining('Update') });
});

test('not logged in says what to do; a program that does not tell is judged by the key', async () => {
  await install({ auth: '{"loggedIn":false,"authMethod":"none"}' });
  expect((await check())['login']).toMatchObject({ outcome: 'FAILED', hint: expect.stringContaining('ANTHROPIC_API_KEY') });
  await install({ auth: 'error: unknown command' });
  expect((await check())['login']?.outcome).toBe('WARNING');
  expect((await check({ env: { ANTHROPIC_API_KEY: 'secret-value' } }))['login']).toEqual({ name: 'login', outcome: 'OK', message: 'ANTHROPIC_API_KEY is set' });
});

test('root may not skip permissions, unless it is in a sandbox', async () => {
  await install({ user: '0' });
  expect((await check())['permissions']).toMatchObject({ outcome: 'FAILED', hint: expect.stringContaining('IS_SANDBOX=1') });
  expect((await check({ env: { IS_SANDBOX: '1' } }))['permissions']).toBeUndefined();
  expect((await check({ skipPermissions: false, allowedTools: ['Read'] }))['permissions']).toBeUndefined();
});

test('an agent that may use no tool is told so', async () => {
  await install();
  expect((await check({ skipPermissions: false }))['permissions']).toMatchObject({ outcome: 'WARNING' });
});
