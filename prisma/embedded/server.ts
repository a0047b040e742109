import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { isOutage } from '../outage.ts';
import { DatabaseProblem } from '../problem.ts';
import { postgresAccount, type Account } from './account.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { answers, databaseUrl, ensureDatabase, socketFits } from './connection.ts';
import { openDataFolder, type DataFolder } from './data-folder.ts';
import { rotateLog } from './log.ts';
import { freePort, isAlive, readPostmaster, servesFolder, signalProcess, type Postmaster } from './postmaster.ts';
import { serverSettings } from './settings.ts';
import { endWhenStuck } from './stuck.ts';

/** Where the embedded Postgres keeps its things. */
export interface EmbeddedOptions {
  /** The data folder, made if missing. */
  data: string;
  /** The file that the server logs to. */
  log: string;
  /** For a copy of the programs, where the installed ones cannot be used. */
  cache: string;
  /** The TCP port to take if it is free. */
  port?: number;
  settings?: Record<string, string>;
  /** False for data that need not survive the machine. */
  durable?: boolean;
}

/** A running Postgres that is ours alone. */
export interface EmbeddedPostgres {
  url: string;
  pid: number;
  port: number;
  data: string;
  created: boolean;
  /** It was running already, left by a Boardroom that was killed. */
  adopted: boolean;
  /** What the person who started it should know. */
  notes: string[];
  /** Settles when the server is gone, whoever ended it. */
  ended: Promise<void>;
  /** Ends it after it has written everything, breaking connections that are open. */
  stop(): Promise<void>;
}

const preferredPort = 54329;
const startsMax = 5;

/** Starts Postgres on the data folder, or takes over the one that runs there. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const notes: string[] = [];
  const account = postgresAccount();
  if (account.dropped) notes.push(`Postgres does not run as root: it runs as the user ${account.name}`);
  const binaries = await findBinaries(account, account.dropped ? '/var/lib/boardroom' : options.cache);
  const folder = await openDataFolder(options.data, binaries, account, notes, options.durable ?? true);
  const { url, postmaster: { pid, port }, child } = await serve(folder, binaries, account, options);
  const wanted = options.port ?? preferredPort;
  if (child && wanted !== 0 && port !== wanted) notes.push(`Port ${wanted} is taken: Postgres listens on ${port}`);
  if (!child) notes.push(`Adopted the Postgres that was still running (process ${pid})`);
  return {
    url, pid, port, data: folder.path, created: folder.created, adopted: child === undefined, notes,
    ended: child ? exitOf(child) : goneFrom(pid, folder.path, 500),
    stop: () => stop(pid, folder.path),
  };
}

interface Serving {
  url: string;
  postmaster: Postmaster;
  /** None where it was running already. */
  child?: ChildProcess;
}

/** A server that has the database. One that somebody kills meanwhile is started again. */
async function serve(folder: DataFolder, binaries: Binaries, account: Account, options: EmbeddedOptions): Promise<Serving> {
  for (let attempt = 1; ; attempt += 1) {
    const running = await adopt(folder);
    if (running) return { url: databaseUrl(folder, running.port), postmaster: running };
    const started = await launch(folder, binaries, account, options);
    const url = databaseUrl(folder, started.postmaster.port);
    try {
      await ensureDatabase(url);
      return { url, ...started };
    } catch (error) {
      if (attempt === startsMax || !isOutage(error)) throw error;
      await Promise.race([exitOf(started.child), sleep(100)]);
    }
  }
}

/** The server that runs on this folder, once it is ready; one that is about to stop is waited for. */
async function adopt(folder: DataFolder): Promise<Postmaster | undefined> {
  const watching = new AbortController();
  try {
    return await serving(folder, (pid) => void endWhenStuck(pid, watching.signal));
  } finally {
    watching.abort();
  }
}

