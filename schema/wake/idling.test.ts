import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import type { WakeStatus } from '../../prisma/generated/enums.ts';
import { BOARD, testBoardroom, type TestBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
async function beats(agent: Agent, count: number, status: WakeStatus, more: { skipReason?: string; runId?: string; requestedAt?: Date } = {}) {
  await boardroom.db.prisma.wakeup.createMany({ data: Array.from({ length: count }, () => ({
    id: newId(), companyId: agent.companyId, agentId: agent.id, source: 'TIMER' as const, reason: 'heartbeat_timer', status, requesterType: 'SYSTEM' as const, ...more,
  })) });
}
const used = async (agent: Agent, tokens: bigint, { imputedMicros = tokens * 2n, ...more }: { imputedMicros?: bigint | null } & Parameters<typeof insertRun>[2] = {}) => {
  const usage = { inputTokens: tokens - 20n, cachedInputTokens: 15n, outputTokens: 5n };
  const run = await insertRun(boardroom.db, agent, { status: 'SUCCEEDED', finishedAt: new Date(), ...usage, ...more });
  await boardroom.db.prisma.costEvent.create({
    data: { id: newId(), companyId: agent.companyId, agentId: agent.id, runId: run.id, provider: 'p', biller: 'p', model: 'm', ...usage, billingType: 'SUBSCRIPTION_INCLUDED', costMicros: 0n, costStatus: 'PRICED', imputedMicros, occurredAt: new Date() },
  });
  return run;
};

const fields = 'dueCount skippedCount runCount unknownCount tokensSaved savedImputedMicros basis';
const ofAgent = async (agent: Agent, since?: Date) => {
  const { agent: found } = await boardroom.ask(BOARD, `query ($id: ID!, $since: DateTime) { agent(id: $id) { idling(since: $since) { ${fields} } } }`, { id: agent.id, since: since?.toISOString() }) as { agent: { idling: object } };
  return found.idling;
};

test('nothing due is nothing saved', async () => {
  expect(await ofAgent(await acme.agent())).toEqual({ dueCount: 0, skippedCount: 0, runCount: 0, unknownCount: 0, tokensSaved: '0', savedImputedMicros: null, basis: 'NONE' });
});

test('what an agent’s own heartbeats use is what a skipped one saves; other runs do not count then', async () => {
  const agent = await acme.agent();
  const run = await used(agent, 1_000n, { source: 'TIMER' });
  await used(agent, 3_000n, { source: 'TIMER' });
  await used(agent, 900_000n);
  await beats(agent, 3, 'SKIPPED', { skipReason: 'nothing_to_do' });
  await beats(agent, 2, 'SKIPPED', { skipReason: 'budget_stopped' });
  await beats(agent, 1, 'COMPLETED', { runId: run.id });
  expect(await ofAgent(agent)).toEqual({ dueCount: 6, skippedCount: 3, runCount: 1, unknownCount: 0, tokensSaved: '6000', savedImputedMicros: '12000', basis: 'TIMER_RUNS' });
});

test('without a heartbeat that told, its other runs say it; a price that is unknown is not zero', async () => {
  const agent = await acme.agent();
  await used(agent, 500n, { imputedMicros: null });
  await insertRun(boardroom.db, agent, { status: 'SUCCEEDED', finishedAt: new Date(), source: 'TIMER' });
  await beats(agent, 4, 'SKIPPED', { skipReason: 'nothing_to_do' });
  expect(await ofAgent(agent)).toMatchObject({ skippedCount: 4, tokensSaved: '2000', savedImputedMicros: null, basis: 'ALL_RUNS' });
});

test('an agent that never told what it uses saved nobody knows how much', async () => {
  const agent = await acme.agent();
  await beats(agent, 5, 'SKIPPED', { skipReason: 'nothing_to_do' });
  expect(await ofAgent(agent)).toMatchObject({ skippedCount: 5, unknownCount: 5, tokensSaved: '0', savedImputedMicros: null, basis: 'NONE' });
});

test('only what fell due since then', async () => {
  const agent = await acme.agent();
  await used(agent, 100n);
  await beats(agent, 2, 'SKIPPED', { skipReason: 'nothing_to_do', requestedAt: ago(90) });
  await beats(agent, 1, 'SKIPPED', { skipReason: 'nothing_to_do', requestedAt: ago(30) });
  expect(await ofAgent(agent, ago(60))).toMatchObject({ dueCount: 1, tokensSaved: '100' });
  expect(await ofAgent(agent, ago(120))).toMatchObject({ dueCount: 3, tokensSaved: '300' });
  await expect(ofAgent(agent, ago(-5))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a company is the sum of its agents, in one statement however many these are', async () => {
  const beta = await smallCompany(boardroom, 'Beta');
  const ask = (): Promise<unknown> => boardroom.ask(BOARD, `query ($ref: String!) { company(ref: $ref) { idling { ${fields} } agents(first: 50) { nodes { idling { skippedCount } } } } }`, { ref: beta.id });
  for (const agent of [beta.ceo, beta.engineer]) await beats(agent, 2, 'SKIPPED', { skipReason: 'nothing_to_do' });
  await used(beta.ceo, 100n, { source: 'TIMER' });
  await used(beta.engineer, 1_000n);
  await beats(beta.writer, 1, 'SKIPPED', { skipReason: 'nothing_to_do' });
  const sent = await boardroom.statements(ask);
  for (let count = 0; count < 5; count += 1) await beats(await beta.agent({ name: `Beta ${count}` }), 1, 'SKIPPED', { skipReason: 'nothing_to_do' });
  expect(await boardroom.statements(ask)).toHaveLength(sent.length);
  expect(sent.filter((statement) => statement.includes('"tokensSaved"'))).toHaveLength(2); // of the company, and of all agents
  const { company } = await ask() as { company: { idling: object } };
  expect(company.idling).toEqual({ dueCount: 10, skippedCount: 10, runCount: 0, unknownCount: 6, tokensSaved: '2200', savedImputedMicros: '4400', basis: 'MIXED' });
});
