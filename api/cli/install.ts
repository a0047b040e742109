import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Puts the `boardroom` command of this installation into `<home>/bin`, which stands first on the PATH of agents. Written
 * anew at every start, since Boardroom may have moved; by rename, since an agent may be running it at that moment.
 */
export async function installCommand(home: string): Promise<string> {
  const folder = join(home, 'bin');
  const command = join(folder, 'boardroom');
  const target = fileURLToPath(new URL('boardroom', import.meta.url));
  await mkdir(folder, { recursive: true });
  const draft = `${command}.${process.pid}`;
  await writeFile(draft, `#!/bin/sh\nexec '${target.replaceAll("'", `'\\''`)}' "$@"\n`);
  await chmod(draft, 0o755);
  await rename(draft, command);
  return command;
}
