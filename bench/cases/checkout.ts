import pg from 'pg';
import { newId } from '../../prisma/id.ts';
import { signRunToken } from '../../schema/access/run-token.ts';
import { sequencesOf } from '../../schema/company/rules.ts';
import type { Bench } from '../compare.ts';
import { figure, rounded } from '../figures.ts';
import { bodyOf, CHECKOUT } from '../operations.ts';
import type { Stage } from '../stage/stage.ts';

const RIVALS = 50;

/** Fifty running runs want the same issue at the same moment, on one issue after the other: each has exactly one winner. */
export async function measureCheckout({ loader, options, add }: Bench, { url, data, servers }: Stage): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { tokens, issueIds } = await rivals(client, data.companyId, data.agentIds, options.quick ? 10 : 50).finally(() => client.end());
  const bodies = issueIds.map((issueId) => bodyOf(CHECKOUT, { input: { issueId } }));
  const result = await loader.run({ kind: 'race', port: servers.boardroom.port, path: '/graphql', clients: RIVALS, bodies, tokens, mark: '"__typename":"Issue"' });
  if (result.failed > 0) throw new Error(`checkout: ${result.failed} requests failed: ${result.firstFailure}`);
  const winners = result.winners ?? [];
  if (!winners.every((count) => count === 1)) throw new Error(`checkout: an issue had ${winners.find((count) => count !== 1)} winners`);
  const { perSecond, p50Ms, p95Ms, p99Ms, maxMs } = result;
  add(figure({
    case: 'checkout', work: `${RIVALS} rivals for one issue`, issues: data.issues, clients: RIVALS,
    boardroom: rounded({ perSecond, p50Ms, p95Ms, p99Ms, maxMs, races: winners.length, oneWinnerEach: 1 }), baselines: {},
  }));
}

/** Runs that run, by no worker: this is about the API alone. */
async function rivals(client: pg.Client, companyId: string, agentIds: string[], races: number): Promise<{ tokens: string[]; issueIds: string[] }> {
  const runs = Array.from({ length: RIVALS }, (_, i) => ({ runId: newId(), agentId: agentIds[i % agentIds.length] as string }));
  for (const { runId, agentId } of runs) {
    await client.query(
      `INSERT INTO run (id, company_id, number, agent_id, status, source, reason, adapter_type, started_at)
       VALUES ($1, $2, nextval('${sequencesOf(companyId).runs}'), $3, 'RUNNING', 'ON_DEMAND', 'manual', 'process', now())`,
      [runId, companyId, agentId],
    );
  }
  const key = (await client.query<{ key: Buffer }>('SELECT signing_key AS key FROM instance')).rows[0]?.key as Buffer;
  const issues = await client.query<{ id: string }>(
    `INSERT INTO issue (id, company_id, number, title, status, creator_type)
     SELECT uuidv7(), $1, nextval('${sequencesOf(companyId).issues}'), 'Wanted by many', 'TODO', 'SYSTEM' FROM generate_series(1, $2::int) RETURNING id`,
    [companyId, races],
  );
  return { tokens: await Promise.all(runs.map((run) => signRunToken(key, { ...run, companyId }))), issueIds: issues.rows.map(({ id }) => id) };
}
