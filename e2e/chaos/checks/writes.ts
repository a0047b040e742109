import type { Acknowledged } from '../client.ts';
import { read } from '../database.ts';
import type { Installation } from '../installation.ts';
import type { Problem, Tally } from '../tally.ts';
import type { RunFacts } from './facts.ts';

/** Every write that was acknowledged is there, and once: those of the client, and those of the agents. */
export async function checkWrites(
  installation: Installation, acknowledged: readonly Acknowledged[], runs: readonly RunFacts[], tally: Tally,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [kind, table, column] of [['issue', 'issue', 'title'], ['comment', 'comment', 'body']] as const) {
    const own = acknowledged.filter((write) => write.kind === kind);
    const rows = await read<{ id: string; mark: string }>(
      installation, `SELECT id, split_part(${column}, ' ', 2) AS mark FROM ${table} WHERE split_part(${column}, ' ', 2) = ANY($1)`, [own.map(({ mark }) => mark)],
    );
    const stored = Map.groupBy(rows, (row) => row.mark);
    for (const { id, mark } of own) {
      const found = stored.get(mark) ?? [];
      if (!found.some((row) => row.id === id)) problems.push({ check: 'acknowledged writes exist', text: `${kind} ${id} was acknowledged and is not there` });
      if (found.length > 1) problems.push({ check: 'applied once', text: `${kind} ${mark} is there ${found.length} times` });
    }
    tally.count(`acknowledged ${kind}s found`, own.length);
  }
  return [...problems, ...(await checkAgentWrites(installation, runs, tally))];
}

async function checkAgentWrites(installation: Installation, runs: readonly RunFacts[], tally: Tally): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [what, table] of [['comment', 'comment'], ['cost', 'cost_event']] as const) {
    const rows = await read<{ id: string; runId: string }>(
      installation, `SELECT id, run_id AS "runId" FROM ${table} WHERE run_id = ANY($1::uuid[])`, [runs.map(({ id }) => id)],
    );
    const stored = Map.groupBy(rows, (row) => row.runId);
    for (const { id, testimony } of runs) {
      const found = stored.get(id) ?? [];
      if (found.length > 1) problems.push({ check: 'applied once', text: `run ${id} has ${found.length} of its one ${what}` });
      for (const said of testimony.filter((each) => each.what === what && each.id)) {
        tally.count(`acknowledged writes of agents found`);
        if (!found.some((row) => row.id === said.id)) problems.push({ check: 'acknowledged writes exist', text: `${what} ${said.id} of run ${id} is not there` });
      }
    }
  }
  return problems;
}
