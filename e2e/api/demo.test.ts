import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askAll, askUntil, startBoardroom } from '../support/boardroom.ts';
import type { Page, RunningBoardroom } from '../support/boardroom.ts';

// The demo is the proof that the main job works, end to end: here it is run, at full speed, and its traces are counted.

const run = promisify(execFile);
let boardroom: RunningBoardroom;
let workspace: string;

interface Child {
  id: string; identifier: string; title: string; status: string;
  assignee: { name: string };
  holder: unknown;
  blockedBy: { title: string }[];
  comments: { nodes: { body: string; author: { name: string } }[] };
}
interface Root extends Child { children: { nodes: Child[] }; cost: { costMicros: string; eventCount: number } }

const rootQuery = `query {
  issue(ref: "LAMP-1") {
    ...Fields
    children(first: 50) { nodes { ...Fields } }
    cost(subtree: true) { costMicros eventCount }
  }
}
fragment Fields on Issue {
  id identifier title status assignee { name } holder { id } blockedBy { title }
  comments(first: 50) { nodes { body author { ... on Agent { name } } } }
}`;

interface Run { id: string; number: number; status: string; exitCode: number; startedAt: string; agent: { name: string }; issue: { id: string } | null }
const runsQuery = `query($after: Cursor) {
  company(ref: "LAMP") {
    runs(first: 100, after: $after) {
      nodes { id number status exitCode startedAt agent { name } issue { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
const activityQuery = `query($after: Cursor) {
  company(ref: "LAMP") {
    activity(first: 100, after: $after) {
      nodes { action at entityId issue { id } run { id } details }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

let root: Root;
let runs: Run[];

async function readRuns(): Promise<Run[]> {
  return askAll<Run, { company: { runs: Page<Run> } }>(boardroom.address, runsQuery, {}, (data) => data.company.runs);
}

beforeAll(async () => {
  boardroom = await startBoardroom({ args: ['--demo'], env: { BOARDROOM_DEMO_PACE: 'fast' } });
  workspace = join(boardroom.home, 'workspaces/demo');
  await boardroom.printed(/Demo: .*/);
  ({ issue: root } = await askUntil(() => ask<{ issue: Root }>(boardroom.address, rootQuery), ({ issue }) => issue.status === 'DONE'));
  runs = await askUntil(readRuns, (found) => found.every(({ status }) => !['QUEUED', 'RUNNING'].includes(status)));
}, 600_000);

afterAll(async () => {
  await boardroom?.stop();
  if (boardroom) await rm(boardroom.home, { recursive: true, force: true });
});

test('a CEO leads an engineer and a writer', async () => {
  const { company } = await ask<{ company: { agents: { nodes: { name: string; manager: { name: string } | null }[] } } }>(
    boardroom.address, '{ company(ref: "LAMP") { agents(first: 100) { nodes { name manager { name } } } } }',
  );
  const org = company.agents.nodes.map(({ name, manager }) => [name, manager?.name]).sort();
  expect(org).toEqual([['Ines', 'Marlow'], ['Marlow', undefined], ['Tove', 'Marlow']]);
});

test('the CEO asked how it may lead, and the board approved before it was asked about the plan', async () => {
  interface Led { company: { strategyApprovedAt: string; approvals: { nodes: { type: string; status: string; title: string; requestedBy: { name: string }; issues: { nodes: { identifier: string }[] } }[] } }; issue: { interactions: { nodes: { createdAt: string }[] } } }
  const { company, issue } = await ask<Led>(boardroom.address, `{
    company(ref: "LAMP") { strategyApprovedAt approvals { nodes { type status title requestedBy { ... on Agent { name } } issues { nodes { identifier } } } } }
    issue(ref: "LAMP-1") { interactions(first: 10) { nodes { createdAt } } }
  }`);
  const strategies = company.approvals.nodes.filter(({ type }) => type === 'CEO_STRATEGY');
  expect(strategies).toEqual([{ type: 'CEO_STRATEGY', status: 'APPROVED', title: 'How I will lead Lamplight', requestedBy: { name: 'Marlow' }, issues: { nodes: [{ identifier: 'LAMP-1' }] } }]);
  expect(issue.interactions.nodes).toHaveLength(1);
  for (const { createdAt } of issue.interactions.nodes) expect(company.strategyApprovedAt < createdAt).toBe(true);
});

test('six issues with their order were made, given to the right people, finished and freed', () => {
  const blockers = (child: Child) => child.blockedBy.map(({ title }) => title).sort();
  const children = root.children.nodes.map((child) => [child.title, child.assignee.name, child.status, child.holder, blockers(child)]);
  expect(children.sort()).toEqual([
    ['Build a page with thirty nights of moon', 'Ines', 'DONE', null, ['Draw the moon in the terminal']],
    ['Draw the moon in the terminal', 'Ines', 'DONE', null, ['Name the eight phases', 'Work out the phase of the moon']],
    ['Name the eight phases', 'Tove', 'DONE', null, []],
    ['Proofread everything and tag 1.0.0', 'Tove', 'DONE', null, ['Build a page with thirty nights of moon', 'Write the README from what the command prints']],
    ['Work out the phase of the moon', 'Ines', 'DONE', null, []],
    ['Write the README from what the command prints', 'Tove', 'DONE', null, ['Draw the moon in the terminal']],
  ]);
  expect(root.holder).toBeNull();
});

test('each closed its issue with a comment; the CEO opened with the plan and closed with a summary', () => {
  for (const child of root.children.nodes) {
    const before = child.title.includes('README') ? ['Ines'] : [];
    expect(child.comments.nodes.map(({ author }) => author.name)).toEqual([...before, child.assignee.name]);
  }
  const [plan, summary] = root.comments.nodes;
  expect(root.comments.nodes).toHaveLength(2);
  for (const { identifier, title } of root.children.nodes) expect(plan?.body).toContain(`${identifier} ${title}`);
  expect(summary?.body).toContain('moon 1.0.0 is out.');
});

interface Operation { phase: string; status: string; finishedAt: string; run: { id: string } | null; issue: { id: string } | null }
interface Planned {
  issue: {
    document: {
      number: number;
      threads: { nodes: { status: string; anchorState: string; quote: string; resolvedBy: { name: string }; comments: { nodes: { author: { name: string } }[] } }[] };
    };
    interactions: { nodes: { id: string; kind: string; status: string; resolvedAt: string; targetDocument: { key: string }; sourceRun: { id: string }; createdBy: { name: string }; resolvedBy: { __typename: string } }[] };
    decompositions: { status: string; childCount: number; interaction: { id: string }; children: { id: string }[] }[];
  };
  company: { projects: { nodes: { workspaces: { nodes: { mode: string; branch: string; operations: { nodes: Operation[] } }[] } }[] } };
}
const plannedQuery = `{
  issue(ref: "LAMP-1") {
    document(key: "plan") {
      number
      threads(first: 10) { nodes { status anchorState quote resolvedBy { ... on Agent { name } } comments(first: 10) { nodes { author { ... on Agent { name } } } } } }
    }
    interactions(first: 10) {
      nodes { id kind status resolvedAt targetDocument { key } sourceRun { id } createdBy { ... on Agent { name } } resolvedBy { __typename } }
    }
    decompositions { status childCount interaction { id } children { id } }
  }
  company(ref: "LAMP") {
    projects(first: 1) { nodes { workspaces(first: 20) { nodes { mode branch operations(first: 20) { nodes { phase status finishedAt run { id } issue { id } } } } } } }
  }
}`;

async function readPlanned() {
  const { issue, company } = await ask<Planned>(boardroom.address, plannedQuery);
  const workspaces = company.projects.nodes[0]?.workspaces.nodes ?? [];
  return { ...issue, workspaces, operations: workspaces.flatMap(({ operations }) => operations.nodes) };
}

test('the plan was asked about once, accepted by the board once the work of who asked was safe, and made into children once', async () => {
  const { document, interactions, decompositions, operations } = await readPlanned();
  expect(document.number).toBe(1);
  expect(interactions.nodes).toMatchObject([{
    kind: 'CONFIRMATION', status: 'ACCEPTED', targetDocument: { key: 'plan' }, createdBy: { name: 'Marlow' }, resolvedBy: { __typename: 'User' },
  }]);
  const [asked] = interactions.nodes;
  const finalized = operations.find(({ phase, run }) => phase === 'FINALIZE' && run?.id === asked?.sourceRun.id);
  expect(finalized?.status).toBe('SUCCEEDED');
  expect(asked!.resolvedAt >= finalized!.finishedAt).toBe(true);
  expect(decompositions).toEqual([{ status: 'COMPLETED', childCount: 6, interaction: { id: asked?.id }, children: root.children.nodes.map(({ id }) => ({ id })) }]);
});

test('a colleague remarked on the plan, and another answered and settled it', async () => {
  const { document } = await readPlanned();
  expect(document.threads.nodes).toEqual([{
    status: 'RESOLVED', anchorState: 'ACTIVE', quote: 'its name and the next full one', resolvedBy: { name: 'Ines' },
    comments: { nodes: [{ author: { name: 'Tove' } }, { author: { name: 'Ines' } }] },
  }]);
});

test('each issue had a worktree of its own; what waited started only once the worktrees it waited for were finalized', async () => {
  const { workspaces, operations } = await readPlanned();
  const issues = [root, ...root.children.nodes];
  expect(workspaces.map(({ mode, branch }) => [mode, branch.split('/')[1]?.split('-').slice(0, 2).join('-')]).sort()).toEqual(issues.map(({ identifier }) => ['GIT_WORKTREE', identifier]).sort());
  expect(operations.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
  const finalizedAt = (issueId: string) => operations.filter(({ phase, issue }) => phase === 'FINALIZE' && issue?.id === issueId).map(({ finishedAt }) => finishedAt).sort().at(-1) ?? 'never';
  const startedAt = (issueId: string) => runs.filter(({ issue }) => issue?.id === issueId).map((each) => each.startedAt).sort()[0] ?? 'never';
  let compared = 0;
  for (const child of root.children.nodes) {
    for (const { title } of child.blockedBy) {
      const blocker = root.children.nodes.find((each) => each.title === title) as Child;
      expect(finalizedAt(blocker.id) <= startedAt(child.id), `${child.identifier} after ${blocker.identifier}`).toBe(true);
      compared += 1;
    }
  }
  expect(compared).toBe(6);
});

test('the work is in a real repository, one commit an issue, and it does what it says', async () => {
  const git = async (...args: string[]) => (await run('git', args, { cwd: workspace })).stdout.trim();
  const commits = (await git('log', '--format=%an|%s')).split('\n').map((line) => line.split('|'));
  expect(commits.pop()).toEqual(['Lamplight', 'Lamplight opens']);
  const expected = [root, ...root.children.nodes].map(({ identifier, assignee }) => [identifier, assignee.name]);
  expect(commits.map(([author, subject]) => [subject?.split(':')[0], author?.split(',')[0]]).sort()).toEqual(expected.sort());
  expect(await git('status', '--porcelain')).toBe('');
  expect(await git('describe', '--tags')).toBe('v1.0.0');
  await git('fsck', '--strict');
  await run(process.execPath, ['--test'], { cwd: workspace });
  expect((await run(process.execPath, ['bin/moon.mjs', '2025-01-13'], { cwd: workspace })).stdout).toContain('Full moon');
});

test('every run succeeded but the one that a budget stopped, and none is left', () => {
  expect(runs.length).toBeGreaterThanOrEqual(11);
  const others = runs.filter(({ status, exitCode }) => status !== 'SUCCEEDED' || exitCode !== 0);
  expect(others.map(({ status, agent, issue }) => [status, agent.name, issue?.id])).toEqual([['CANCELLED', 'Ines', stoppedIssue().id]]);
});

function stoppedIssue(): Child {
  return root.children.nodes.find(({ title }) => title.startsWith('Build a page')) as Child;
}

interface Row { action: string; at: string; entityId: string; issue: { id: string } | null; run: { id: string } | null; details: { to?: string; reason?: string; message?: string } }

async function readActivity(): Promise<Row[]> {
  return (await askAll<Row, { company: { activity: Page<Row> } }>(boardroom.address, activityQuery, {}, (data) => data.company.activity)).reverse();
}

test('a budget was nearly used up, then used up; its agent stood still until the board raised it, and then went on to the release', async () => {
  const rows = await readActivity();
  const first = (matches: (row: Row) => boolean) => rows.findIndex(matches);
  const done = (issue: Child) => first(({ action, entityId, details }) => action === 'issue.updated' && entityId === issue.id && details.to === 'DONE');
  const [release] = root.children.nodes.filter(({ title }) => title.startsWith('Proofread'));
  const told = ['company.strategyApproved', 'interaction.created', 'interaction.accepted', 'plan.decomposed', 'budget.warned', 'budget.stopped', 'budget.resumed'];
  const story = [...told.map((wanted) => first(({ action }) => action === wanted)), done(stoppedIssue()), done(release as Child), done(root)];
  expect(story).not.toContain(-1);
  expect(story).toEqual([...story].sort((a, b) => a - b));
  for (const once of told) expect(rows.filter(({ action }) => action === once), once).toHaveLength(1);

  const [warned, stopped, resumed] = ['budget.warned', 'budget.stopped', 'budget.resumed'].map((wanted) => rows.find(({ action }) => action === wanted) as Row);
  expect(warned?.details.message).toMatch(/^The budget of agent Ines, \$0\.50 worth a month, is nearly used up: \$0\.4\d+ of \$0\.50\.$/);
  expect(stopped?.details.message).toMatch(/^The budget of agent Ines, \$0\.50 worth a month, is used up: \$0\.6\d+ of \$0\.50\.$/);
  const own = new Set(runs.filter(({ agent }) => agent.name === 'Ines').map(({ id }) => id));
  const between = rows.slice(rows.indexOf(stopped as Row), rows.indexOf(resumed as Row));
  expect(between.filter(({ action, entityId, run }) => action === 'run.started' && own.has(entityId) || action === 'issue.checkedOut' && own.has(run?.id ?? ''))).toEqual([]);
  expect(runs.filter(({ id, startedAt }) => own.has(id) && startedAt > stopped!.at && startedAt < resumed!.at)).toEqual([]);
  const again = runs.filter(({ id, issue, status }) => own.has(id) && issue?.id === stoppedIssue().id && status === 'SUCCEEDED');
  expect(again).toHaveLength(1);
  expect(again[0]!.startedAt > resumed!.at).toBe(true);
});

test('the board was asked to raise the budget, and did', async () => {
  interface Money { company: { approvals: { nodes: object[] }; agents: { nodes: { name: string; status: string; budgets: { nodes: { used: string; incidents: { nodes: object[] } }[] } }[] } } }
  const { company } = await ask<Money>(boardroom.address, `{ company(ref: "LAMP") {
    approvals(first: 10, filter: { types: [BUDGET_OVERRIDE] }) { nodes { status agent { name } decidedBy { __typename } budgetAmount incident { threshold limit status resolution } } }
    agents(first: 10) { nodes { name status budgets(first: 10) { nodes { scope metric window amount used incidents(first: 10) { nodes { threshold } } } } } }
  } }`);
  expect(company.approvals.nodes).toEqual([{
    status: 'APPROVED', agent: { name: 'Ines' }, decidedBy: { __typename: 'User' }, budgetAmount: '2000000', incident: { threshold: 'HARD', limit: '500000', status: 'RESOLVED', resolution: 'RAISED' },
  }]);
  const limited = company.agents.nodes.filter(({ budgets }) => budgets.nodes.length > 0);
  expect(limited).toMatchObject([{ name: 'Ines', status: 'IDLE', budgets: { nodes: [{ scope: 'AGENT', metric: 'IMPUTED_COST', window: 'MONTH', amount: '2000000', incidents: { nodes: [{ threshold: 'HARD' }, { threshold: 'SOFT' }] } }] } }]);
});

interface Cost { costMicros: string; imputedMicros: string; inputTokens: string; outputTokens: string; eventCount: number; unimputedCount: number }

test('what was used is billed as nothing, worth what its tokens come to at the price of the board, and the same by company, agent, project and issue', async () => {
  const sums = 'costMicros imputedMicros inputTokens outputTokens eventCount unimputedCount';
  const { company, issue } = await ask<{ issue: { cost: Cost }; company: {
    cost: Cost; costByAgent: { agent: { name: string }; cost: Cost }[]; projects: { nodes: { cost: Cost }[] };
    costs: { byBillingType: { nodes: { billingType: string; cost: Cost }[] } };
    prices: { nodes: { provider: string; model: string; inputMicros: string; outputMicros: string }[] };
  } }>(boardroom.address, `{
    issue(ref: "LAMP-1") { cost(subtree: true) { ${sums} } }
    company(ref: "LAMP") {
      cost { ${sums} }
      costByAgent { agent { name } cost { ${sums} } }
      projects(first: 10) { nodes { cost { ${sums} } } }
      costs { byBillingType(first: 10) { nodes { billingType cost { ${sums} } } } }
      prices(first: 10) { nodes { provider model inputMicros outputMicros } }
    }
  }`);
  expect(company.prices.nodes).toEqual([{ provider: 'demo', model: 'scripted-*', inputMicros: '25000000', outputMicros: '250000000' }]);
  for (const { cost } of company.costByAgent) {
    expect(cost).toMatchObject({ costMicros: '0', unimputedCount: 0, imputedMicros: (BigInt(cost.inputTokens) * 25n + BigInt(cost.outputTokens) * 250n).toString() });
    expect(BigInt(cost.inputTokens) * BigInt(cost.outputTokens)).toBeGreaterThan(0n);
  }
  const events = Object.fromEntries(company.costByAgent.map(({ agent, cost }) => [agent.name, cost.eventCount]));
  expect(events).toMatchObject({ Ines: 4, Tove: 3 });
  expect(events['Marlow']).toBeGreaterThanOrEqual(4);
  const total = company.costByAgent.reduce((sum, { cost }) => sum + BigInt(cost.imputedMicros), 0n).toString();
  expect([company.cost, issue.cost, company.projects.nodes[0]?.cost].map((cost) => cost?.imputedMicros)).toEqual([total, total, total]);
  expect(company.costs.byBillingType.nodes.map(({ billingType, cost }) => [billingType, cost.imputedMicros])).toEqual([['SUBSCRIPTION_INCLUDED', total]]);
});

test('the activity log tells all of it', async () => {
  const rows = await readActivity();
  const of = (action: string) => rows.filter((row) => row.action === action).map(({ entityId }) => entityId).sort();
  const issues = [root, ...root.children.nodes].map(({ id }) => id).sort();
  const runIds = runs.map(({ id }) => id).sort();
  expect(of('agent.created')).toHaveLength(3);
  expect(of('issue.created')).toEqual(issues);
  expect(rows.filter(({ action, details }) => action === 'issue.updated' && details.to === 'DONE').map(({ entityId }) => entityId).sort()).toEqual(issues);
  expect([...new Set(of('issue.checkedOut'))]).toEqual(issues);
  expect(of('comment.added')).toHaveLength(9);
  expect(of('document.created')).toHaveLength(1);
  expect(of('interaction.accepted')).toHaveLength(1);
  expect(of('plan.childMade')).toHaveLength(6);
  expect(of('plan.decomposed')).toHaveLength(1);
  expect(of('annotation.created')).toHaveLength(1);
  expect(of('annotation.resolved')).toHaveLength(1);
  expect(of('workspace.finalized')).toHaveLength(runs.length);
  expect(of('cost.reported')).toHaveLength(root.cost.eventCount);
  expect(of('run.started')).toEqual(runIds);
  expect(of('run.finished')).toEqual(runIds);
});

test('every log is whole: its lines are numbered and the last says how many there are', async () => {
  const logQuery = `query($id: ID!, $after: Cursor) { run(id: $id) { log(first: 100, after: $after) { chunks { stream text } endCursor hasMore } } }`;
  interface Log { run: { log: { chunks: { stream: string; text: string }[]; endCursor: string; hasMore: boolean } } }
  for (const { id } of runs) {
    let text = '';
    for (let after = '0', hasMore = true; hasMore; ) {
      const { log } = (await ask<Log>(boardroom.address, logQuery, { id, after })).run;
      text += log.chunks.filter(({ stream }) => stream === 'STDOUT').map((chunk) => chunk.text).join('');
      ({ endCursor: after, hasMore } = log);
    }
    const lines = stripVTControlCharacters(text).trimEnd().split('\n');
    expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(lines.map((_, at) => at + 1));
    expect(lines.at(-1)).toContain(`-- ${lines.length} lines --`);
  }
});

test('started again, it goes on with what is there', async () => {
  const { home } = boardroom;
  expect(await boardroom.stop()).toBe(0);
  boardroom = await startBoardroom({ home, args: ['--demo'], env: { BOARDROOM_DEMO_PACE: 'fast' } });
  await boardroom.printed(/Demo: Lamplight has done LAMP-1/);
  const { companies } = await ask<{ companies: { nodes: { issues: { totalCount: number }; agents: { totalCount: number } }[] } }>(
    boardroom.address, '{ companies(first: 10) { nodes { issues(first: 1) { totalCount } agents(first: 1) { totalCount } } } }',
  );
  expect(companies.nodes).toEqual([{ issues: { totalCount: 7 }, agents: { totalCount: 3 } }]);
});
