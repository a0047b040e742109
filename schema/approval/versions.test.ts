import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../prisma/client.ts';
import { migrate, migrationsFolder } from '../../prisma/migrate.ts';
import { testDatabase } from '../../prisma/testing.ts';
import { write } from '../../prisma/transaction.ts';
import { updateAgent } from '../agent/commands.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

type By = Parameters<TestBoardroom['ask']>[0];
const engineer = () => keyOf(acme.engineer);
const request = async (by: By, input: object) => (await boardroom.ask(by, 'mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { id agent { id } } }', { input })).requestApproval;
const revise = (approvalId: string, note = 'Another, please') =>
  boardroom.ask(BOARD, 'mutation ($input: RequestApprovalRevisionInput!) { requestApprovalRevision(input: $input) { __typename } }', { input: { approvalId, note } });
const resubmit = (by: By, input: object) => boardroom.ask(by, 'mutation ($input: ResubmitApprovalInput!) { resubmitApproval(input: $input) { __typename ... on Approval { revision } } }', { input });
const VERSIONS = `versions(first: 10) { nodes {
  id number title body settings hireBudget { metric amount } changes { name before after } bodyDiff { lines }
  submittedBy { __typename ... on User { name } ... on Agent { id } } run { id } createdAt approval { id }
} }`;
const versions = async (id: string, by: By = BOARD) => (await boardroom.ask(by, `query ($id: ID!) { approval(id: $id) { ${VERSIONS} } }`, { id })).approval.versions.nodes;
const hire = { name: 'Nova', adapterType: 'process', adapterConfig: { command: 'true', env: { KEY: 'first secret' } } };

test('what was asked for stays to be read, and each version says what is different, who put it there and in which run', async () => {
  const run = await insertRun(boardroom.db, acme.engineer);
  const { id } = await request(tokenOf(run), { type: 'BOARD_REQUEST', title: 'A lamp', body: 'It is dark.\nVery.' });
  expect(await versions(id)).toMatchObject([{ number: 1, title: 'A lamp', settings: null, hireBudget: null, changes: [], bodyDiff: [], submittedBy: { __typename: 'Agent', id: acme.engineer.id }, run: { id: run.id }, approval: { id } }]);
  await revise(id);
  await resubmit(BOARD, { approvalId: id, title: 'A green lamp', body: 'It is dark.\nAt night.' });
  const [second, first] = await versions(id, engineer());
  expect(first).toMatchObject({ number: 1, title: 'A lamp', body: 'It is dark.\nVery.' });
  expect(second).toMatchObject({
    number: 2, title: 'A green lamp', body: 'It is dark.\nAt night.', changes: [{ name: 'title', before: 'A lamp', after: 'A green lamp' }], submittedBy: { __typename: 'User' }, run: null,
    bodyDiff: [{ lines: [' It is dark.', '-Very.', '+At night.'] }],
  });
  expect((await boardroom.ask(engineer(), 'query ($id: ID!) { node(id: $id) { __typename ... on ApprovalVersion { number } } }', { id: second.id })).node).toEqual({ __typename: 'ApprovalVersion', number: 2 });
});

test('of a hire the settings and the budget are compared; a secret that was replaced is named, and no version holds one', async () => {
  const { id } = await request(engineer(), { type: 'HIRE_AGENT', title: 'Hire Nova', hire: { ...hire, budget: { metric: 'TOKENS', amount: '5' } } });
  await revise(id);
  await resubmit(engineer(), { approvalId: id, hire: { managerId: acme.ceo.id, adapterConfig: { command: 'false', env: { KEY: 'second secret' } }, budget: { metric: 'TOKENS', amount: '9' } } });
  const [second, first] = await versions(id);
  expect(second.changes).toEqual(expect.arrayContaining([
    { name: 'hire.adapterConfig.command', before: 'true', after: 'false' }, { name: 'hire.adapterConfig.env.KEY', before: '•••', after: '•••' },
    { name: 'hire.managerId', before: acme.engineer.id, after: acme.ceo.id }, { name: 'hire.budget.amount', before: '5', after: '9' },
  ]));
  expect(second.changes).toHaveLength(4);
  expect(second).toMatchObject({ settings: { adapterConfig: { command: 'false', env: { KEY: '•••' } } }, hireBudget: { amount: '9' }, bodyDiff: [] });
  expect(first).toMatchObject({ settings: { adapterConfig: { command: 'true', env: { KEY: '•••' } } }, hireBudget: { amount: '5' } });
  expect(JSON.stringify(await boardroom.db.prisma.approvalVersion.findMany({ where: { approvalId: id } }))).not.toMatch(/first secret|second secret/);
});

