import { plainReader } from '../../../adapters/plain-reader.ts';
import type { Adapter, OutputReader } from '../../../adapters/contract.ts';
import type { ProcessHandle } from '../../../adapters/targets/contract.ts';
import { findProcess } from '../../../adapters/targets/local/process-table.ts';
import { write } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../../schema/access/principal.ts';
import { adoptRun, type Orphan, orphanedRuns } from '../../../schema/run/commands/adopt-run.ts';
import { finishRun } from '../../../schema/run/commands/finish-run.ts';
import { recordIntent } from '../../../schema/run/commands/record-start.ts';
import { type Assignment, readAssignment } from '../../../schema/run/assignment.ts';
import { type Prepared, prepareContext } from './context.ts';
import { endRun } from './finish.ts';
import { keepTrack, launchRun } from './launch.ts';
import { superviseRequest } from './request.ts';
import type { Engine } from './resources.ts';
import { secretValues } from './redact.ts';
import { safeReader } from './safe-reader.ts';
import { superviseProcess } from './supervise.ts';
import { type Veil, veilOver } from './veil.ts';
import { spoolDirOf } from './workspace.ts';

/** What the worker that had the run wrote about it. */
interface Execution {
  kind?: 'process' | 'request';
  spoolDir?: string;
  timeoutSec?: number;
  graceSec?: number;
  accepted?: { handle: never };
}

/** A run whose worker died before the start so often does no good. */
const STARTS_MAX = 5;
const DEFAULT_GRACE_SEC = 15;

/** Takes over the runs of this machine whose worker is dead or silent, and gives up those of machines that are. */
export async function adoptOrphans(engine: Engine): Promise<void> {
  for (const orphan of await orphanedRuns(engine.db, engine.worker, engine.host.homePrefix)) {
    if (orphan.hostId?.startsWith(engine.host.homePrefix)) {
      if (orphan.hasLapsed || (await isWorkerDead(engine, orphan))) await adopt(engine, orphan);
    } else if (orphan.hasLapsed && orphan.isHostSilent) {
      const message = 'The machine it ran on has not been seen for a minute.';
      await write(engine.db, (tx) => finishRun(tx, SYSTEM, { runId: orphan.id, leaseToken: orphan.leaseToken, end: { kind: 'lost', code: 'WORKER_LOST', message } }));
    }
  }
}

/** Provably: the process table of the same boot does not have it. Otherwise its lease has to lapse first. */
async function isWorkerDead({ host }: Engine, { hostId, workerPid, workerStart }: Orphan): Promise<boolean> {
  if (!host.isSameBoot(hostId)) return false;
  if (workerPid === null) return true;
  return (await findProcess(workerPid))?.start !== workerStart;
}

/** Takes one run over, from another worker or from a supervision of this one that broke off, and goes on with it. */
export async function adopt(engine: Engine, orphan: Pick<Orphan, 'id' | 'leaseToken' | 'hostId'>): Promise<void> {
  const leaseToken = await adoptRun(engine.db, engine.worker, orphan);
  if (leaseToken === null) return; // somebody else was faster, or it has just ended
  engine.log.info({ runId: orphan.id, leaseToken }, 'took over a run');
  engine.supervised.get(orphan.id)?.abandon();
  keepTrack(engine, orphan.id, resume(engine, orphan.id, leaseToken, engine.host.isSameBoot(orphan.hostId)));
}

async function resume(engine: Engine, runId: string, leaseToken: number, isSameBoot: boolean): Promise<void> {
  const assignment = await readAssignment(engine.db, runId);
  if (assignment === null) return;
  const execution = (assignment.run.execution ?? {}) as Execution;
  if (execution.kind === 'request') await resumeRequest(engine, assignment, leaseToken, execution);
  else await resumeProcess(engine, assignment, leaseToken, execution, isSameBoot);
}

