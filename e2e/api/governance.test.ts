import { createHmac } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askUntil, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';

// The specification's own case: an agent reports cost, reaches its threshold, is paused and gets no new invocation. Somebody outside is told
// of both, by a webhook whose signature holds.

interface Told { event: string; signature: string; body: string }

let live: RunningBoardroom;
let receiver: Server;
const told: Told[] = [];
let signingKey: string;
let agentId: string;
let companyId: string;

const mutate = <T>(mutation: string, type: string, input: object) => ask<T>(live.address, `mutation($input: ${type}!) { result: ${mutation} }`, { input });

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text)).on('end', () => {
      told.push({ event: (JSON.parse(body) as { event: string }).event, signature: String(request.headers['boardroom-signature']), body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
  live = await startBoardroom({ env: { BOARDROOM_NOTIFY_PRIVATE: 'true' } });
  ({ result: { id: companyId } } = await mutate<{ result: { id: string } }>('createCompany(input: $input) { id }', 'CreateCompanyInput', { name: 'Acme' }));
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  ({ result: { signingKey } } = await mutate<{ result: { signingKey: string } }>('createNotificationTarget(input: $input) { signingKey }', 'CreateNotificationTargetInput', { companyId, name: 'Owner', channel: 'WEBHOOK', address, events: ['BUDGET_WARNING', 'BUDGET_STOPPED'] }));
  const script = 'boardroom issue checkout && boardroom cost report --provider test --model m --usd 0.85 && boardroom cost report --provider test --model m --usd 0.20; sleep 120';
  const agent = { companyId, name: 'Ada', adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', script], graceSec: 1 } };
  ({ result: { id: agentId } } = await mutate<{ result: { id: string } }>('createAgent(input: $input) { id }', 'CreateAgentInput', agent));
  await mutate('setBudget(input: $input) { id }', 'SetBudgetInput', { scope: 'AGENT', subjectId: agentId, metric: 'BILLED_COST', amount: '1000000' });
});
afterAll(async () => {
  await live?.stop();
  receiver?.close();
  if (live) await rm(live.home, { recursive: true, force: true });
});

interface Seen { agent: { status: string; pauseReason: string | null; runs: { nodes: { status: string }[] } } }
const look = () => ask<Seen>(live.address, 'query($id: ID!) { agent(id: $id) { status pauseReason runs(first: 10) { nodes { status } } } }', { id: agentId });

test('an agent reports cost, reaches its threshold, is paused and gets no new invocation', async () => {
  await mutate('createIssue(input: $input) { id }', 'CreateIssueInput', { companyId, title: 'Spend', assigneeId: agentId });
  const { agent } = await askUntil(look, (seen) => seen.agent.runs.nodes[0]?.status === 'CANCELLED');
  expect(agent).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
  await mutate('createIssue(input: $input) { id }', 'CreateIssueInput', { companyId, title: 'Spend more', assigneeId: agentId });
  expect((await look()).agent.runs.nodes).toHaveLength(1);
});

test('whoever wanted to hear of it was told of the warning and of the stop, with signatures that hold', async () => {
  await askUntil(() => Promise.resolve(told), (all) => all.length >= 2);
  expect(told.map(({ event }) => event).sort()).toEqual(['BUDGET_STOPPED', 'BUDGET_WARNING']);
  for (const { signature, body } of told) {
    const [, time, mark] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
    expect(mark).toBe(createHmac('sha256', signingKey).update(`${time}.${body}`).digest('hex'));
  }
});
