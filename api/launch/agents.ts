import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localTarget } from '../../adapters/targets/local/local-target.ts';

const GRACE_MS = 3_000;

/**
 * Ends the agents of this home, for the case that no worker could. It tells nobody: the next worker reads from the spool how
 * they ended. Returns how many there were.
 */
export async function endAgents(home: string): Promise<number> {
  const names = await readdir(join(home, 'spool')).catch(() => []);
  const handles = names.map((name) => ({ spoolDir: join(home, 'spool', name), pid: null, processStart: null }));
  const living = async () => {
    const states = await Promise.all(handles.map((handle) => localTarget.look(handle)));
    return handles.filter((_, index) => states[index]?.kind === 'running');
  };
  const found = await living();
  for (const handle of found) await localTarget.signal(handle, 'SIGTERM');
  for (const end = Date.now() + GRACE_MS; (await living()).length > 0 && Date.now() < end; ) await sleep(50);
  for (const handle of await living()) await localTarget.signal(handle, 'SIGKILL');
  for (const handle of found) await localTarget.endLeftovers(handle);
  return found.length;
}
