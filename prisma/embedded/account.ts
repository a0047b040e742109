import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseProblem } from '../problem.ts';

/** The user of the operating system that Postgres runs as. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
  /** Postgres refuses to run as root, so a Boardroom started by root hands it to somebody else. */
  dropped: boolean;
}

/** Who runs Postgres: whoever started Boardroom, or an unprivileged user where that is root. */
export function postgresAccount(): Account {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  if (process.platform === 'win32') return { name: 'this user', uid, gid, dropped: false };
  const accounts = readAccounts();
  if (uid !== 0) return { name: accounts.find((a) => a.uid === uid)?.name ?? `uid ${uid}`, uid, gid, dropped: false };
  const other = accounts.find((a) => a.name === 'postgres') ?? accounts.find((a) => a.name === 'nobody');
  if (other) return { ...other, dropped: true };
  throw new DatabaseProblem(
    'Postgres does not run as root, and there is no user "postgres" or "nobody" to run it as. ' +
      'Add one (useradd --system postgres), start Boardroom as another user, or set DATABASE_URL.',
  );
}

/** The name that goes with a user id, for messages. */
export function userName(uid: number): string {
  return readAccounts().find((account) => account.uid === uid)?.name ?? `uid ${uid}`;
}

/** The innermost folder on the way to `path` that the account may not pass, if there is one. */
export async function barredFolder(path: string, account: Account): Promise<string | undefined> {
  if (!account.dropped) return undefined;
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function readAccounts(): { name: string; uid: number; gid: number }[] {
  let lines: string[];
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
  return lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return { name, uid: Number(uid), gid: Number(gid) };
  });
}
