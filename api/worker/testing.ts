import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { LiveBus } from '../live/bus.ts';
import { connectBus } from '../live/connect.ts';
import type { Run } from '../../prisma/generated/client.ts';
import { isRunOver } from '../../schema/run/rules.ts';
import { testCompany, type TestCompany } from '../../schema/run/testing.ts';

const workerFile = fileURLToPath(new URL('main.ts', import.meta.url));

/** In a script: it goes on once the test has done what it does meanwhile, however long that takes on a busy machine. */
export const untilLetGo = 'until [ -e "$AGENT_HOME/go" ]; do sleep 0.02; done';

/** A company with a home folder, real worker processes when asked for, and real agents: scripts of the process adapter. */
export class Office {
  readonly acme: TestCompany;
  readonly home: string;
  readonly #closeBus: () => Promise<void>;
  readonly #workers = new Set<ChildProcess>();

  private constructor(acme: TestCompany, home: string, closeBus: () => Promise<void>) {
    this.acme = acme;
    this.home = home;
    this.#closeBus = closeBus;
  }

  static async open(): Promise<Office> {
    let bus: LiveBus | undefined;
    const acme = await testCompany(async (databaseUrl) => (bus = await connectBus({ databaseUrl, name: 'boardroom-test' })));
    return new Office(acme, await mkdtemp(join(tmpdir(), 'boardroom worker ')), async () => bus?.close());
  }

  async startWorker(environment: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
    const child = fork(workerFile, [], {
      env: { PATH: process.env['PATH'], HOME: this.home, BOARDROOM_HOME: this.home, DATABASE_URL: this.acme.url, BOARDROOM_LOG_LEVEL: process.env['WORKER_LOG'] ?? 'silent', ...environment },
      execArgv: [], detached: true,
    });
    this.#workers.add(child);
    child.once('exit', () => this.#workers.delete(child));
    await once(child, 'message');
    return child;
  }

  /** Ends a worker as `kill -9` does. */
  async kill(worker: ChildProcess): Promise<void> {
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
  }

  async stop(worker: ChildProcess, signal: 'SIGTERM' | 'SIGHUP' = 'SIGTERM'): Promise<number | null> {
    const gone = once(worker, 'exit') as Promise<[number | null]>;
    worker.kill(signal);
    return (await gone)[0];
  }

  /** Hires an agent that runs this program, wakes it, and gives back the run's id. */
  async run(config: Record<string, unknown>): Promise<string> {
    const agent = await this.acme.agent({ adapterType: 'process', adapterConfig: config });
    return this.wake(agent.id);
  }

  async wake(agentId: string, issueId: string | null = null): Promise<string> {
    return (await this.acme.wake(agentId, issueId)).runId as string;
  }

  shell(script: string, config: Record<string, unknown> = {}): Promise<string> {
    return this.run({ command: 'sh', args: ['-c', script], ...config });
  }

  async ended(runId: string, timeout = 60_000): Promise<Run> {
    await expect.poll(async () => isRunOver((await this.acme.run(runId)).status), { timeout, interval: 20 }).toBe(true);
    return this.acme.run(runId);
  }

  async text(runId: string, stream: 'STDOUT' | 'STDERR' = 'STDOUT'): Promise<string> {
    const chunks = await this.acme.db.prisma.runLog.findMany({ where: { runId, stream }, orderBy: { seq: 'asc' } });
    return chunks.map((chunk) => chunk.text).join('');
  }

  /** Waits until the run has printed what is looked for. */
  async printed(runId: string, text: string): Promise<void> {
    await expect.poll(() => this.text(runId), { timeout: 60_000, interval: 10 }).toContain(text);
  }

  /** Ends the wait of a script that has `untilLetGo` in it. */
  async letGo(runId: string): Promise<void> {
    await writeFile(join(this.home, 'workspaces', (await this.acme.run(runId)).agentId, 'go'), '');
  }

  /** Breaks every connection to the database, as its death does, and comes back once its own are known to be broken. */
  async breakConnections(): Promise<void> {
    const name = new URL(this.acme.url).pathname.slice(1);
    await this.acme.db.prisma.$queryRaw`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = ${name} AND pid <> pg_backend_pid() AND application_name LIKE 'boardroom%'`.catch(() => undefined);
    await setImmediate(); // what the others said last has come, and is heard in this turn
  }

  async events(runId: string): Promise<string[]> {
    return (await this.acme.db.prisma.runEvent.findMany({ where: { runId }, orderBy: { id: 'asc' } })).map((event) => event.kind);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => this.stop(worker)));
    await this.#closeBus();
    await this.acme.close();
    await rm(this.home, { recursive: true, force: true });
  }
}
