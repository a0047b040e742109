import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../prisma/migrate.ts';
import { patiently } from '../../prisma/outage.ts';
import { addressOf, ConfigProblem, environmentOf, type Config } from '../config.ts';
import { KeptChild } from './child.ts';
import { keepDatabase } from './database.ts';
import { holdHome } from './home.ts';

/** A running Boardroom. */
export interface Installation {
  address: string;
  stop: () => Promise<void>;
  /** Gives up on waiting for anything to end by itself. */
  kill: () => void;
}

export interface SupervisorOptions {
  say: (line: string) => void;
  processes?: ProcessPlan[];
  /** Gives up a start that is under way. */
  signal?: AbortSignal;
}

/** A process that the supervisor keeps running. */
export interface ProcessPlan {
  name: string;
  file: string;
  args?: string[];
  execArgv?: string[];
  /** A tool that never says that it is ready is not waited for. */
  saysReady?: boolean;
  /** It has work outside of itself to end when everything stops, so it is started for that if need be. */
  endsWork?: boolean;
}

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// In execArgv, so that the processes themselves need not know.
const frugal = ['--expose-gc', `--import=${new URL('rest.ts', import.meta.url).href}`, '--max-semi-space-size=16'];

/** What Boardroom consists of. */
export const boardroomProcesses: ProcessPlan[] = [
  { name: 'api', file: file('../server/main.ts'), execArgv: frugal },
  { name: 'worker', file: file('../worker/main.ts'), execArgv: frugal, endsWork: true },
];

/**
 * Starts everything in order (home folder, database, migrations, processes) and keeps it running. What was started
 * before something fails is stopped again.
 */
export async function supervise(
  given: Config, { say, processes = boardroomProcesses, signal }: SupervisorOptions,
): Promise<Installation> {
  const undo: (() => Promise<void>)[] = [];
  const children: KeptChild[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const home = await holdHome(given.home, given.port === 0 ? 'starting' : addressOf(given.host, given.port));
    undo.push(home.release);
    const config = await withPort(given, home.inherited);
    // More arenas would hold on to some ten megabytes that the start has freed.
    const settingsFor = (databaseUrl: string) => ({ ...environmentOf({ ...config, databaseUrl }), MALLOC_ARENA_MAX: '2' });
    const database = await keepDatabase(config, say, (url) => {
      for (const child of children) child.replace(settingsFor(url));
    });
    undo.push(database.stop);
    signal?.throwIfAborted();
    // Waited for where somebody kills it now, since it is being started again.
    const applied = await (database.isKept ? patiently(() => migrate(database.url), signal) : migrate(database.url));
    signal?.throwIfAborted();
    if (applied.length > 0 && !database.created) say(`Brought the database up to date: ${applied.join(', ')}`);

    const environment = settingsFor(database.url);
    for (const plan of processes) children.push(new KeptChild({ ...plan, environment, say }));
    undo.push(async () => {
      const stopped = await Promise.all(children.map((child) => child.stop()));
      if (stopped.every(Boolean)) return;
      const { endAgents } = await import('./agents.ts');
      const count = await endAgents(given.home);
      if (count > 0) say(`ended ${count} ${count === 1 ? 'agent' : 'agents'} that no worker could end`);
    });
    const awaited = children.filter((_, index) => processes[index]?.saysReady !== false);
    await Promise.race([Promise.all(awaited.map((child) => child.ready)), ...(signal ? [abortOf(signal)] : [])]);
    return { address: addressOf(config.host, config.port), stop, kill: () => children.forEach((child) => child.kill()) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

/** Makes sure of the port before anything is started; port 0 becomes a free one, so that every process knows it. */
async function withPort(config: Config, inherited: boolean): Promise<Config> {
  // The processes of a killed Boardroom take a moment to notice and let go of the port.
  for (const end = performance.now() + (inherited ? 10_000 : 0); ; await sleep(50)) {
    const port = await tryPort(config.host, config.port);
    if (port !== undefined) {
      return { ...config, port, apiUrl: config.port === 0 ? addressOf(config.host, port) : config.apiUrl };
    }
    if (performance.now() >= end) {
      throw new ConfigProblem(`Port ${config.port} on ${config.host} is taken by another program; choose one with --port`);
    }
  }
}

function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(new ConfigProblem(`Boardroom cannot listen on ${addressOf(host, port)}: ${error.message}`));
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
