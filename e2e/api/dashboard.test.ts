import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { singleClient } from '../../prisma/single-client.ts';
import { testDatabase } from '../../prisma/testing.ts';
import { startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';

// The dashboard's counts equal the database's: after a mixed load over HTTP, of two companies at once, with a real worker. What is
// expected is read by SQL that knows the tables and nothing of Boardroom's own statements.

let live: RunningBoardroom;
let database: Awaited<ReturnType<typeof testDatabase>>;
let client: pg.Client;
/** The answers of refusals and conflicts among the load: it is mixed, and not all of it may succeed. */
let declined = 0;

beforeAll(async () => {
  database = await testDatabase();
  live = await startBoardroom({ env: { DATABASE_URL: database.url } });
  client = singleClient(database.url);
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
  await database?.drop();
});

// An answer has the shape that the test asked for.
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = Record<string, any>;

async function send(query: string, variables: object, key?: string): Promise<{ data: Answer; errors?: { message: string }[] }> {
  const headers = { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) };
  return (await (await fetch(`${live.address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json()) as { data: Answer; errors?: { message: string }[] };
}

async function ask(query: string, variables: object, key?: string): Promise<Answer> {
  const { data, errors } = await send(query, variables, key);
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}

const mutate = async (name: string, input: object, fields = 'id', key?: string): Promise<Answer> => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  return (await ask(`mutation($input: ${type}!) { result: ${name}(input: $input) ${fields && `{ ${fields} }`} }`, { input }, key))['result'];
};

/** What may be declined: a move that there is not, a checkout that somebody has. */
async function attempt(name: string, input: object, key?: string): Promise<void> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await send(`mutation($input: ${type}!) { result: ${name}(input: $input) { __typename } }`, { input }, key);
  if (errors || /^(Issue|Gate|Budget|Approval)(?!$)/.test(data['result'].__typename)) declined += 1;
}

/** So many at a time, until all are done. */
async function all<T>(items: readonly T[], work: (item: T, index: number) => Promise<unknown>): Promise<void> {
  const queue = items.map((item, index) => [item, index] as const);
  await Promise.all(Array.from({ length: 6 }, async () => { for (let next = queue.shift(); next; next = queue.shift()) await work(...next); }));
}

const PRIORITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
/** Ways of an issue, also such as there are not: without somebody who has it none is in progress. */
const WAYS = [['IN_PROGRESS'], ['IN_PROGRESS', 'IN_REVIEW'], ['IN_PROGRESS', 'DONE'], ['BLOCKED'], ['CANCELLED'], ['IN_REVIEW'], []];
const monthStart = () => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), 1));

/** Issues, runs, approvals and costs of one company, mixed up. */
async function load(name: string, scale: number): Promise<void> {
  const { id: companyId } = await mutate('createCompany', { name });
  const hire = (agent: string, script: string) =>
    mutate('createAgent', { companyId, name: agent, adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', script] } });
  const [good, bad, slow, idle, gone, called] = await Promise.all([
    hire('Good', 'echo done'), hire('Bad', 'exit 7'), hire('Slow', 'sleep 600'), hire('Idle', 'true'), hire('Gone', 'true'), hire('Called', 'sleep 600'),
  ]) as [Answer, Answer, Answer, Answer, Answer, Answer];
  const { secret: key } = await mutate('createAgentKey', { agentId: idle['id'], name: 'k' }, 'secret');
  const goal = await mutate('createGoal', { companyId, title: 'Grow' });
  const project = await mutate('createProject', { companyId, name: 'Lamp', goalId: goal['id'] });

  const issues: string[] = [];
  await all(Array.from({ length: 40 * scale }), async (_item, i) => {
    const { id } = await mutate('createIssue', {
      companyId, title: `Issue ${i}`, priority: PRIORITIES[i % 4], status: i % 5 === 0 ? 'BACKLOG' : 'TODO', ...(i % 3 === 0 ? { projectId: project['id'] } : {}), ...(i % 4 === 1 ? { parentId: issues[0] } : {}),
    });
    issues.push(id);
    for (const status of WAYS[i % 7] ?? []) await attempt('updateIssue', { issueId: id, status, ...(i % 2 ? { assigneeUserId: '00000000-0000-7000-8000-000000000001' } : {}) });
  });

  const wake = (agent: Answer) => mutate('wakeAgent', { agentId: agent['id'] }, '__typename');
  await wake(slow);
  await wake(called);
  for (let i = 0; i < 3 * scale; i += 1) {
    await Promise.all([wake(good), wake(bad)]);
    await quiet(companyId, [good['id'], bad['id']]);
  }
  await expect.poll(async () => (await client.query(`SELECT 1 FROM run WHERE agent_id = $1 AND status = 'RUNNING'`, [called['id']])).rowCount, { timeout: 60_000 }).toBe(1);
  const { rows: [run] } = await client.query<{ id: string }>('SELECT id FROM run WHERE agent_id = $1', [called['id']]);
  await mutate('cancelRun', { runId: run?.id });
  await mutate('terminateAgent', { agentId: gone['id'] });

  await all(Array.from({ length: 30 * scale }), async (_item, i) => {
    const model = ['claude-sonnet-4-5', 'no-such-model'][i % 2];
    // The edges of the month too.
    const occurredAt = [new Date(Date.now() - i * 1_000), monthStart(), new Date(monthStart().getTime() - 1), new Date(monthStart().getTime() - 40 * 86_400_000)][i % 4];
    await mutate('reportCost', {
      agentId: idle['id'], provider: i % 3 ? 'anthropic' : 'acme', model, inputTokens: String(1_000 * i), outputTokens: String(10 * i), cachedInputTokens: String(i), occurredAt,
      billingType: ['METERED_API', 'SUBSCRIPTION_INCLUDED', 'UNKNOWN'][i % 3], ...(i % 5 ? { costMicros: String(12_345 * i) } : {}), ...(i % 2 ? { issueId: issues[i % issues.length] } : {}),
    }, '__typename', i % 4 === 0 ? key : undefined); // the board books for issues and for months that are over: an agent does for what it works on, now
  });

  await all(Array.from({ length: 8 * scale }), async (_item, i) => {
    const { id } = await mutate('requestApproval', { companyId, type: 'BOARD_REQUEST', title: `May I ${i}?`, issueIds: [issues[i] as string] }, 'id', key);
    if (i % 4 === 1) await attempt('decideApproval', { approvalId: id, decision: 'APPROVED' });
    if (i % 4 === 2) await attempt('decideApproval', { approvalId: id, decision: 'REJECTED', note: 'no' });
    if (i % 8 === 3) await attempt('requestApprovalRevision', { approvalId: id, note: 'more' });
    if (i % 8 === 7) await attempt('withdrawApproval', { approvalId: id }, key);
  });
  await mutate('requestApproval', { companyId, type: 'HIRE_AGENT', title: 'One more', hire: { name: 'New', adapterType: 'process', adapterConfig: { command: 'true' } } }, 'id', key);
  await mutate('pauseAgent', { agentId: idle['id'] });
  await quiet(companyId, [good['id'], bad['id'], idle['id'], called['id']]);
}

/** Waits until none of these agents has a run that is queued or running. */
async function quiet(companyId: string, agentIds: string[]): Promise<void> {
  await expect.poll(async () => (await client.query(`SELECT 1 FROM run WHERE company_id = $1 AND agent_id = ANY($2) AND status IN ('QUEUED', 'RUNNING')`, [companyId, agentIds])).rowCount, { timeout: 90_000 }).toBe(0);
}

const one = async <T extends object>(text: string, ...values: unknown[]): Promise<T> => (await client.query(text, values)).rows[0] as T;
const SUMS = `coalesce(sum(cost_micros), 0)::text AS "costMicros", coalesce(sum(imputed_micros), 0)::text AS "imputedMicros", count(*)::int AS "eventCount",
  (count(*) FILTER (WHERE cost_micros IS NULL))::int AS "unpricedCount", (count(*) FILTER (WHERE imputed_micros IS NULL))::int AS "unimputedCount",
  coalesce(sum(input_tokens), 0)::text AS "inputTokens", coalesce(sum(cached_input_tokens), 0)::text AS "cachedInputTokens", coalesce(sum(output_tokens), 0)::text AS "outputTokens", count(DISTINCT run_id)::int AS "runCount"`;
const OPEN = `status NOT IN ('DONE', 'CANCELLED')`;
const counted = (column: string, names: Record<string, string>) =>
  Object.entries(names).map(([name, value]) => `(count(*) FILTER (WHERE ${column} = '${value}'))::int AS "${name}"`).join(', ');

/** The figures as the tables have them, in one snapshot. */
async function inTables(prefix: string) {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    const { id } = await one<{ id: string }>('SELECT id FROM company WHERE prefix = $1', prefix);
    const ids = async (statuses: string, most: number) =>
      (await client.query<{ id: string }>(`SELECT id FROM run WHERE company_id = $1 AND status::text = ANY($2) ORDER BY created_at DESC, id DESC LIMIT $3`, [id, statuses.split(' '), most])).rows;
    const { rate } = await one<{ rate: number | null }>(`SELECT (count(*) FILTER (WHERE status = 'SUCCEEDED'))::float / nullif(count(*), 0) AS rate FROM run
      WHERE company_id = $1 AND status IN ('SUCCEEDED', 'FAILED', 'TIMED_OUT') AND created_at >= (date_trunc('day', now() AT TIME ZONE 'UTC') - interval '13 days') AT TIME ZONE 'UTC'`, id);
    return {
      dashboard: {
        agents: await one(`SELECT count(*)::int AS total, ${counted('status', { idle: 'IDLE', running: 'RUNNING', error: 'ERROR', paused: 'PAUSED' })}
          FROM agent WHERE company_id = $1 AND status NOT IN ('TERMINATED', 'PENDING_APPROVAL')`, id),
        issues: await one(`SELECT count(*)::int AS total, (count(*) FILTER (WHERE ${OPEN}))::int AS open,
          ${counted('status', { backlog: 'BACKLOG', todo: 'TODO', inProgress: 'IN_PROGRESS', inReview: 'IN_REVIEW', blocked: 'BLOCKED', done: 'DONE', cancelled: 'CANCELLED' })} FROM issue WHERE company_id = $1`, id),
        issuesByPriority: await one(`SELECT ${counted('priority', { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW' })} FROM issue WHERE company_id = $1 AND ${OPEN}`, id),
        runsByDay: (await client.query(`SELECT to_char(day, 'YYYY-MM-DD') AS date, (count(*) FILTER (WHERE status = 'SUCCEEDED'))::int AS succeeded, (count(*) FILTER (WHERE status IN ('FAILED', 'TIMED_OUT')))::int AS failed,
          (count(*) FILTER (WHERE status IN ('CANCELLED', 'INTERRUPTED')))::int AS other
          FROM generate_series(date_trunc('day', now() AT TIME ZONE 'UTC') - interval '2 days', date_trunc('day', now() AT TIME ZONE 'UTC'), interval '1 day') day
          LEFT JOIN run ON company_id = $1 AND date_trunc('day', created_at AT TIME ZONE 'UTC') = day GROUP BY day ORDER BY day`, [id])).rows,
        liveRuns: await ids('RUNNING', 6),
        failedRuns: await ids('FAILED TIMED_OUT', 5),
        successRate: rate,
        monthCost: await one(`SELECT ${SUMS} FROM cost_event WHERE company_id = $1 AND occurred_at >= date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`, id),
      },
      waiting: await one(`SELECT count(*)::int AS "totalCount" FROM approval WHERE company_id = $1 AND status IN ('PENDING', 'REVISION_REQUESTED')`, id),
      decided: await one(`SELECT count(*)::int AS "totalCount" FROM approval WHERE company_id = $1 AND status IN ('APPROVED', 'REJECTED')`, id),
      costs: {
        total: await one(`SELECT ${SUMS} FROM cost_event WHERE company_id = $1`, id),
        byAgent: { nodes: (await client.query(`SELECT agent_id AS id, sum(cost_micros)::text AS micros, count(*)::int AS events FROM cost_event WHERE company_id = $1 GROUP BY 1 ORDER BY sum(cost_micros) DESC NULLS LAST, 1`, [id])).rows
          .map(({ id: agentId, micros, events }: { id: string; micros: string | null; events: number }) => ({ agent: { id: agentId }, cost: { costMicros: micros ?? '0', eventCount: events } })) },
      },
    };
  } finally {
    await client.query('COMMIT');
  }
}

const COST = '{ costMicros imputedMicros eventCount unpricedCount unimputedCount inputTokens cachedInputTokens outputTokens runCount }';
const QUERY = `query($ref: String!) { company(ref: $ref) {
  dashboard {
    agents { total idle running error paused } issues { total open backlog todo inProgress inReview blocked done cancelled } issuesByPriority { critical high medium low }
    runsByDay(days: 3) { date succeeded failed other } liveRuns { id } failedRuns { id } successRate monthCost ${COST}
  }
  waiting: approvals(filter: { statuses: [PENDING, REVISION_REQUESTED] }) { totalCount } decided: approvals(filter: { statuses: [APPROVED, REJECTED] }) { totalCount }
  costs { total ${COST} byAgent { nodes { agent { id } cost { costMicros eventCount } } } }
} }`;

/** What the API says beside what the tables have: read before and after it, so that nothing that a job did meanwhile is taken for a difference. */
async function compared(prefix: string) {
  for (let tries = 0; tries < 50; tries += 1) {
    const before = await inTables(prefix);
    const { company } = await ask(QUERY, { ref: prefix });
    const after = await inTables(prefix);
    if (JSON.stringify(before) === JSON.stringify(after)) return { said: company, expected: after };
    await sleep(200);
  }
  throw new Error('the tables do not come to rest');
}

const prefixes = async () => (await client.query<{ prefix: string }>('SELECT prefix FROM company ORDER BY name')).rows.map(({ prefix }) => prefix);

describe('the dashboard\'s counts equal the database\'s', () => {
  test('a mixed load leaves something of every kind to count', async () => {
    await Promise.all(['Acme', 'Other'].map((name, index) => load(name, index + 1)));
    expect(declined).toBeGreaterThan(0);
    const [acme] = await prefixes();
    const { dashboard, waiting, decided } = await inTables(acme as string);
    for (const counts of [dashboard.agents, dashboard.issues, dashboard.issuesByPriority, waiting, decided] as Record<string, number>[]) {
      for (const [name, count] of Object.entries(counts)) if (name !== 'error') expect([name, count > 0]).toEqual([name, true]);
    }
    expect(dashboard.runsByDay.at(-1)).toMatchObject({ succeeded: expect.any(Number), failed: expect.any(Number), other: expect.any(Number) });
    expect([dashboard.liveRuns.length, dashboard.failedRuns.length > 0, (dashboard.successRate ?? 0) > 0]).toEqual([1, true, true]);
    for (const [name, sum] of Object.entries(dashboard.monthCost as Record<string, string | number>)) if (name !== 'runCount') expect([name, Number(sum) > 0]).toEqual([name, true]);
  });

  test('after the load, of each company', async () => {
    for (const prefix of await prefixes()) {
      const { said, expected } = await compared(prefix);
      expect(said).toEqual(expected);
    }
  });

  test('and once what waited was folded into the stored sums', async () => {
    await client.query(`SELECT graphile_worker.add_job('fold', job_key := 'fold', max_attempts := 1)`);
    await expect.poll(async () => (await client.query('SELECT 1 FROM cost_unfolded LIMIT 1')).rowCount, { timeout: 90_000 }).toBe(0);
    for (const prefix of await prefixes()) {
      const { said, expected } = await compared(prefix);
      expect(said).toEqual(expected);
    }
  });
});
