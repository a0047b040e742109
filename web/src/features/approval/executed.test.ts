import { expect, test } from 'vitest';
import { executed, isTold } from './executed.ts';

test.each([
  [{ command: 'true' }, 'true'],
  [{ command: '/opt/my tools/node', args: ['-e', "console.log('hi')", '', '--max=1'] }, "'/opt/my tools/node' -e 'console.log('\\''hi'\\'')' '' --max=1"],
  [{ command: 'claude', extraArgs: ['--add-dir', '/'] }, 'claude … --add-dir /'],
  [{ command: 'claude', extraArgs: [] }, 'claude'],
  [{ url: 'https://agent.example.com/wake?for=pip', method: 'POST' }, 'POST https://agent.example.com/wake?for=pip'],
  [{ url: 'https://agent.example.com' }, 'https://agent.example.com'],
  [{ model: 'sonnet' }, null],
  [null, null],
])('%#: what would be executed', (config, line) => expect(executed(config)).toBe(line));

test('a script that the program would read is not passed over', () => {
  expect([{ command: 'bash', stdin: 'echo hi' }, { command: 'bash' }, { command: 'bash', stdin: '' }, null].map(isTold)).toEqual([true, false, false, false]);
});