test('what the board changed itself meanwhile is part of the next version', async () => {
  const { id, agent } = await request(engineer(), { type: 'HIRE_AGENT', title: 'Hire another Nova', hire });
  await write(boardroom.db, (tx) => updateAgent(tx, BOARD, boardroom.contextFor(BOARD).adapters, { agentId: agent.id, title: 'Lamp tester' }));
  await revise(id);
  await resubmit(engineer(), { approvalId: id, body: 'As you like' });
  const [second] = await versions(id);
  expect(second).toMatchObject({ settings: { title: 'Lamp tester' }, changes: [{ name: 'hire.title', before: null, after: 'Lamp tester' }] });
});

test('twelve versions take as many statements as two', async () => {
  const made = async (count: number) => {
    const { id } = await request(engineer(), { type: 'BOARD_REQUEST', title: 'Lamp 1', body: '1' });
    for (let number = 2; number <= count; number += 1) {
      await revise(id);
      await resubmit(engineer(), { approvalId: id, title: `Lamp ${number}`, body: String(number) });
    }
    return id;
  };
  const [few, many] = [await made(2), await made(10)];
  const [two, ten] = [await boardroom.statements(() => versions(few)), await boardroom.statements(() => versions(many))];
  expect(await versions(many)).toHaveLength(10);
  expect(ten.length).toBe(two.length);
});

test('approvals of before begin with the version that they are at, by whoever put it there', async () => {
  const { url, drop } = await testDatabase({ empty: true });
  onTestFinished(drop);
  const before = await mkdtemp(join(tmpdir(), 'boardroom-migrations-'));
  onTestFinished(() => rm(before, { recursive: true }));
  for (const name of await readdir(migrationsFolder)) if (name < '20261121172409') await cp(join(migrationsFolder, name), join(before, name), { recursive: true });
  await migrate(url, before);
  const db = openDatabase({ url, connections: 2 });
  onTestFinished(() => db.close());
  const [company, agent, user, hired, again, run] = Array.from({ length: 6 }, (_, n) => `01980000-0000-7000-8000-00000000000${n}`) as [string, string, string, string, string, string];
  for (const statement of [
    `INSERT INTO company (id, name, prefix) VALUES ('${company}', 'Acme', 'ACME')`,
    `INSERT INTO agent (id, company_id, name, adapter_type, status) VALUES ('${agent}', '${company}', 'Nova', 'process', 'PENDING_APPROVAL')`,
    `INSERT INTO approval (id, company_id, type, title, payload, requester_type, requester_id, run_id, agent_id, created_at) VALUES
      ('${hired}', '${company}', 'HIRE_AGENT', 'Hire Nova', '{"settings": {"name": "Nova"}, "budget": null}', 'AGENT', '${agent}', '${run}', '${agent}', '2026-01-01')`,
    `INSERT INTO approval (id, company_id, type, title, body, payload, requester_type, requester_id, revision, created_at) VALUES
      ('${again}', '${company}', 'BOARD_REQUEST', 'A lamp', 'Green', '{"x": 1}', 'AGENT', '${agent}', 3, '2026-01-01')`,
    `INSERT INTO activity (id, company_id, actor_type, actor_id, action, entity_type, entity_id, created_at) VALUES
      ('${run}', '${company}', 'AGENT', '${agent}', 'approval.resubmitted', 'approval', '${again}', '2026-01-02'), ('${user}', '${company}', 'USER', '${user}', 'approval.resubmitted', 'approval', '${again}', '2026-01-03')`,
  ]) await db.prisma.$executeRawUnsafe(statement);
  await migrate(url);
  expect(await db.prisma.approvalVersion.findMany({ orderBy: { number: 'asc' } })).toMatchObject([
    { approvalId: hired, number: 1, title: 'Hire Nova', body: null, hire: { settings: { name: 'Nova' } }, changed: [], actorType: 'AGENT', actorId: agent, runId: run, createdAt: new Date('2026-01-01T00:00:00Z') },
    { approvalId: again, number: 3, title: 'A lamp', body: 'Green', hire: null, actorType: 'USER', actorId: user, runId: null, createdAt: new Date('2026-01-03T00:00:00Z') },
  ]);
});
