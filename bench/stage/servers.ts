import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { boardroomProcesses } from '../../api/launch/supervisor.ts';

export interface BenchServer {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

/** The product's processes as its supervisor starts them, and the baselines. */
const plans = new Map([
  ...boardroomProcesses.map(({ name, file, execArgv = [] }) => [name, { file, execArgv }] as const),
  ...['yoga', 'node'].map((name) => [name, { file: fileURLToPath(new URL(`../baseline/${name}.ts`, import.meta.url)), execArgv: [] as string[] }] as const),
]);

/** Starts one process and waits until it says that it is ready. */
export async function startServer(kind: 'api' | 'worker' | 'yoga' | 'node', environment: Record<string, string>): Promise<BenchServer> {
  const { file, execArgv } = plans.get(kind) as { file: string; execArgv: string[] };
  const child = fork(file, [], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production', BOARDROOM_PORT: '0', BOARDROOM_LOG_LEVEL: 'error', ...environment },
    execArgv,
  });
  const port = await readiness(child, kind);
  return {
    pid: child.pid as number,
    port,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function readiness(child: ChildProcess, kind: string): Promise<number> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${kind} ended with ${code} before it was ready`);
  });
  for (;;) {
    const [message] = (await Promise.race([once(child, 'message'), failed])) as [{ ready?: boolean; port?: number }];
    if (message.ready) return message.port ?? 0;
  }
}
