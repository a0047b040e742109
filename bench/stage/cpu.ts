import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

interface Stat {
  parent: number;
  ownMs: number;
  /** Of children that have ended. */
  goneMs: number;
}

function statOf(pid: number): Stat | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ms = (index: number) => Number(fields[index]) * TICK_MS;
    return { parent: Number(fields[1]), ownMs: ms(11) + ms(12), goneMs: ms(13) + ms(14) };
  } catch {
    return null;
  }
}

/** Processes below one, at any depth. */
export function descendants(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(all.flatMap((each) => {
    const stat = statOf(each);
    return stat ? [[each, stat.parent] as const] : [];
  }));
  const found: number[] = [];
  for (const queue = [pid]; queue.length > 0; ) {
    const next = queue.pop();
    for (const [child, parent] of parents) {
      if (parent !== next) continue;
      found.push(child);
      queue.push(child);
    }
  }
  return found;
}

/** Processor time that a process has used so far; with its children, those that have ended too. */
export function cpuMs(pid: number, withChildren = false): number {
  const stat = statOf(pid);
  if (!stat) return 0;
  if (!withChildren) return stat.ownMs;
  return stat.ownMs + stat.goneMs + descendants(pid).reduce((sum, child) => sum + (statOf(child)?.ownMs ?? 0), 0);
}

/** Memory that a process holds, by a name of /proc's smaps: Rss counts shared pages whole, Pss by their share. */
export function memoryMiB(pid: number, kind: 'Rss' | 'Pss'): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(new RegExp(`^${kind}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The command line of a process, to tell processes apart. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
