import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, projectFolder, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { boardroomCommand, commandData } from '../support/command.ts';

// The specification's own case: the board creates a company and hires a CEO, the CEO asks for its strategy, the board approves it, the
// CEO receives work and does it. The CEO is a real process that has curl and the command, and asks as docs/agents.md shows it.

let live: RunningBoardroom;
let companyId: string;
let ceoId: string;

const mutate = <T = Record<string, { id: string }>>(mutation: string, type: string, input: object) => ask<T>(live.address, `mutation($input: ${type}!) { ${mutation} }`, { input });

beforeAll(async () => {
  live = await startBoardroom();
  const guide = await readFile(join(projectFolder, 'docs/agents.md'), 'utf8');
  const askFunction = /^ask\(\) \{.*?^\}$/ms.exec(guide)?.[0] ?? '';
  const example = (type: string) => new RegExp(`^ask '\\{"query":"mutation\\(\\$input: RequestApprovalInput!\\)[^']*"type":"${type}".*?'$`, 'ms').exec(guide)?.[0] ?? `no example of ${type}`;
  const script = `
set -e
${askFunction}
id=$(echo "$BOARDROOM_WAKE_PAYLOAD_JSON" | sed -n 's/.*"approval":{"id":"\\([^"]*\\)".*/\\1/p')
echo "woken by $BOARDROOM_WAKE_REASON"
case "$BOARDROOM_WAKE_REASON" in
manual)
  boardroom issue create "Draw the lamp" --status backlog
  boardroom issue create "Draw the lamp now" --assignee me 2>&1 || echo "declined with $?"
  ${example('CEO_STRATEGY')};;
approval_revision_requested) boardroom approval resubmit "$id" --body "One product, in smaller steps, by spring";;
approval_commented) boardroom approval comment "$id" "By spring";;
approval_approved) case "$BOARDROOM_WAKE_PAYLOAD_JSON" in *CEO_STRATEGY*)
  boardroom issue update ACME-1 --status todo --assignee me
  ${example('HIRE_AGENT')};; esac;;
issue_assigned) boardroom issue checkout && boardroom issue update --status done --comment "Led it.";;
esac`;
  ({ createCompany: { id: companyId } } = await ask<{ createCompany: { id: string } }>(live.address, 'mutation { createCompany(input: { name: "Acme" }) { id } }'));
  const ceo = { companyId, name: 'Juno', role: 'CEO', adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', script] } };
  ({ createAgent: { id: ceoId } } = await mutate<{ createAgent: { id: string } }>('createAgent(input: $input) { id }', 'CreateAgentInput', ceo));
});
afterAll(async () => {
  await live?.stop();
  if (live) await rm(live.home, { recursive: true, force: true });
});

interface Run { reason: string; status: string; exitCode: number | null; issue: { identifier: string } | null; log: { chunks: { text: string }[] } }
/** The newest run that was woken for a reason, once it is over. */
async function runFor(reason: string): Promise<Run & { text: string }> {
  const query = 'query($id: ID!) { agent(id: $id) { runs(first: 20) { nodes { reason status exitCode issue { identifier } log(after: "0", first: 100) { chunks { text } } } } } }';
  const found = await askUntil(async () => (await ask<{ agent: { runs: { nodes: Run[] } } }>(live.address, query, { id: ceoId })).agent.runs.nodes.find((run) => run.reason === reason), (run) => run !== undefined && !['QUEUED', 'RUNNING'].includes(run.status)) as Run;
  return { ...found, text: found.log.chunks.map(({ text }) => text).join('') };
}

interface Approval { id: string; type: string; status: string; title: string; body: string; revision: number; agent: { id: string; status: string } | null; requestedBy: { name: string }; comments: { nodes: { body: string }[] } }
const list = (...more: string[]) => commandData<Approval[]>(live.address, ['approval', 'list', '--company', 'ACME', ...more]);
const one = (id: string) => commandData<Approval>(live.address, ['approval', 'show', id]);

test('a CEO drafts, is held to that, and puts its strategy before the board by curl alone', async () => {
  await mutate('wakeAgent(input: $input) { ... on Wakeup { id } }', 'WakeAgentInput', { agentId: ceoId });
  const run = await runFor('manual');
  expect(run.text).toContain('declined with 1');
  expect(run.text).toContain('RULE_VIOLATION');
  expect(run).toMatchObject({ status: 'SUCCEEDED', exitCode: 0 });
  const { issue } = await ask<{ issue: { status: string } }>(live.address, '{ issue(ref: "ACME-1") { status } }');
  expect(issue.status).toBe('BACKLOG');
  expect(await list()).toMatchObject([{ type: 'CEO_STRATEGY', status: 'PENDING', title: 'How I will lead', requestedBy: { name: 'Juno' } }]);
});

test('the board asks, wants another version, gets it, and approves: the CEO hears of each', async () => {
  const [strategy] = await list('--status', 'pending') as [Approval];
  await boardroomCommand(live.address, ['approval', 'comment', strategy.id, 'By when?']);
  await runFor('approval_commented');
  await boardroomCommand(live.address, ['approval', 'revise', strategy.id, 'Smaller steps']);
  expect(await runFor('approval_revision_requested')).toMatchObject({ status: 'SUCCEEDED', exitCode: 0 });
  expect(await one(strategy.id)).toMatchObject({ status: 'PENDING', revision: 2, body: 'One product, in smaller steps, by spring', comments: { nodes: [{ body: 'By when?' }, { body: 'By spring' }, { body: 'Smaller steps' }] } });
  const text = await boardroomCommand(live.address, ['approval', 'approve', strategy.id, '--note', 'Go']);
  expect(text.stdout).toMatch(/How I will lead[\s\S]*APPROVED[\s\S]*Go/);
  expect(await boardroomCommand(live.address, ['approval', 'reject', strategy.id])).toMatchObject({ code: 3, stderr: expect.stringContaining('ApprovalDecided: it is approved already') });
  const { company } = await ask<{ company: { strategyApprovedAt: string | null } }>(live.address, '{ company(ref: "ACME") { strategyApprovedAt } }');
  expect(company.strategyApprovedAt).toEqual(expect.any(String));
});

test('now it sets its work in motion, is run for it, and does it', async () => {
  expect(await runFor('approval_approved')).toMatchObject({ status: 'SUCCEEDED', exitCode: 0 });
  await mutate('createIssue(input: $input) { id }', 'CreateIssueInput', { companyId, title: 'Sell the lamp', assigneeId: ceoId });
  const query = '{ company(ref: "ACME") { issues(first: 10) { nodes { title status comments(first: 5) { nodes { body } } } } } }';
  interface Issues { company: { issues: { nodes: { title: string; status: string; comments: { nodes: { body: string }[] } }[] } } }
  const { company } = await askUntil(() => ask<Issues>(live.address, query), (data) => data.company.issues.nodes.some(({ title, status }) => title === 'Sell the lamp' && status === 'DONE'));
  expect(company.issues.nodes.find(({ title }) => title === 'Sell the lamp')?.comments.nodes).toEqual([{ body: 'Led it.' }]);
  expect(await runFor('issue_assigned')).toMatchObject({ status: 'SUCCEEDED', exitCode: 0 });
});

test('it asks for a colleague by curl, who takes no work until the board hires her, with her budget', async () => {
  const [hire] = await askUntil(() => list('--type', 'hire-agent'), (found) => found.length > 0) as [Approval];
  const { agent } = await one(hire.id);
  expect(agent).toMatchObject({ status: 'PENDING_APPROVAL' });
  await mutate('createIssue(input: $input) { id }', 'CreateIssueInput', { companyId, title: 'Test the lamp', assigneeId: agent?.id });
  const runs = () => ask<{ agent: { status: string; manager: { id: string }; budgets: { nodes: { metric: string; amount: string }[] }; runs: { nodes: { status: string }[] } } }>(
    live.address, 'query($id: ID!) { agent(id: $id) { status manager { id } budgets { nodes { metric amount } } runs(first: 5) { nodes { status } } } }', { id: agent?.id },
  );
  expect((await runs()).agent.runs.nodes).toEqual([]);
  await boardroomCommand(live.address, ['approval', 'approve', hire.id]);
  const hired = await askUntil(runs, (data) => data.agent.runs.nodes.some(({ status }) => status === 'SUCCEEDED'));
  expect(hired.agent).toMatchObject({ manager: { id: ceoId }, budgets: { nodes: [{ metric: 'TOKENS', amount: '2000000' }] } });
});

test('settings that were changed are brought back by the command', async () => {
  const { agent: { id } } = (await list('--type', 'hire-agent', '--all').then(([hire]) => one(hire!.id))) as { agent: { id: string } };
  await mutate('updateAgent(input: $input) { id }', 'UpdateAgentInput', { agentId: id, title: 'Chief tester', maxConcurrentRuns: 3 });
  const shown = await boardroomCommand(live.address, ['agent', 'revisions', 'Tess', '--company', 'ACME']);
  expect(shown.stdout).toMatch(/2 UPDATED by Board.*\n {2}title: - -> Chief tester\n {2}maxConcurrentRuns: 20 -> 3/);
  expect(await commandData(live.address, ['agent', 'rollback', 'Tess', '1', '--company', 'ACME'])).toMatchObject({ title: null, maxConcurrentRuns: 20 });
  expect(await commandData(live.address, ['agent', 'revisions', 'Tess', '--company', 'ACME'])).toMatchObject([{ number: 3, source: 'ROLLED_BACK', rolledBackTo: { number: 1 } }, { number: 2 }, { number: 1 }]);
  expect(await boardroomCommand(live.address, ['agent', 'rollback', 'Tess', '9', '--company', 'ACME'])).toMatchObject({ code: 1, stderr: expect.stringContaining('no revision 9') });
});

test('an approval is linked, withdrawn and rejected by the command too', async () => {
  const asked = await commandData<Approval>(live.address, ['approval', 'request', 'A lamp for the office', '--company', 'ACME', '--body', 'It is dark', '--issues', 'ACME-1']);
  expect(asked).toMatchObject({ type: 'BOARD_REQUEST', status: 'PENDING' });
  expect(await commandData(live.address, ['approval', 'link', asked.id, 'ACME-2'])).toMatchObject({ issues: { nodes: [{ identifier: 'ACME-2' }] } });
  expect(await commandData(live.address, ['approval', 'withdraw', asked.id, '--note', 'It is light'])).toMatchObject({ status: 'CANCELLED', decisionNote: 'It is light' });
  const again = await commandData<Approval>(live.address, ['approval', 'request', 'Another lamp', '--company', 'ACME']);
  expect(await commandData(live.address, ['approval', 'reject', again.id, '--note', 'One is enough'])).toMatchObject({ status: 'REJECTED', decisionNote: 'One is enough' });
});
