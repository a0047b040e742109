import type { Invocation, ProcessAdapter, RunContext } from '../../../adapters/contract.ts';
import { recordStart } from '../../../schema/run/commands/record-start.ts';
import { type Assignment, readAssignment } from '../../../schema/run/assignment.ts';
import { prepareContext } from './context.ts';
import { processEnvironment } from './environment.ts';
import { endRun } from './finish.ts';
import { readyFolder } from './prepare.ts';
import { describeInvocation, secretValues } from './redact.ts';
import { superviseRequest } from './request.ts';
import type { Engine } from './resources.ts';
import { safeReader } from './safe-reader.ts';
import { superviseProcess } from './supervise.ts';
import { veilOver } from './veil.ts';

export interface OwnRun { runId: string; leaseToken: number; spoolDir: string }

/** Remembers that a run is on its way. One that does not arrive is taken up again by the next renewal of leases. */
export function keepTrack(engine: Engine, runId: string, work: Promise<void>): void {
  const tracked = work
    .catch((error: unknown) => engine.log.error({ runId, error }, 'a run could not be started; trying again'))
    .finally(() => engine.starting.delete(runId));
  engine.starting.set(runId, tracked);
}

/** Starts what a claimed run asks for and looks after it from then on. What can not be started fails the run, in words. */
export async function launchRun(engine: Engine, own: OwnRun): Promise<void> {
  const assignment = await readAssignment(engine.db, own.runId);
  if (assignment === null) return; // deleted with its company
  const adapter = engine.findAdapter(assignment.run.adapterType);
  if (!adapter) {
    return fail(engine, own, 'ADAPTER_UNKNOWN', `There is no adapter ${assignment.run.adapterType}.`, 'Choose another adapter for the agent.');
  }
  // What runs elsewhere has no use for a folder here.
  const readied = adapter.kind === 'request' ? ({ kind: 'own' } as const) : await readyFolder(engine, own, assignment);
  if (readied.kind === 'stopped') return readied.end === null ? undefined : endRun(engine, { runId: own.runId, leaseToken: own.leaseToken, end: readied.end });
  if (readied.kind === 'failed') return fail(engine, own, readied.code, readied.message, readied.remedy);
  const prepared = await prepareContext(engine, adapter, assignment, own.spoolDir, readied.kind === 'ready' ? readied.workspace : null);
  if (prepared.kind === 'refused') return fail(engine, own, prepared.code, prepared.message, prepared.remedy);
  if (adapter.kind === 'request') superviseRequest(engine, { ...own, adapter, context: prepared.context, startedAt: startOf(assignment) });
  else await launchProcess(engine, own, assignment, adapter, prepared.context);
}

async function launchProcess(
  engine: Engine, own: OwnRun, assignment: Assignment, adapter: ProcessAdapter, context: RunContext,
): Promise<void> {
  const { runId, leaseToken, spoolDir } = own;
  const invocation = invocationOf(adapter, context);
  if (invocation instanceof Error) return fail(engine, own, 'ADAPTER_ERROR', `The adapter could not make a command: ${invocation.message}`, 'Report this as a fault of the adapter.');
  const env = processEnvironment({ home: engine.home, host: engine.hostVariables, agent: invocation.env, runtime: context.env });
  const described = describeInvocation(invocation, context.cwd, env);
  const result = await engine.target.start({
    spoolDir, command: invocation.command, args: invocation.args, cwd: context.cwd, env, stdin: invocation.stdin ?? '', files: invocation.files ?? {},
  });
  const sessionBefore = context.session?.displayId ?? null;
  const { timeoutSec, graceSec } = invocation;
  if (result.kind === 'refused') {
    await recordStart(engine.db, { runId, leaseToken, pid: null, execution: { kind: 'process', spoolDir }, invocation: described, sessionBefore, message: 'The process could not be started.' });
    return fail(engine, own, result.code, result.message, result.remedy);
  }
  const { handle, ended } = result;
  superviseProcess(engine, {
    runId, leaseToken, handle, ended, timeoutSec, graceSec, startedAt: startOf(assignment), veil: veilOver(secretValues(env)),
    reader: () => safeReader(adapter.reader(context), (error) => engine.log.error({ runId, error }, 'the adapter does not understand the output')),
  });
  // The process runs whether or not this is stored: who takes over finds it by its spool folder.
  await recordStart(engine.db, {
    runId, leaseToken, pid: handle.pid, invocation: described, sessionBefore, message: `${invocation.command} was started (process ${handle.pid}).`,
    execution: { kind: 'process', spoolDir, processStart: handle.processStart, timeoutSec, graceSec },
  });
}

function invocationOf(adapter: ProcessAdapter, context: RunContext): Invocation | Error {
  try {
    return adapter.invocation(context);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The database knows when the run was claimed; that it counts from there survives a change of worker. */
function startOf({ run }: Assignment): Date {
  return run.startedAt ?? new Date();
}

async function fail(engine: Engine, { runId, leaseToken }: OwnRun, code: string, message: string, remedy: string): Promise<void> {
  await endRun(engine, { runId, leaseToken, end: { kind: 'failed', code, message, remedy } });
}
