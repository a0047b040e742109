import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Company, linesOf, type Profile } from '../company.ts';
import { read } from '../database.ts';
import type { Installation } from '../installation.ts';

/** One run as the database has it. */
export interface RunRow {
  id: string;
  number: number;
  status: string;
  exitCode: number | null;
  signal: string | null;
  errorCode: string | null;
  agentId: string;
  issueId: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** What the agent itself wrote down. */
export interface Testimony { what: string; pid?: number; id?: string | null; answer?: string | null; refused?: string }

/** One run, as everybody who knows of it tells it. */
export interface RunFacts extends RunRow {
  profile: Profile;
  /** Spool folders in which a process was started: one, or none where it never came to that. */
  started: string[];
  /** As the wrapper wrote it; null where it was killed before it could. */
  exit: { status: number; at: number } | null;
  spooled: { stdout: Buffer; stderr: Buffer };
  testimony: Testimony[];
}

const RUNS = `SELECT id, number, status, exit_code AS "exitCode", signal, error_code AS "errorCode", agent_id AS "agentId", issue_id AS "issueId",
  started_at AS "startedAt", finished_at AS "finishedAt" FROM run WHERE company_id = $1 AND number > $2 ORDER BY number`;

/** Runs after a number, with what their spool folders and their agents say. */
export async function factsAfter(installation: Installation, company: Company, number: number): Promise<RunFacts[]> {
  const rows = await read<RunRow>(installation, RUNS, [company.id, number]);
  const folders = await readdir(join(installation.home, 'spool')).catch(() => []);
  return Promise.all(rows.map((row) => factsOf(installation.home, company, row, folders)));
}

/** Tells whether the process may have printed everything: it ended by itself and as it was told to. */
export function hasPrintedAll({ testimony }: RunFacts): boolean {
  return testimony.some(({ what }) => what === 'end');
}

export function expectedLines({ profile }: RunFacts): number {
  return linesOf(profile);
}

async function factsOf(home: string, company: Company, row: RunRow, folders: string[]): Promise<RunFacts> {
  const own = folders.filter((name) => name.startsWith(row.id)).map((name) => join(home, 'spool', name));
  const started: string[] = [];
  for (const dir of own) {
    const pid = await readFile(join(dir, 'pid'), 'utf8').catch(() => '');
    if (/^\d+\n/.test(pid)) started.push(dir);
  }
  const [dir] = started;
  const witness = await readFile(join(company.witness, row.id), 'utf8').catch(() => '');
  const profile = (Object.entries(company.agents).find(([, id]) => id === row.agentId)?.[0] ?? 'brief') as Profile;
  return {
    ...row, profile, started, exit: dir === undefined ? null : await exitIn(dir),
    spooled: { stdout: await bytesOf(dir, 'stdout'), stderr: await bytesOf(dir, 'stderr') },
    testimony: witness.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Testimony),
  };
}

async function exitIn(dir: string): Promise<RunFacts['exit']> {
  const file = join(dir, 'exit');
  if (!existsSync(file)) return null;
  return { status: Number(await readFile(file, 'utf8')), at: (await stat(file)).mtimeMs };
}

async function bytesOf(dir: string | undefined, stream: string): Promise<Buffer> {
  return dir === undefined ? Buffer.alloc(0) : readFile(join(dir, stream)).catch(() => Buffer.alloc(0));
}
