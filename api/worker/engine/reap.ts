import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeSpool } from '../../../adapters/spool/folder.ts';
import type { ProcessHandle } from '../../../adapters/targets/contract.ts';
import { isId } from '../../../prisma/id.ts';
import { sql } from '../../../prisma/sql.ts';
import type { Engine } from './resources.ts';

const GRACE_MS = 2_000;
/** The log has everything by then; the folder only helps to see what happened. */
const KEEP_HOURS = 1;

interface SpoolFolder { dir: string; runId: string }

/** Ends what is left of runs that are over, or that the database does not know: whatever freed their issue did not stop it. */
export async function endStrayProcesses(engine: Engine): Promise<void> {
  const folders = await listSpool(engine.home);
  const running = await runsIn(engine, folders, sql`status = 'RUNNING'`);
  for (const { dir, runId } of folders) if (!running.has(runId)) await endProcesses(engine, dir);
}

/** The same for one run, whose end somebody else wrote. A run that only moved to another worker is left alone. */
export async function endProcessesOfEndedRun(engine: Engine, runId: string): Promise<void> {
  const folders = (await listSpool(engine.home)).filter((folder) => folder.runId === runId);
  const running = await runsIn(engine, folders, sql`status = 'RUNNING'`);
  if (!running.has(runId)) for (const { dir } of folders) await endProcesses(engine, dir);
}

/** Removes the folders of runs that have been over for an hour. */
export async function removeOldSpool(engine: Engine): Promise<void> {
  const folders = await listSpool(engine.home);
  const needed = await runsIn(engine, folders, sql`(finished_at IS NULL OR finished_at > now() - make_interval(hours => ${KEEP_HOURS}))`);
  for (const { dir, runId } of folders) if (!needed.has(runId)) await removeSpool(dir);
}

async function endProcesses({ target, log }: Engine, spoolDir: string): Promise<void> {
  const handle: ProcessHandle = { spoolDir, pid: null, processStart: null };
  if ((await target.look(handle)).kind === 'running') {
    log.warn({ spoolDir }, 'ending a process whose run is over');
    await target.signal(handle, 'SIGTERM');
    const deadline = Date.now() + GRACE_MS;
    while ((await target.look(handle)).kind === 'running' && Date.now() < deadline) await sleep(20);
    await target.signal(handle, 'SIGKILL');
  }
  await target.endLeftovers(handle);
}

async function listSpool(home: string): Promise<SpoolFolder[]> {
  const names = await readdir(join(home, 'spool')).catch(() => []);
  return names.map((name) => ({ dir: join(home, 'spool', name), runId: name.slice(0, 36) })).filter(({ runId }) => isId(runId));
}

async function runsIn({ db }: Engine, folders: SpoolFolder[], condition: ReturnType<typeof sql>): Promise<Set<string>> {
  if (folders.length === 0) return new Set();
  const ids = [...new Set(folders.map((folder) => folder.runId))];
  const rows = await db.query<{ id: string }>(sql`SELECT id FROM run WHERE id = ANY(${ids}::uuid[]) AND ${condition}`);
  return new Set(rows.map((row) => row.id));
}
