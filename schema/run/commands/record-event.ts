import { sql } from '../../../prisma/sql.ts';
import type { Database } from '../../../prisma/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';

/** One line of a run's own history, as its page shows it. */
export interface RunEventEntry {
  /** snake_case: claimed, started, adopted, cancel_requested, signalled, unmanaged_background_task_stopped, finished … */
  kind: string;
  message: string;
  data?: Record<string, unknown> | undefined;
}

export async function recordRunEvents(tx: Tx, runId: string, events: readonly RunEventEntry[]): Promise<void> {
  if (events.length === 0) return;
  await tx.runEvent.createMany({
    data: events.map(({ kind, message, data }) => ({ runId, kind, message, ...(data ? { data: data as object } : {}) })),
  });
}

/** The same line in the history of each of these runs, in one statement. */
export async function recordEventOfRuns(tx: Tx, runIds: readonly string[], { kind, message, data }: RunEventEntry): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO run_event (run_id, kind, message, data)
    SELECT run.id, ${kind}, ${message}, ${data ? JSON.stringify(data) : null}::jsonb FROM unnest(${[...runIds]}::uuid[]) WITH ORDINALITY AS run(id, place) ORDER BY run.place`);
}

/** The same outside a transaction: for what happens to the process and changes nothing in the company. */
export async function noteRunEvent(db: Database, runId: string, { kind, message, data }: RunEventEntry): Promise<void> {
  await db.query(sql`
    INSERT INTO run_event (run_id, kind, message, data) VALUES (${runId}::uuid, ${kind}, ${message}, ${data ? JSON.stringify(data) : null}::jsonb)`);
  db.bus.poke(`run:${runId}`);
}