async function resumeProcess(engine: Engine, assignment: Assignment, leaseToken: number, execution: Execution, isSameBoot: boolean): Promise<void> {
  const runId = assignment.run.id;
  const spoolDir = execution.spoolDir ?? spoolDirOf(engine.home, runId, 1);
  // From here on either the process has begun, or it never will.
  if (await engine.target.forbidStart(spoolDir)) return startAgain(engine, assignment, leaseToken);

  const { reader, timeoutSec, graceSec, veil } = await recall(engine, assignment, spoolDir, execution);
  superviseProcess(engine, {
    runId, leaseToken, timeoutSec, graceSec, reader, veil, cancel: cancelOf(assignment),
    handle: isSameBoot ? { spoolDir, pid: null, processStart: null } : goneWithItsBoot(spoolDir), startedAt: assignment.run.startedAt ?? new Date(),
  });
}

/** Pids of an earlier boot name other processes now: only what the spool says is true of that one. */
function goneWithItsBoot(spoolDir: string): ProcessHandle {
  return { spoolDir, pid: -1, processStart: 'an earlier boot' };
}

/**
 * What the first worker knew about the process. It is looked after in any case, also where the agent's configuration has
 * changed since and no longer fits: then its output is kept and not interpreted.
 */
async function recall(
  engine: Engine, assignment: Assignment, spoolDir: string, { timeoutSec, graceSec }: Execution,
): Promise<{ reader: () => OutputReader; timeoutSec: number; graceSec: number; veil: Veil }> {
  const adapter: Adapter | undefined = engine.findAdapter(assignment.run.adapterType);
  const prepared: Prepared | null = adapter ? await prepareContext(engine, adapter, assignment, spoolDir) : null;
  if (adapter?.kind !== 'process' || prepared?.kind !== 'ready') {
    return { reader: plainReader, timeoutSec: timeoutSec ?? 0, graceSec: graceSec ?? DEFAULT_GRACE_SEC, veil: veilOver([]) };
  }
  const { context } = prepared;
  // It died before it could write them down; the same configuration gives the same.
  const invocation = adapter.invocation(context);
  const limits = timeoutSec === undefined || graceSec === undefined ? invocation : { timeoutSec, graceSec };
  const veil = veilOver(secretValues(invocation.env));
  const onFault = (error: unknown) => engine.log.error({ runId: assignment.run.id, error }, 'the adapter does not understand the output');
  return { reader: () => safeReader(adapter.reader(context), onFault), timeoutSec: limits.timeoutSec, graceSec: limits.graceSec, veil };
}

/** The worker died between claim and start. Nothing of the run exists yet, so it starts here, with a spool folder of its own. */
async function startAgain(engine: Engine, assignment: Assignment, leaseToken: number): Promise<void> {
  const runId = assignment.run.id;
  const cancel = cancelOf(assignment);
  if (cancel) return endRun(engine, { runId, leaseToken, end: { kind: 'cancelled', reason: cancel.reason } });
  if (leaseToken > STARTS_MAX) {
    const message = `Its worker ended ${leaseToken - 1} times before the process was started.`;
    return endRun(engine, { runId, leaseToken, end: { kind: 'lost', code: 'WORKER_LOST', message } });
  }
  const spoolDir = spoolDirOf(engine.home, runId, leaseToken);
  if (!(await recordIntent(engine.db, { runId, leaseToken, execution: { kind: 'process', spoolDir } }))) return;
  await launchRun(engine, { runId, leaseToken, spoolDir });
}

async function resumeRequest(engine: Engine, assignment: Assignment, leaseToken: number, { accepted }: Execution): Promise<void> {
  const own = { runId: assignment.run.id, leaseToken };
  const adapter = engine.findAdapter(assignment.run.adapterType);
  // The same request again, under the run's id: the other side can tell that it is one.
  if (adapter?.kind !== 'request' || !accepted) return launchRun(engine, { ...own, spoolDir: engine.home });
  const prepared = await prepareContext(engine, adapter, assignment, engine.home);
  if (prepared.kind === 'refused') return endRun(engine, { ...own, end: { kind: 'failed', code: prepared.code, message: prepared.message } });
  superviseRequest(engine, {
    ...own, adapter, context: prepared.context, accepted, startedAt: assignment.run.startedAt ?? new Date(), cancel: cancelOf(assignment),
  });
}

function cancelOf({ run }: Assignment): { at: Date; reason: string } | undefined {
  return run.cancelRequestedAt ? { at: run.cancelRequestedAt, reason: run.cancelReason ?? 'cancelled' } : undefined;
}
