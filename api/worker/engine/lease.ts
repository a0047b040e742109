import { renewLeases } from '../../../schema/run/commands/renew-leases.ts';
import { adopt } from './adopt.ts';
import { endProcessesOfEndedRun } from './reap.ts';
import type { Engine } from './resources.ts';

/**
 * Says that the worker lives and has its runs, and makes what it looks after the same as what it has: a run that ended or
 * moved elsewhere is let go, one whose supervision broke off is taken up again. A cancel that nobody poked about is noticed.
 */
export async function renew(engine: Engine): Promise<void> {
  // Only what was there before the statement began can be missing from its answer.
  const before = [...engine.supervised.values()];
  const held = new Map((await renewLeases(engine.db, engine.worker)).map((run) => [run.id, run]));
  for (const supervision of before) {
    const run = held.get(supervision.runId);
    if (engine.supervised.get(supervision.runId) !== supervision) continue;
    if (run?.leaseToken === supervision.leaseToken) {
      if (run.cancelRequestedAt) supervision.cancel(run.cancelReason ?? 'cancelled');
    } else {
      supervision.abandon();
      await supervision.done;
      await endProcessesOfEndedRun(engine, supervision.runId);
    }
  }
  for (const run of held.values()) {
    if (!engine.supervised.has(run.id) && !engine.starting.has(run.id)) await adopt(engine, { ...run, hostId: engine.host.id });
  }
}
