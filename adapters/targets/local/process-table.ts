import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** One process as the system lists it. `start` differs between two processes that had the same pid. */
export interface ProcessEntry { pid: number; group: number; session: number; start: string; isZombie: boolean; command: string }

const run = promisify(execFile);
const hasProc = existsSync('/proc/self/stat');

/** The process with this pid, or null. A zombie, which only waits to be reaped, counts as gone. */
export async function findProcess(pid: number): Promise<ProcessEntry | null> {
  const entry = hasProc ? fromProc(pid) : ((await fromPs(['-p', String(pid)]))[0] ?? null);
  return entry && !entry.isZombie ? entry : null;
}

/** Living processes in the group, or the session, that `leader` began. Those that made a session of their own have left it. */
export async function listGroup(leader: number): Promise<ProcessEntry[]> {
  if (leader <= 1) return []; // 0 is the kernel's, 1 the system's
  return (await listProcesses()).filter((entry) => entry.group === leader || entry.session === leader);
}

/** Every living process that this user can see. */
async function listProcesses(): Promise<ProcessEntry[]> {
  if (!hasProc) return (await fromPs(['-A'])).filter((entry) => !entry.isZombie);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.map(fromProc).filter((entry) => entry !== null && !entry.isZombie) as ProcessEntry[];
}

/** The identity that the wrapper wrote about itself: a line of /proc/<pid>/stat, or what `ps -o lstart=` says. */
export function parseStart(line: string): string | null {
  if (!hasProc) return line.trim().replace(/\s+/g, ' ') || null;
  return parseStat(line)?.start ?? null;
}

/** Synchronous: the kernel answers in microseconds, a thread in ten times that, and there are hundreds to ask. */
function fromProc(pid: number): ProcessEntry | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return null; // it ended while we looked
  }
}

/** The name stands in parentheses and may itself hold spaces and parentheses, so fields count from the last one. */
export function parseStat(line: string): ProcessEntry | null {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const fields = line.slice(close + 2).trimEnd().split(' ');
  const [state, , group, session] = fields;
  const start = fields[19]; // field 22 of the line: clock ticks after boot
  if (start === undefined) return null;
  return {
    pid: Number(line.slice(0, open)), group: Number(group), session: Number(session), start,
    isZombie: state === 'Z' || state === 'X', command: line.slice(open + 1, close),
  };
}

async function fromPs(selection: string[]): Promise<ProcessEntry[]> {
  // `lstart` is five words in the C locale, so it stands before the command, which may hold spaces.
  const { stdout } = await run('ps', [...selection, '-o', 'pid=,pgid=,stat=,lstart=,comm='], { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } })
    .catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((line) => {
    const [pid, group, stat, ...rest] = line.trim().split(/\s+/);
    if (pid === undefined || group === undefined || stat === undefined) return [];
    // ps on macOS knows no session; the group is what there is.
    return [{ pid: Number(pid), group: Number(group), session: Number(group), start: rest.slice(0, 5).join(' '), isZombie: stat.startsWith('Z'), command: rest.slice(5).join(' ') }];
  });
}
