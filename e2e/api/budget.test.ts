import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, commandData } from '../support/command.ts';

// An agent that spends more than it may, with real processes: it is stopped while it works, gets no new run, and goes on when the board says so.

let live: RunningBoardroom;
let agentId: string;

beforeAll(async () => {
  live = await startBoardroom();
  const { createCompany } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }');
  const script = [
    'boardroom issue checkout || exit 0',
    'if [ "$BOARDROOM_WAKE_REASON" != issue_assigned ]; then boardroom issue update --status done --comment "on with it"; exit 0; fi',
    'boardroom cost report --provider test --model m --usd 0.90',
    'boardroom cost report --provider test --model m --usd 0.60',
    'sleep 120',
    'boardroom issue comment "never said"',
  ].join('\n');
  const input = { companyId: createCompany.id, name: 'Ada', adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', script], graceSec: 1 } };
  ({ createAgent: { id: agentId } } = await ask<{ createAgent: { id: string } }>(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input }));
});

afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

const boardroom = (...args: string[]) => boardroomCommand(live.address, args);
interface Budget { id: string; used: string; usedPercent: number; stop: { message: string; incident: { id: string; status: string; approval: { id: string } } } | null }
const RUNS = 'query($id: ID!) { agent(id: $id) { status pauseReason runs(first: 10) { nodes { number status error { message } } } } }';
interface Runs { agent: { status: string; pauseReason: string | null; runs: { nodes: { number: number; status: string; error: { message: string } | null }[] } } }
const runs = () => ask<Runs>(live.address, RUNS, { id: agentId });

test('an agent reports cost, reaches its threshold, is stopped and paused, and gets no new invocation', async () => {
  const set = await boardroom('budget', 'set', '1', '--agent', 'Ada');
  expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining('agent Ada') });
  await boardroom('issue', 'create', 'Spend', '--assignee', 'Ada');
  const stopped = await askUntil(runs, ({ agent }) => agent.runs.nodes[0]?.status === 'CANCELLED');
  expect(stopped.agent).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET', runs: { nodes: [{ number: 1, error: { message: expect.stringContaining('$1.50 of $1.00') } }] } });

  // What it read as it reported first. The second report may be stopped before it has said a word.
  interface Log { agent: { runs: { nodes: { logTail: string[] }[] } } }
  await askUntil(
    () => ask<Log>(live.address, 'query($id: ID!) { agent(id: $id) { runs(first: 1) { nodes { logTail(lines: 10) } } } }', { id: agentId }),
    ({ agent }) => agent.runs.nodes[0]?.logTail.includes('The budget of agent Ada, $1.00 billed a month, is nearly used up: $0.90 of $1.00.') ?? false,
  );

  const woken = await boardroom('agent', 'wake', 'Ada', '--issue', 'ACME-1');
  expect(woken).toMatchObject({ code: 3, stderr: expect.stringContaining('The budget of agent Ada, $1.00 billed a month, is used up: $1.50 of $1.00.') });
  expect((await boardroom('agent', 'why', 'Ada', '--issue', 'ACME-1')).stdout).toContain('is used up: $1.50 of $1.00.');
  expect((await runs()).agent.runs.nodes).toHaveLength(1);

  const [budget] = await commandData<[Budget]>(live.address, ['budget', 'list', '--agent', 'Ada']);
  expect(budget).toMatchObject({ used: '1500000', usedPercent: 150, stop: { incident: { status: 'OPEN', approval: { id: expect.any(String) } } } });
  expect((await boardroom('budget', 'list')).stdout).toMatch(/agent Ada .*\$1\.00 billed a month .*used \$1\.50, 150 % .*STOPPED/);
});

test('the board keeps it stopped, cannot raise it to what is spent, and raises it: the agent goes on, once', async () => {
  const [{ id }] = await commandData<[Budget]>(live.address, ['budget', 'list', '--agent', 'Ada']);
  expect(await boardroom('budget', 'keep', id)).toMatchObject({ code: 0, stdout: expect.stringContaining('kept stopped until') });
  expect((await boardroom('budget', 'list')).stdout).toMatch(/agent Ada .* KEPT/);
  expect(await boardroom('budget', 'raise', id, '1.50')).toMatchObject({ code: 1, stderr: expect.stringContaining('RULE_VIOLATION') });
  expect(await boardroom('budget', 'raise', id, '20')).toMatchObject({ code: 0, stdout: expect.stringContaining('work goes on') });
  const THREAD = 'query { issue(ref: "ACME-1") { status comments(first: 10) { nodes { body } } } }';
  const done = await askUntil(() => ask<{ issue: { status: string; comments: { nodes: { body: string }[] } } }>(live.address, THREAD), ({ issue }) => issue.status === 'DONE');
  expect(done.issue.comments.nodes.map(({ body }) => body)).toEqual(['on with it']);
  expect((await runs()).agent.runs.nodes).toHaveLength(2);
  expect(await boardroom('budget', 'raise', id, '30')).toMatchObject({ code: 2, stderr: expect.stringContaining('stops nothing') });
});

test('what is mistyped is told, and a budget is taken away', async () => {
  for (const args of [['set'], ['set', 'much'], ['set', '1.5', '--metric', 'tokens'], ['set', '5', '--agent', 'Ada', '--issue', 'ACME-1'], ['set', '5', '--window', 'rolling'], ['keep'], ['remove']]) {
    const { code } = await boardroom('budget', ...args);
    expect([args, code]).toEqual([args, args.includes('rolling') ? 1 : 2]);
  }
  const set = await commandData<Budget>(live.address, ['budget', 'set', '1000', '--metric', 'tokens', '--issue', 'ACME-1', '--hours', '5', '--warn', '50', '--stop', 'no']);
  expect(set).toMatchObject({ scope: 'ISSUE_SUBTREE', metric: 'TOKENS', window: 'ROLLING', windowHours: 5, warnPercent: 50, hardStop: false });
  expect((await boardroom('budget', 'remove', set.id)).stdout).toContain('removed: issue ACME-1, 1,000 tokens in 5 h');
  expect(await boardroom('budget', 'remove', set.id)).toMatchObject({ code: 1, stderr: expect.stringContaining('NOT_FOUND') });
});
