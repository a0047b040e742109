import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * What the pids of this machine are valid for: one boot, and one pid namespace, since a container that starts again has new
 * processes under the boot id of its host.
 */
export async function bootKey(): Promise<string> {
  const parts = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(bootTime),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

async function bootTime(): Promise<string> {
  const { stdout } = await promisify(execFile)('sysctl', ['-n', 'kern.boottime']).catch(() => ({ stdout: 'unknown' }));
  // { sec = 1700000000, usec = 123 } … : the rest of the line moves with the clock's zone.
  return /sec = (\d+)/.exec(stdout)?.[1] ?? stdout;
}
