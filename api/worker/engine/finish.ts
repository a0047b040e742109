import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../../../prisma/sql.ts';
import { isConflict, write } from '../../../prisma/transaction.ts';
import { SYSTEM } from '../../../schema/access/principal.ts';
import { finishRun, type FinishRun } from '../../../schema/run/commands/finish-run.ts';
import type { Engine } from './resources.ts';

const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;
const PATIENCE = 3;

/**
 * Ends a run, and does not give up while the database is away: the process is gone, and nobody else would know how it ended.
 * Where the database is there and still refuses, it is what the agent reported: the run is then ended without it, since a run
 * that cannot end is worse than a cost that is missing. `isAbandoned` breaks off; another worker then ends the run.
 */
export async function endRun(engine: Engine, input: FinishRun, isAbandoned: () => boolean = () => false): Promise<void> {
  let refusals = 0;
  for (let pauseMs = PAUSE_MS; !isAbandoned(); pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const attempt = refusals < PATIENCE ? input : withoutReport(input);
    try {
      await write(engine.db, (tx) => finishRun(tx, SYSTEM, attempt));
      if (attempt !== input) engine.log.error({ runId: input.runId }, 'a run was ended without its report, which could not be stored');
      return;
    } catch (error) {
      engine.log.warn({ runId: input.runId, error }, 'a run could not be ended yet');
      if (!isConflict(error) && (await isReachable(engine))) refusals += 1;
    }
    await sleep(pauseMs);
  }
}

function withoutReport({ runId, leaseToken, end, exit }: FinishRun): FinishRun {
  return { runId, leaseToken, end, exit, events: [{ kind: 'report_lost', message: 'Usage, cost and session could not be stored.' }] };
}

async function isReachable({ db }: Engine): Promise<boolean> {
  return db.query(sql`SELECT 1`).then(() => true, () => false);
}
