import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company } from '../../api/demo/company.ts';
import { ask, askUntil, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';

let boardroom: RunningBoardroom;
let home: string;

beforeAll(async () => {
  boardroom = await startBoardroom({ args: ['--demo'] });
  ({ home } = boardroom);
});
afterAll(async () => {
  await boardroom?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

interface Issue { status: string; holder: { id: string } | null; runs: { nodes: { status: string }[] } }

async function issue(ref: string): Promise<Issue | null> {
  const query = 'query($ref: String!) { issue(ref: $ref) { status holder { id } runs(first: 10) { nodes { status } } } }';
  return (await ask<{ issue: Issue | null }>(boardroom.address, query, { ref })).issue;
}

/** A number may be left out, so what the plan came to is asked for. */
async function firstChild(): Promise<string | undefined> {
  const { issue } = await ask<{ issue: { children: { nodes: { identifier: string }[] } } | null }>(boardroom.address, '{ issue(ref: "LAMP-1") { children(first: 1) { nodes { identifier } } } }');
  return issue?.children.nodes[0]?.identifier;
}

/** A person need not wait until the demo answers for the board. */
async function approveStrategy(): Promise<void> {
  const asked = '{ company(ref: "LAMP") { approvals(first: 1, filter: { types: [CEO_STRATEGY], statuses: [PENDING] }) { nodes { id } } } }';
  const read = async () => (await ask<{ company: { approvals: { nodes: { id: string }[] } } | null }>(boardroom.address, asked)).company?.approvals.nodes[0]?.id;
  const approvalId = await askUntil(read, (found) => found !== undefined);
  await ask(boardroom.address, 'mutation($input: DecideApprovalInput!) { decideApproval(input: $input) { __typename } }', { input: { approvalId, decision: 'APPROVED' } });
}

async function acceptPlan(): Promise<void> {
  const pending = '{ issue(ref: "LAMP-1") { interactions(first: 1, filter: { statuses: [PENDING] }) { nodes { id } } } }';
  const read = async () => (await ask<{ issue: { interactions: { nodes: { id: string }[] } } | null }>(boardroom.address, pending)).issue?.interactions.nodes[0]?.id;
  const interactionId = await askUntil(read, (found) => found !== undefined);
  const accept = 'mutation($input: AcceptInteractionInput!) { acceptInteraction(input: $input) { __typename } }';
  await askUntil(
    () => ask<{ acceptInteraction: { __typename: string } }>(boardroom.address, accept, { input: { interactionId } }),
    ({ acceptInteraction }) => acceptInteraction.__typename === 'Interaction',
  );
}

/** The scripts without their pauses, and the board with its own. */
async function hurry(): Promise<void> {
  interface Staff { company: { agents: { nodes: { id: string; adapterConfig: { args: string[] } }[] } } }
  const { company } = await ask<Staff>(boardroom.address, '{ company(ref: "LAMP") { agents(first: 10) { nodes { id adapterConfig } } } }');
  for (const { id: agentId, adapterConfig } of company.agents.nodes) {
    const input = { agentId, adapterConfig: { ...adapterConfig, args: [...adapterConfig.args, '--fast'] } };
    await ask(boardroom.address, 'mutation($input: UpdateAgentInput!) { updateAgent(input: $input) { id } }', { input });
  }
}

interface Money { company: { approvals: { nodes: { status: string }[] }; agents: { nodes: { name: string; status: string; budgets: { nodes: { amount: string; incidents: { nodes: { threshold: string }[] } }[] } }[] } } }

async function engineer() {
  const { company } = await ask<Money>(boardroom.address, `{ company(ref: "LAMP") {
    approvals(first: 10, filter: { types: [BUDGET_OVERRIDE] }) { nodes { status } }
    agents(first: 10) { nodes { name status budgets(first: 10) { nodes { amount incidents(first: 10) { nodes { threshold } } } } } }
  } }`);
  const { status, budgets } = company.agents.nodes.find(({ name }) => name === 'Ines')!;
  return { status, overrides: company.approvals.nodes.map((each) => each.status), amount: budgets.nodes[0]?.amount, incidents: budgets.nodes[0]?.incidents.nodes.map(({ threshold }) => threshold) };
}

test('stopped in the middle, again, and while a budget was used up, the demo goes on where it was', async () => {
  await approveStrategy();
  await acceptPlan();
  const child = (await askUntil(firstChild, (found) => found !== undefined)) as string;
  for (let stops = 1; stops <= 2; stops += 1) {
    await askUntil(() => issue(child), (found) => Boolean(found?.holder) && found?.runs.nodes.length === stops);
    expect(await boardroom.stop()).toBe(0);
    boardroom = await startBoardroom({ home: boardroom.home, args: ['--demo'] });
  }
  await hurry();
  await askUntil(engineer, ({ overrides }) => overrides.includes('PENDING'));
  expect(await boardroom.stop()).toBe(0);
  boardroom = await startBoardroom({ home: boardroom.home });
  expect(await engineer()).toEqual({ status: 'PAUSED', overrides: ['PENDING'], amount: '500000', incidents: ['HARD', 'SOFT'] });
  expect(await boardroom.stop()).toBe(0);
  boardroom = await startBoardroom({ home: boardroom.home, args: ['--demo'], env: { BOARDROOM_DEMO_PACE: 'fast' } });

  await askUntil(() => issue('LAMP-1'), (found) => found?.status === 'DONE');
  const runs = ['SUCCEEDED', 'INTERRUPTED', 'INTERRUPTED'].map((status) => ({ status }));
  expect(await issue(child)).toEqual({ status: 'DONE', holder: null, runs: { nodes: runs } });
  expect(await engineer()).toEqual({ status: 'IDLE', overrides: ['APPROVED'], amount: '2000000', incidents: ['HARD', 'SOFT'] });
}, 1_200_000);

test('an agent that has worked in an older demo goes on without a budget; what the board has made of price and budget stays', async () => {
  expect(await boardroom.stop()).toBe(0);
  const older = await startBoardroom();
  try {
    const founded = await ask<{ createCompany: { id: string } }>(older.address, 'mutation($input: CreateCompanyInput!) { createCompany(input: $input) { id } }', { input: company });
    const companyId = founded.createCompany.id;
    const hire = { companyId, name: 'Ines', role: 'ENGINEER', adapterType: 'process', adapterConfig: { command: 'true' } };
    const { createAgent } = await ask<{ createAgent: { id: string } }>(older.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input: hire });
    const used = { agentId: createAgent.id, provider: 'demo', model: 'scripted-engineer', costMicros: '41200', inputTokens: '18240', outputTokens: '2310' };
    await ask(older.address, 'mutation($input: ReportCostInput!) { reportCost(input: $input) { id } }', { input: used });
    const price = { companyId, provider: 'demo', model: 'scripted-*', inputMicros: '1', outputMicros: '2' };
    await ask(older.address, 'mutation($input: SetPriceInput!) { setPrice(input: $input) { id } }', { input: price });
    expect(await older.stop()).toBe(0);
    boardroom = await startBoardroom({ home: older.home, args: ['--demo'] });
    await boardroom.printed(/Demo: Lamplight is at work/);
    expect(await engineer()).toMatchObject({ status: 'IDLE', overrides: [], amount: undefined });
    const { company: kept } = await ask<{ company: { prices: { nodes: object[] } } }>(boardroom.address, '{ company(ref: "LAMP") { prices(first: 10) { nodes { inputMicros outputMicros } } } }');
    expect(kept.prices.nodes).toEqual([{ inputMicros: '1', outputMicros: '2' }]);
  } finally {
    await older.stop();
    await boardroom.stop();
    await rm(older.home, { recursive: true, force: true });
  }
});
