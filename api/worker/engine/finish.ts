import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../../../prisma/sql.ts';
import { isConflict, write } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../../schema/access/principal.ts';
import { finishRun, type FinishRun } from '../../../schema/run/commands/finish-run.ts';
import { finalizeRun } from './finalize.ts';
import type { Engine } from './resources.ts';

const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;
const PATIENCE = 3;
/** After so many more, what the run used is what cannot be stored: it ends without that as well. */
const LAST_PATIENCE = 2 * PATIENCE;

/**
 * Ends a run, and does not give up while the database is away: the process is gone, and nobody else would know how it ended.
 * Where the database is there and still refuses, it is what the agent reported: the run is then ended with what was told of it
 * while it ran, and at last without that too, since a run that cannot end is worse than a cost that is missing. `isAbandoned` breaks off; another worker then ends the run.
 */
export async function endRun(engine: Engine, input: FinishRun, isAbandoned: () => boolean = () => false): Promise<void> {
  const settled = await afterFinalize(engine, input, isAbandoned);
  if (settled === null) return;
  let refusals = 0;
  for (let pauseMs = PAUSE_MS; !isAbandoned(); pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const attempt = refusals < PATIENCE ? settled : { ...withoutReport(settled), withoutCost: refusals >= LAST_PATIENCE };
    try {
      await write(engine.db, (tx) => finishRun(tx, SYSTEM, attempt));
      if (attempt !== settled) engine.log.error({ runId: input.runId }, 'a run was ended without its report, which could not be stored');
      return;
    } catch (error) {
      engine.log.warn({ runId: input.runId, error }, 'a run could not be ended yet');
      if (!isConflict(error) && (await isReachable(engine))) refusals += 1;
    }
    await sleep(pauseMs);
  }
}

/**
 * The end of a run, as it is once its workspace was looked after: one that went well and left its work where nobody finds it
 * has failed. Null where another worker sees to it.
 */
async function afterFinalize(engine: Engine, input: FinishRun, isAbandoned: () => boolean): Promise<FinishRun | null> {
  const { runId, leaseToken } = input;
  if (leaseToken === null) return input;
  let refusals = 0;
  for (let pauseMs = PAUSE_MS; !isAbandoned(); pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      const finalized = await finalizeRun(engine, { runId, leaseToken });
      return finalized.kind === 'failed' ? unsafe(input, `The workspace could not be finalized: ${finalized.message}.`, finalized.remedy) : input;
    } catch (error) {
      engine.log.warn({ runId, error }, 'a workspace could not be finalized yet');
      if (!isConflict(error) && (await isReachable(engine))) refusals += 1;
      if (refusals === PATIENCE) {
        const why = 'That the workspace was finalized could not be written down.';
        return { ...unsafe(input, why, 'Look at the worker\'s log, then have the workspace finalized again.'), withoutFinalize: true };
      }
    }
    await sleep(pauseMs);
  }
  return null;
}

function unsafe(input: FinishRun, message: string, remedy: string): FinishRun {
  const events = [...(input.events ?? []), { kind: 'workspace_not_finalized', message }];
  if (input.end.kind !== 'succeeded') return { ...input, events };
  return { ...input, events, end: { kind: 'failed', code: 'WORKSPACE_FINALIZE_FAILED', message, remedy } };
}

function withoutReport({ runId, leaseToken, end, exit, withoutFinalize }: FinishRun): FinishRun {
  return { runId, leaseToken, end, exit, withoutFinalize, events: [{ kind: 'report_lost', message: 'Usage, cost and session could not be stored.' }] };
}

async function isReachable({ db }: Engine): Promise<boolean> {
  return db.query(sql`SELECT 1`).then(() => true, () => false);
}
