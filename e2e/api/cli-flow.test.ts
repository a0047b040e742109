import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { boardroomCommand } from '../support/command.ts';

// Who is woken for what, end to end: agents name each other, hold and release, look again later, and say why nothing happens.

let live: RunningBoardroom;
let companyId: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  live = await startBoardroom();
  ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }'));
  await hire('Tove', 'boardroom issue comment "reason $BOARDROOM_WAKE_REASON"; boardroom issue checkout; echo "exit $?"');
  await hire('Ines', [
    'case "$BOARDROOM_WAKE_REASON" in',
    'issue_assigned) boardroom issue checkout && boardroom issue watch --in 10m --times 2 --notes "is it there?" && boardroom issue comment --mention Tove "what do you say?";;',
    '*) boardroom issue comment "woken by $BOARDROOM_WAKE_REASON";;',
    'esac',
  ].join('\n'));
});

afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

async function hire(name: string, script: string): Promise<void> {
  const input = { companyId, name, adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', script] } };
  const { createAgent } = await ask<{ createAgent: { id: string } }>(live.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input });
  ids[name] = createAgent.id;
}

const boardroom = (...args: string[]) => boardroomCommand(live.address, args);

interface Thread { issue: { status: string; monitor: { notes: string; maxAttempts: number } | null; comments: { nodes: { body: string; author: { name: string } }[] } } }
const THREAD = 'query($ref: String!) { issue(ref: $ref) { status monitor { notes maxAttempts } comments(first: 50) { nodes { body author { ... on Agent { name } ... on User { name } } } } } }';
const thread1 = () => ask<Thread>(live.address, THREAD, { ref: 'ACME-1' });
const said = ({ issue }: Thread, body: string) => issue.comments.nodes.some((comment) => comment.body === body);

test('an agent sets a time to look again and asks a colleague, who answers and does not take the issue', async () => {
  await boardroom('issue', 'create', 'Ship it', '--assignee', 'Ines');
  const thread = await askUntil(thread1, (data) => said(data, 'reason issue_comment_mentioned'));
  expect(thread.issue.monitor).toEqual({ notes: 'is it there?', maxAttempts: 2 });
  const runsOfTove = () => ask<{ agent: { runs: { nodes: { logTail: string[] }[] } } }>(live.address, 'query($id: ID!) { agent(id: $id) { runs(first: 5) { nodes { logTail } } } }', { id: ids['Tove'] });
  const runs = await askUntil(runsOfTove, ({ agent }) => agent.runs.nodes.some((run) => run.logTail.some((line) => line.startsWith('exit'))));
  expect(runs.agent.runs.nodes.at(-1)?.logTail).toContain('exit 3');
});

test('held work is not run, and it is told why; released, its agent is woken', async () => {
  const { issue } = await ask<{ issue: { id: string } }>(live.address, 'query { issue(ref: "ACME-1") { id } }');
  const { holdSubtree } = await ask<{ holdSubtree: { id: string } }>(live.address, 'mutation($input: HoldSubtreeInput!) { holdSubtree(input: $input) { ... on SubtreeHold { id } } }', { input: { issueId: issue.id, mode: 'PAUSE', reason: 'a freeze' } });
  const why = await boardroom('agent', 'why', 'Ines', '--issue', 'ACME-1');
  expect(why.stdout).toMatch(/^The issue is on hold; release the hold first\.\n {2}shut: issue_held/);
  const woken = await boardroom('agent', 'wake', 'Ines', '--issue', 'ACME-1');
  expect(woken).toMatchObject({ code: 3, stderr: expect.stringContaining('issue_held') });
  await ask(live.address, 'mutation($input: ReleaseSubtreeInput!) { releaseSubtree(input: $input) { id } }', { input: { holdId: holdSubtree.id } });
  await askUntil(thread1, (data) => said(data, 'woken by issue_tree_restored'));
});
