import { expect, test } from 'vitest';
import { claudeInvocation } from './arguments.ts';
import { claudeConfig } from './config.ts';
import { sessionOf } from './session.ts';
import { contextWith } from './testing.ts';

const sessionId = '0b5f9a3e-6a51-4c1e-9d2e-0f6a4c1b7e11';

test('a plain configuration asks for streamed JSON and skips permissions, with the prompt on standard input', () => {
  const { command, args, stdin, files } = claudeInvocation(contextWith());
  expect(command).toBe('claude');
  expect(args).toEqual(['--print', '--output-format', 'stream-json', '--verbose', '--dangerously-skip-permissions']);
  expect(stdin).toContain('ACME-12');
  expect(files).toEqual({});
});

test('every setting has its argument, long ones go into files, further arguments come last', () => {
  const { args, files } = claudeInvocation(contextWith({
    model: 'opus', effort: 'high', maxTurns: 30, chrome: true, instructions: 'Be brief.', addDirs: ['/data', '/more'],
    mcpServers: { docs: { command: 'docs-server' } }, extraArgs: ['--max-budget-usd', '5'],
  }));
  expect(args.slice(4)).toEqual([
    '--dangerously-skip-permissions', '--chrome', '--model', 'opus', '--effort', 'high', '--max-turns', '30',
    '--append-system-prompt-file', '/spool/run-1/scratch/instructions.md',
    '--mcp-config', '/spool/run-1/scratch/mcp.json', '--strict-mcp-config',
    '--add-dir', '/data', '--add-dir', '/more', '--max-budget-usd', '5',
  ]);
  expect(files).toEqual({ 'instructions.md': 'Be brief.', 'mcp.json': '{"mcpServers":{"docs":{"command":"docs-server"}}}' });
});

test('without skipped permissions the allowed tools are named one by one', () => {
  const { args } = claudeInvocation(contextWith({ skipPermissions: false, allowedTools: ['Read', 'Bash(git *)'], model: 'opus' }));
  expect(args.slice(4)).toEqual(['--allowedTools', 'Read', 'Bash(git *)', '--model', 'opus']);
});

test('the agent’s environment wins over what the adapter sets', () => {
  expect(claudeInvocation(contextWith()).env).toEqual({ DISABLE_AUTOUPDATER: '1' });
  expect(claudeInvocation(contextWith({ env: { DISABLE_AUTOUPDATER: '0', A: 'b' } })).env).toEqual({ DISABLE_AUTOUPDATER: '0', A: 'b' });
});

test('a matching session is resumed with the wake alone; the instructions go along, as sessions do not keep them', () => {
  const context = contextWith({ instructions: 'Be brief.' });
  const { args, stdin } = claudeInvocation({ ...context, session: sessionOf(sessionId, context) });
  expect(args.slice(4, 7)).toEqual(['--resume', sessionId, '--dangerously-skip-permissions']);
  expect(args).toContain('--append-system-prompt-file');
  expect(stdin).toContain('the issue was assigned to you');
  expect(stdin).not.toContain('You are Ada');
});

test('a session held under other conditions is not resumed', () => {
  const context = contextWith({ model: 'opus' });
  const session = sessionOf(sessionId, context);
  for (const other of [
    contextWith({ model: 'sonnet' }, { session }),
    contextWith({ model: 'opus' }, { session, cwd: '/elsewhere' }),
    contextWith({ model: 'opus', instructions: 'Be long.' }, { session }),
    contextWith({ model: 'opus', env: { ANTHROPIC_BASE_URL: 'http://gateway' } }, { session }),
  ]) {
    const { args, stdin } = claudeInvocation(other);
    expect(args).not.toContain('--resume');
    expect(stdin).toContain('You are Ada');
  }
});

test('a changed key, time limit or effort does not cost the agent its conversation', () => {
  const session = sessionOf(sessionId, contextWith());
  const { args } = claudeInvocation(contextWith({ env: { ANTHROPIC_API_KEY: 'new' }, timeoutSec: 60, effort: 'low', maxTurns: 3 }, { session }));
  expect(args).toContain('--resume');
});

test('an id that is no UUID is neither stored nor handed to the program', () => {
  expect(sessionOf('--help', contextWith())).toBeNull();
  const context = contextWith();
  const session = sessionOf(sessionId, context);
  const forged = { ...session, params: { ...session?.params, sessionId: '--help' }, displayId: null };
  expect(claudeInvocation({ ...context, session: forged }).args).not.toContain('--resume');
});

test('bad configuration is refused field by field', () => {
  const issues = claudeConfig.safeParse({ model: '', effort: 'huge', maxTurns: 0, cwd: 'relative', extraArgs: ['a\0b'], env: { '1A': 'x' }, colour: 'red' })
    .error?.issues.map((issue) => issue.path.join('.'));
  expect(issues?.sort()).toEqual(['', 'cwd', 'effort', 'env.1A', 'extraArgs.0', 'maxTurns', 'model']);
});
