import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../../e2e/support/boardroom.ts';
import type { Bench } from '../compare.ts';
import { figure, rounded } from '../figures.ts';
import type { LoadResult } from '../load/orders.ts';
import { bodyOf, ISSUE } from '../operations.ts';
import { hire, makeCompany, printer, runOf, wake } from '../stage/workplace.ts';

const RUNS = 10;
const ISSUES = 20;
/** So many lines that no run ends before the measurement does. */
const LINES = 10_000_000;

/** How long one issue takes to read while nothing runs, and while ten agents print as fast as they can. */
export async function measureBesideRuns({ options, loader, add }: Bench, address: string): Promise<void> {
  const companyId = await makeCompany(address);
  const refs: string[] = [];
  for (let i = 0; i < ISSUES; i += 1) refs.push(await issueWithComments(address, companyId));
  // Each a question of its own: an answer that is kept would make the quiet time look better than reading is.
  const order = { kind: 'steady', port: Number(new URL(address).port), path: '/graphql', clients: 1, bodies: Array.from({ length: 5_000 }, (_, n) => bodyOf(ISSUE, { ref: refs[n % ISSUES], n })), ms: options.quick ? 1_500 : 5_000 } as const;
  await loader.run(order);
  const quiet = await loader.run(order);

  const agents: string[] = [];
  for (let i = 0; i < RUNS; i += 1) agents.push(await hire(address, companyId, process.execPath, [printer, String(LINES), '0']));
  const runs = await Promise.all(agents.map((agentId) => wake(address, agentId)));
  let beside: LoadResult;
  try {
    for (const { runId } of runs) while ((await runOf(address, runId)).logTail === '') await sleep(50);
    beside = await loader.run(order);
  } finally {
    for (const { runId } of runs) await ask(address, 'mutation ($input: CancelRunInput!) { cancelRun(input: $input) { id } }', { input: { runId } });
    for (const { runId } of runs) while ((await runOf(address, runId)).finishedAt === null) await sleep(50);
  }
  const failed = quiet.failed + beside.failed;
  add(figure({
    case: 'beside-runs', work: `one issue while ${RUNS} runs print flat out`, issues: null, clients: 1,
    boardroom: rounded({ timesQuiet: beside.p50Ms / quiet.p50Ms, quietP50Ms: quiet.p50Ms, besideP50Ms: beside.p50Ms, quietP95Ms: quiet.p95Ms, besideP95Ms: beside.p95Ms, failed }), baselines: {},
  }));
}

async function issueWithComments(address: string, companyId: string): Promise<string> {
  const { createIssue } = await ask<{ createIssue: { id: string; identifier: string } }>(
    address, 'mutation ($input: CreateIssueInput!) { createIssue(input: $input) { id identifier } }', { input: { companyId, title: 'Read by many', description: 'What has to be done. '.repeat(20) } },
  );
  for (let i = 0; i < 5; i += 1) {
    await ask(address, 'mutation ($input: AddCommentInput!) { addComment(input: $input) { id } }', { input: { issueId: createIssue.id, body: 'Something to be said about it. '.repeat(8) } });
  }
  return createIssue.identifier;
}
