import { spawn } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** A Boardroom as `npm start` runs it, on a free port. */
export interface RunningBoardroom {
  address: string;
  home: string;
  /** What it has printed so far. */
  output: () => string;
  /** Settles with the text once something printed matches. */
  printed: (pattern: RegExp) => Promise<string>;
  /** Stops it in good order and returns its exit code. */
  stop: () => Promise<number | null>;
}

export interface StartOptions {
  home?: string;
  args?: string[];
  env?: Record<string, string>;
}

/** A folder that the database's own user can pass, which a fresh temporary one is not. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `boardroom-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** Starts everything and waits until it says that it is ready. */
export async function startBoardroom({ home, args = [], env = {} }: StartOptions = {}): Promise<RunningBoardroom> {
  const folder = home ?? (await temporaryFolder('home'));
  const child = spawn(process.execPath, ['api/main.ts', '--home', folder, '--port', '0', ...args], {
    cwd: projectFolder,
    env: { ...withoutSettings(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const printed = async (pattern: RegExp) => {
    for (let match = pattern.exec(output); ; match = pattern.exec(output)) {
      if (match) return match[0];
      if (child.exitCode !== null) throw new Error(`Boardroom ended with ${child.exitCode}:\n${output}`);
      await sleep(20);
    }
  };
  const line = await printed(/ready at (http:\S+)/);
  return {
    address: line.replace('ready at ', ''),
    home: folder,
    output: () => output,
    printed,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The settings of whoever runs the tests are not those of the Boardroom under test. */
export function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(BOARDROOM_|PAPERCLIP_|DATABASE_URL$|REDIS_URL$|NODE_TEST_CONTEXT$|VITEST)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

/** Asks the API as the board, and fails on any error in the answer. */
export async function ask<T>(address: string, query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}

/** One page of a list, as far as a test needs it. */
export interface Page<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Every node of a connection that a query reaches, page by page; the query takes `$after`. */
export async function askAll<T, D>(
  address: string, query: string, variables: Record<string, unknown>,
  pick: (data: D) => Page<T>,
): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = pick(await ask<D>(address, query, { ...variables, after }));
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}

/** Asks until the answer satisfies. */
export async function askUntil<T>(ask: () => Promise<T>, satisfied: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    await sleep(100);
  }
}
