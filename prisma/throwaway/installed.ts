import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, globSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { postgresAccount } from '../embedded/account.ts';
import { freePort, isAlive, readPostmaster } from '../embedded/postmaster.ts';
import { throwawaySettings } from '../embedded/settings.ts';

// For tests: a server of the Postgres that somebody installed on this machine, in place of the one that comes with Boardroom.

/** The programs of an installed Postgres. */
export interface InstalledPostgres {
  bin: string;
  major: number;
}

/** A throwaway server of it. */
export interface InstalledServer {
  /** As its superuser, with a password, over the loopback address. */
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

const startsMax = 5;

/** The newest that Boardroom takes: what is on the PATH, or lies where Debian keeps it off the PATH. */
export function findInstalled(): InstalledPostgres | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...globSync('/usr/lib/postgresql/*/bin')];
  const complete = [...new Set(folders)].filter((bin) => ['initdb', 'postgres'].every((program) => existsSync(join(bin, program))));
  // Where they really are, since the programs beside them may not be linked.
  const found = complete.map((bin) => dirname(realpathSync(join(bin, 'postgres')))).map((bin) => ({ bin, major: majorOf(bin) })).filter(({ major }) => major >= 14);
  return found.sort((one, other) => other.major - one.major)[0];
}

function majorOf(bin: string): number {
  const { stdout } = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

/** Makes a cluster in `folder`/postgres, which the account that runs it can reach, and starts it on a free port. */
export async function startInstalled(bin: string, folder: string, settings: Record<string, string> = throwawaySettings): Promise<InstalledServer> {
  const account = postgresAccount();
  const identity = account.dropped ? { uid: account.uid, gid: account.gid } : {};
  const give = (path: string) => (account.dropped ? chown(path, account.uid, account.gid) : Promise.resolve());
  const [data, password, log] = [join(folder, 'postgres'), 'of-the-superuser', join(folder, 'postgres.log')];
  const passwordFile = join(folder, 'password');
  await mkdir(data);
  await chmod(data, 0o700);
  await writeFile(passwordFile, password, { mode: 0o600 });
  await Promise.all([data, passwordFile].map(give));
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const options = [`--pgdata=${data}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', `--locale=${locale}`, '--no-sync'];
  await promisify(execFile)(join(bin, 'initdb'), options, { ...identity, cwd: data, env: { LC_ALL: 'C' } });
  await rm(passwordFile);

  // The embedded one is newer, and knows more settings.
  const { io_method: _, ...known } = settings;
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(0);
    const flags = Object.entries({ ...known, listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' });
    const output = await open(log, 'w', 0o600);
    const child = spawn(join(bin, 'postgres'), ['-D', data, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
      cwd: data, env: { LC_ALL: 'C' }, detached: true, stdio: ['ignore', output.fd, output.fd], ...identity,
    });
    await once(child, 'spawn').finally(() => output.close());
    const { pid = 0 } = child;
    const ended = () => child.exitCode !== null || child.signalCode !== null;
    for (let ready = false; !ready && !ended(); await sleep(10)) {
      const found = await readPostmaster(data);
      ready = found?.pid === pid && found.ready;
    }
    if (!ended()) {
      child.unref();
      const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
      return { url, pid, stop: () => stop(pid, ended) };
    }
    // Somebody else may have taken the port meanwhile.
    if (attempt === startsMax) throw new Error(`Postgres of ${bin} did not start:\n${await readFile(log, 'utf8')}`);
  }
}

/** At once, and without a last checkpoint where it takes long: nothing of it is kept. */
async function stop(pid: number, ended: () => boolean): Promise<void> {
  for (const [signal, patienceMs] of [['SIGINT', 20_000], ['SIGQUIT', 10_000], ['SIGKILL', 10_000]] as const) {
    if (ended() || !isAlive(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < patienceMs && !ended(); waited += 20) await sleep(20);
  }
}
