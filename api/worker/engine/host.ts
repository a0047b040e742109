import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootKey } from '../../../adapters/targets/local/boot.ts';

/**
 * Which machine this is, to runs: `<home>:<boot>`. The home's own id says whose spool folders one can read, the boot whose
 * pids mean anything. After a reboot the first part is the same: runs can still be ended truthfully by what the spool says.
 */
export interface Host {
  readonly id: string;
  readonly homePrefix: string;
  isSameBoot(hostId: string | null): boolean;
}

export async function readHost(home: string): Promise<Host> {
  const id = `${await homeId(home)}:${await bootKey()}`;
  return { id, homePrefix: id.slice(0, id.indexOf(':') + 1), isSameBoot: (other) => other === id };
}

async function homeId(home: string): Promise<string> {
  const file = join(home, 'run', 'host-id');
  await mkdir(join(home, 'run'), { recursive: true, mode: 0o700 });
  await writeFile(file, `${randomUUID()}\n`, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const text = (await readFile(file, 'utf8')).trim();
  if (text === '') throw new Error(`${file} is empty; remove it`);
  return text;
}
