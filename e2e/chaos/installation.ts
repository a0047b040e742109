import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUrl } from '../../prisma/embedded/connection.ts';
import { readPostmaster } from '../../prisma/embedded/postmaster.ts';
import { projectFolder, temporaryFolder, withoutSettings } from '../support/boardroom.ts';
import { census, type Member, signal } from './census.ts';

const START_LIMIT_MS = 60_000;

/** One home folder with a Boardroom on it, which may be killed and started again. */
export class Installation {
  readonly home: string;
  readonly port: number;
  readonly address: string;
  #child: ChildProcess | null = null;
  #output = '';
  #isToEnd = true;
  #hasStarted = false;
  /** Supervisors that ended although nobody asked them to. */
  readonly surprises: string[] = [];

  private constructor(home: string, port: number) {
    this.home = home;
    this.port = port;
    this.address = `http://127.0.0.1:${port}`;
  }

  static async make(): Promise<Installation> {
    return new Installation(await temporaryFolder('chaos'), await freePort());
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts the supervisor; `ready` tells when everything works. */
  start(): void {
    const child = spawn(process.execPath, ['api/main.ts', '--home', this.home, '--port', String(this.port)], {
      cwd: projectFolder, env: { ...withoutSettings(process.env), BOARDROOM_HOME: this.home, BOARDROOM_LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#isToEnd = false;
    this.#output = '';
    this.#hasStarted = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-20_000);
        this.#hasStarted ||= child === this.#child && this.#output.includes('ready at');
        appendFileSync(join(this.home, 'chaos.log'), text);
      });
    }
    child.once('exit', (code, name) => {
      if (child === this.#child && !this.#isToEnd) this.surprises.push(`the supervisor ended by itself (${name ?? code}): ${lastLines(this.#output)}`);
    });
  }

  note(text: string): void {
    appendFileSync(join(this.home, 'chaos.log'), `${new Date().toISOString()} chaos: ${text}\n`);
  }

  /** True once the whole of it works, and is one of each; false where that takes too long. */
  async ready(limitMs = START_LIMIT_MS): Promise<boolean> {
    for (const end = Date.now() + limitMs; Date.now() < end; await sleep(50)) {
      if (!this.isRunning) return false;
      const living = census(this.home);
      const one = (kind: Member['kind']) => living.filter((member) => member.kind === kind).length === 1;
      if (one('api') && one('worker') && one('postgres') && this.#hasStarted && (await answers(`${this.address}/readyz`))) return true;
    }
    return false;
  }

  async kill(): Promise<void> {
    this.#isToEnd = true;
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const gone = exitOf(child);
    child.kill('SIGKILL');
    await gone;
  }

  /** Stops it in good order. Null: it took too long. */
  async stop(limitMs = 40_000): Promise<number | null> {
    this.#isToEnd = true;
    const child = this.#child;
    if (!child || !this.isRunning) return child?.exitCode ?? null;
    const gone = exitOf(child);
    child.kill('SIGTERM');
    await Promise.race([gone, sleep(limitMs, undefined, { ref: false })]);
    return child.exitCode;
  }

  /** Leaves nothing behind, whatever happened. */
  async destroy(): Promise<void> {
    await this.stop(15_000);
    for (let round = 0; round < 20 && census(this.home).length > 0; round += 1) {
      for (const member of census(this.home)) signal(member, 'SIGKILL');
      await sleep(50);
    }
  }

  /** How to reach its database; null while there is none. */
  async databaseUrl(): Promise<string | null> {
    const path = join(this.home, 'postgres');
    const postmaster = await readPostmaster(path);
    const seal = await readFile(join(path, 'boardroom.json'), 'utf8').catch(() => null);
    if (!postmaster || seal === null) return null;
    return databaseUrl({ path, created: false, ...(JSON.parse(seal) as { password: string }) }, postmaster.port);
  }
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then((response) => response.ok, () => false);
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-4).join(' | ');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
