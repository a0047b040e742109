import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectFolder } from './boardroom.ts';

export interface Ended { code: number | null; stdout: string; stderr: string }

export interface Circumstances {
  /** What it reads from standard input. */
  input?: string;
  env?: Record<string, string>;
}

/** The `boardroom` command in a process of its own, as somebody calls it who has nothing else in the environment. */
export function boardroomCommand(address: string, args: string[], { input = '', env = {} }: Circumstances = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(projectFolder, 'api/cli/boardroom'), args, { env: { PATH: process.env['PATH'], BOARDROOM_API_URL: address, ...env } });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code, stdout: stripVTControlCharacters(ended.stdout) }));
    child.stdin.on('error', () => undefined); // it need not read what it is given
    child.stdin.end(input);
  });
}

/** What a command prints with --json; anything but success fails the test. */
export async function commandData<T>(address: string, args: string[], circumstances?: Circumstances): Promise<T> {
  const { code, stdout, stderr } = await boardroomCommand(address, [...args, '--json'], circumstances);
  if (code !== 0) throw new Error(`boardroom ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as T;
}
