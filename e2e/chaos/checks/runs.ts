import { read } from '../database.ts';
import type { Company } from '../company.ts';
import type { Installation } from '../installation.ts';
import type { Problem, Tally } from '../tally.ts';
import type { RunFacts } from './facts.ts';

const END_WITHIN_MS = 10_000;

/** What happened to the whole while the runs were under way. */
export interface Circumstances {
  /** When everything worked again after the last blow. */
  restoredAt: number;
  /** When a clean stop was asked for; it ends agents. */
  stoppedAt: number | null;
}

/** Each run came to the end that its process came to, and soon; nothing shows or holds anything for it any more. */
export async function checkRuns(
  installation: Installation, company: Company, runs: readonly RunFacts[], circumstances: Circumstances, tally: Tally,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const run of runs) {
    const wrong = (check: string, text: string) => problems.push({ check, text: `run #${run.number} ${run.id} (${run.profile}): ${text}` });
    tally.count(`runs ${run.status}`);
    const untrue = untruth(run, circumstances);
    if (untrue) wrong('status is true', untrue);
    if (run.finishedAt) {
      const late = run.finishedAt.getTime() - Math.max(run.exit?.at ?? 0, circumstances.restoredAt);
      tally.time('from the end of a process to the end of its run', late);
      if (late > END_WITHIN_MS) wrong('ended in time', `its end was stored after ${late} ms`);
    }
    if (run.started.length > 1) wrong('one process for a run', `it was started in ${run.started.join(' and ')}`);
    const starts = run.testimony.filter(({ what }) => what === 'start').length;
    if (starts > 1) wrong('one process for a run', `its agent was started ${starts} times`);
    const fault = run.testimony.find(({ what }) => what === 'fault');
    if (fault) wrong('agents are answered', JSON.stringify(fault));
  }
  return [...problems, ...(await checkTraces(installation, company))];
}

/** Null where the status says what happened. */
function untruth({ status, exit, started, exitCode, signal, errorCode, testimony }: RunFacts, { stoppedAt }: Circumstances): string | null {
  const says = `it is ${status} (${errorCode ?? 'no error'}, exit ${exitCode}, signal ${signal})`;
  if (started.length === 0) {
    // Dropped before it began, or ended by a clean stop between claim and start.
    return status === 'CANCELLED' || (status === 'INTERRUPTED' && stoppedAt !== null) ? null : `no process was started, and ${says}`;
  }
  const isInterrupted = status === 'INTERRUPTED' && stoppedAt !== null && (exit === null || exit.at >= stoppedAt - 50);
  if (exit === null) return isInterrupted || (status === 'FAILED' && errorCode === 'PROCESS_LOST') ? null : `its wrapper was killed, and ${says}`;
  const isTold = exit.status > 128 && exit.status < 160 ? signal !== null && exitCode === null : exitCode === exit.status;
  if (!isTold) return `the process exited with ${exit.status}, and ${says}`;
  if (isInterrupted) return null;
  const hasSucceeded = exit.status === 0;
  if (hasSucceeded !== (status === 'SUCCEEDED')) return `the process exited with ${exit.status}, and ${says}`;
  if (!hasSucceeded && status !== 'FAILED') return `the process exited with ${exit.status}, and ${says}`;
  return hasSucceeded && !testimony.some(({ what }) => what === 'end') ? `it succeeded, but its agent did not finish` : null;
}

/** With no run under way, nothing may look as if there were one. */
async function checkTraces(installation: Installation, company: Company): Promise<Problem[]> {
  const found = await read<{ check: string; text: string }>(installation, `
    SELECT 'no issue is held by a dead run' AS "check", 'issue ' || i.id || ' is held by ' || i.holder_run_id AS text FROM issue i
      LEFT JOIN run r ON r.id = i.holder_run_id WHERE i.holder_run_id IS NOT NULL AND r.status IS DISTINCT FROM 'RUNNING'
    UNION ALL SELECT 'agents rest', 'agent ' || name || ' is ' || status FROM agent WHERE company_id = $1 AND status = 'RUNNING'
    UNION ALL SELECT 'wakes are settled', 'wakeup ' || w.id || ' is ' || w.status FROM wakeup w LEFT JOIN run r ON r.id = w.run_id
      WHERE w.company_id = $1 AND w.status IN ('QUEUED', 'CLAIMED', 'DEFERRED')`, [company.id]);
  return found;
}
