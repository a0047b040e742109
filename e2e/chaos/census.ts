import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

export type Kind = 'supervisor' | 'api' | 'worker' | 'postgres' | 'backend' | 'agent' | 'other';

/** A living process that belongs to one home folder. */
export interface Member {
  kind: Kind;
  pid: number;
  parent: number;
  session: number;
  /** Clock ticks after boot: tells it from a later process with this pid. */
  start: string;
  isStopped: boolean;
  command: string;
  /** Of agents: the run that they work for. */
  runId: string | null;
}

/**
 * Every process of an installation, however it came about: by the home folder in its environment or, for Postgres, which
 * clears its own, by the folder that it works in. Nothing else is ever signalled by this test.
 */
export function census(home: string): Member[] {
  const data = realData(home);
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => look(name, home, data));
  const members = found.filter((member) => member !== null);
  const databases = new Set(members.filter((member) => member.kind === 'postgres').map((member) => member.pid));
  return members.map((member) => (member.kind === 'postgres' && databases.has(member.parent) ? { ...member, kind: 'backend' } : member));
}

/** Sends a signal to a member that is still the one that was seen. */
export function signal(member: Member, name: NodeJS.Signals): boolean {
  try {
    if (startOf(readFileSync(`/proc/${member.pid}/stat`, 'utf8')) !== member.start) return false;
    return process.kill(member.pid, name);
  } catch {
    return false; // it ended by itself
  }
}

/** The variables that a process was started with. */
export function environmentOf(pid: number): Record<string, string> {
  const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter((entry) => entry.includes('='));
  return Object.fromEntries(entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}

function look(name: string, home: string, data: string): Member | null {
  try {
    const stat = fieldsOf(readFileSync(`/proc/${name}/stat`, 'utf8'));
    const [state, parent, , session] = stat;
    if (state === 'Z' || state === 'X') return null;
    const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
    const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const kind = kindOf(environment, command, readlinkSync(`/proc/${name}/cwd`), home, data);
    if (kind === null) return null;
    const runId = kind === 'agent' ? (/\0?BOARDROOM_RUN_ID=([^\0]*)/.exec(environment)?.[1] ?? null) : null;
    return { kind, pid: Number(name), parent: Number(parent), session: Number(session), start: stat[19] ?? '', isStopped: state === 'T', command, runId };
  } catch {
    return null; // it ended while we looked
  }
}

function kindOf(environment: string, command: string, folder: string, home: string, data: string): Kind | null {
  if (folder === data) return 'postgres';
  if (environment.includes(`AGENT_HOME=${home}/`)) return 'agent';
  if (!environment.includes(`BOARDROOM_HOME=${home}\0`)) return null;
  if (command.includes('api/server/main.ts')) return 'api';
  if (command.includes('api/worker/main.ts')) return 'worker';
  return command.includes('api/main.ts') ? 'supervisor' : 'other';
}

function realData(home: string): string {
  try {
    return realpathSync(join(home, 'postgres'));
  } catch {
    return join(home, 'postgres'); // not made yet
  }
}

/** From the state on, which is field 3: the name before it may hold spaces. */
function fieldsOf(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).trimEnd().split(' ');
}

function startOf(stat: string): string {
  return fieldsOf(stat)[19] ?? '';
}
