import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claudeCodeVersion, installClaudeCode } from './claude-code.ts';
import { recordings, type Recording } from './record-claude-scenes.ts';
import { startModelServer } from './model-server.ts';

/**
 * Records what the real Claude Code prints in each scene, as fixtures for the adapter's tests:
 * `node e2e/support/record-claude.ts [name...]`. Paths of this machine are replaced.
 */
const fixtures = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'adapters', 'claude', 'fixtures');

async function record(name: string, scene: Recording): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'record-claude-'));
  const cwd = join(folder, 'work');
  mkdirSync(cwd);
  for (const [path, content] of Object.entries(scene.files ?? {})) writeFileSync(join(cwd, path), content);
  const model = await startModelServer(scene.script);
  const args = ['--print', '--output-format', 'stream-json', '--verbose', ...(scene.args ?? ['--dangerously-skip-permissions'])];
  const env = {
    PATH: process.env['PATH'], HOME: folder, ANTHROPIC_BASE_URL: model.url, ANTHROPIC_API_KEY: 'made-up', IS_SANDBOX: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_MAX_RETRIES: '1', ...scene.env,
  };
  const child = spawn(installClaudeCode(), args, { cwd, env, stdio: 'pipe' });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
      if (scene.killAfter?.test(printed.stdout)) child.kill('SIGTERM');
    });
  }
  child.stdin.end(scene.prompt ?? 'Do the work.');
  const exit = await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  await model.close();
  const clean = (text: string): string[] => lines(text.replaceAll(folder, '/home/agent').replaceAll(folder.replaceAll('/', '-'), '-home-agent'));
  const fixture = { version: claudeCodeVersion, arguments: args, exit, stdout: clean(printed.stdout), stderr: clean(printed.stderr) };
  writeFileSync(join(fixtures, `${name}.json`), `${JSON.stringify(fixture, null, 1)}\n`);
  rmSync(folder, { recursive: true });
  console.log(name, exit, `${fixture.stdout.length} lines`);
}

/** Whole lines; the last one without a newline stays as it is. */
function lines(text: string): string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}

const wanted = process.argv.slice(2);
for (const [name, scene] of Object.entries(recordings)) {
  if (wanted.length === 0 || wanted.includes(name)) await record(name, scene);
}