async function serving(folder: DataFolder, onSeen: (pid: number) => void): Promise<Postmaster | undefined> {
  const data = folder.path;
  for (let waited = 0, seen = 0; waited < 60_000; waited += 50) {
    const found = await readPostmaster(data);
    if (!found) return undefined;
    if (!(await servesFolder(found.pid, data))) {
      // Postgres itself clears the files of a dead server, but not where the process number lives on: as something else,
      // or as a corpse that nobody has collected.
      if (isAlive(found.pid)) await clearLocks(data);
      return undefined;
    }
    if (found.ready && (await answers(databaseUrl(folder, found.port)))) return found;
    if (found.pid !== seen) onSeen(found.pid);
    seen = found.pid;
    await sleep(50);
  }
  throw new DatabaseProblem(`A Postgres on ${data} has been starting or stopping for a minute. Wait for it, or end it.`);
}

/** The lock of the folder and those of the sockets, which lie there too. */
async function clearLocks(data: string): Promise<void> {
  const locks = (await readdir(data)).filter((name) => name === 'postmaster.pid' || name.startsWith('.s.PGSQL.'));
  await Promise.all(locks.map((name) => rm(join(data, name), { force: true })));
}

async function launch(
  folder: DataFolder, binaries: Binaries, account: Account, options: EmbeddedOptions,
): Promise<{ child: ChildProcess; postmaster: Postmaster }> {
  await rotateLog(options.log);
  let wanted = options.port ?? preferredPort;
  for (let attempt = 1; ; attempt += 1) {
    const before = (await stat(options.log).catch(() => undefined))?.size ?? 0;
    const port = await freePort(wanted);
    const child = await run(folder, binaries, account, options, port);
    const postmaster = await ready(child, folder.path);
    if (postmaster) return { child, postmaster };
    const said = (await readFile(options.log)).subarray(before).toString();
    // Processes of a killed server still finish their work; the new one must not start beside them.
    if (said.includes('pre-existing shared memory block') && attempt < 300) await sleep(100);
    else if (said.includes('could not create any TCP/IP sockets') && attempt < startsMax) wanted = 0;
    // It, or the process that recovers for it, was killed: no reason of its own.
    else if ((child.signalCode !== null || said.includes('was terminated by signal')) && attempt < startsMax) await sleep(100);
    else throw new DatabaseProblem(`Postgres did not start on ${options.data}: ${reason(said)} (see ${options.log})`);
  }
}

async function run(
  folder: DataFolder, binaries: Binaries, account: Account, options: EmbeddedOptions, port: number,
): Promise<ChildProcess> {
  const sockets = socketFits(folder.path, port) ? `"${folder.path.replaceAll('"', '""')}"` : '';
  const settings = { ...(options.settings ?? serverSettings), listen_addresses: '127.0.0.1', port: String(port) };
  const flags = Object.entries({ ...settings, unix_socket_directories: sockets }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = await open(options.log, 'a', 0o600);
  try {
    const child = spawn(binaries.postgres, ['-D', folder.path, ...flags], {
      cwd: folder.path,
      env: { LC_ALL: 'C' },
      // A session of its own: it outlives whoever started it, and Ctrl-C does not reach it.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      ...(account.dropped ? { uid: account.uid, gid: account.gid } : {}),
    });
    await once(child, 'spawn');
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

async function ready(child: ChildProcess, data: string): Promise<Postmaster | undefined> {
  while (child.exitCode === null && child.signalCode === null) {
    const postmaster = await readPostmaster(data);
    if (postmaster?.pid === child.pid && postmaster?.ready) return postmaster;
    await sleep(5);
  }
  return undefined;
}

function reason(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.find((line) => /FATAL|PANIC|error while loading/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return telling.replace(/^.*?(FATAL|PANIC):\s*/, '');
}

function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function goneFrom(pid: number, data: string, pollMs: number): Promise<void> {
  while (await servesFolder(pid, data)) await sleep(pollMs, undefined, { ref: false });
}

async function stop(pid: number, data: string): Promise<void> {
  // Fast shutdown first; immediate shutdown leaves recovery to the next start but loses nothing that was committed.
  for (const [signal, patienceMs] of [['SIGINT', 20_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const) {
    if (!(await servesFolder(pid, data))) return;
    signalProcess(pid, signal);
    for (let waited = 0; waited < patienceMs; waited += 20) {
      if (!(await servesFolder(pid, data))) return;
      await sleep(20);
    }
  }
}
