import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { terminateAgent } from '../agent/commands.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { keyOf } from '../testing/runs.ts';
import type { Principal } from '../access/principal.ts';

// What happens between the question and the answer: people who decide at once, and those who are gone by then.

let boardroom: TestBoardroom;
let acme: SmallCompany;
let other: Principal;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
  const userId = newId();
  await boardroom.db.prisma.user.create({ data: { id: userId, name: 'Second' } });
  other = { kind: 'user', userId };
});
afterAll(() => boardroom.close());

const prisma = () => boardroom.db.prisma;
type By = Principal;
const send = async (by: By, field: string, type: string, input: object, shape = '__typename ... on Approval { id status decisionNote agent { id status } } ... on ApprovalDecided { approval { status decidedBy { __typename ... on User { name } } } }') =>
  (await boardroom.ask(by, `mutation ($input: ${type}!) { result: ${field}(input: $input) { ${shape} } }`, { input })).result;
const request = (by: By, input: object) => send(by, 'requestApproval', 'RequestApprovalInput', input, 'id agent { id name }');
const decide = (by: By, approvalId: string, decision: 'APPROVED' | 'REJECTED') => send(by, 'decideApproval', 'DecideApprovalInput', { approvalId, decision });
const revise = (by: By, approvalId: string, note: string) => send(by, 'requestApprovalRevision', 'RequestApprovalRevisionInput', { approvalId, note });
const resubmit = (by: By, approvalId: string, more: object = { body: 'Better' }) => send(by, 'resubmitApproval', 'ResubmitApprovalInput', { approvalId, ...more });
const comments = async (id: string) => (await boardroom.ask(BOARD, `{ approval(id: "${id}") { comments { nodes { body author { __typename ... on User { name } } } } } }`)).approval.comments.nodes.map(({ body }: { body: string }) => body).toSorted();
const unchanged = async (work: () => Promise<unknown>) => {
  const before = await dump(boardroom.db);
  const result = await work();
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return result;
};
const hire = (by: By, more: object = {}) => request(by, { type: 'HIRE_AGENT', title: 'Hire Nova', hire: { name: 'Nova', adapterType: 'process', adapterConfig: { command: 'true' }, ...more } });

describe('two of the board at once', () => {
  test.each(['BOARD_REQUEST', 'HIRE_AGENT'] as const)('%s: one decides, the other is told what, and what follows is of the one', async (type) => {
    for (let round = 0; round < 4; round += 1) {
      const { id, agent } = type === 'HIRE_AGENT' ? await hire(keyOf(acme.engineer)) : await request(keyOf(acme.engineer), { type, title: 'A lamp' });
      const both = await Promise.all([decide(BOARD, id, 'APPROVED'), decide(other, id, 'REJECTED')]);
      expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['Approval', 'ApprovalDecided']);
      const won = both.find(({ __typename }) => __typename === 'Approval') as { status: string };
      expect(both.find(({ __typename }) => __typename === 'ApprovalDecided')).toMatchObject({ approval: { status: won.status } });
      if (agent) expect(await prisma().agent.findUniqueOrThrow({ where: { id: agent.id } })).toMatchObject({ status: won.status === 'APPROVED' ? 'IDLE' : 'TERMINATED' });
      expect(await prisma().activity.count({ where: { entityId: id, action: { in: ['approval.approved', 'approval.rejected'] } } })).toBe(1);
    }
  });

  test('a strategy that both approve opens the gate once', async () => {
    const led = await smallCompany(boardroom, 'Twice');
    await prisma().company.update({ where: { id: led.id }, data: { strategyApprovedAt: null } });
    const { id } = await request(keyOf(led.ceo), { type: 'CEO_STRATEGY', title: 'Lead', body: 'So' });
    expect(await Promise.all([decide(BOARD, id, 'APPROVED'), decide(other, id, 'APPROVED')])).toMatchObject([{ status: 'APPROVED' }, { status: 'APPROVED' }]);
    const first = (await prisma().company.findUniqueOrThrow({ where: { id: led.id } })).strategyApprovedAt;
    expect(first).not.toBeNull();
    const next = await request(keyOf(led.ceo), { type: 'CEO_STRATEGY', title: 'Lead on', body: 'Further' });
    await decide(other, next.id, 'APPROVED');
    expect((await prisma().company.findUniqueOrThrow({ where: { id: led.id } })).strategyApprovedAt).toEqual(first);
    expect(await prisma().activity.count({ where: { companyId: led.id, action: 'company.strategyApproved' } })).toBe(1);
  });

  test('both want it changed: neither’s words are lost, and who asked hears both', async () => {
    const { id } = await request(keyOf(acme.engineer), { type: 'BOARD_REQUEST', title: 'A lamp' });
    await Promise.all([revise(BOARD, id, 'Cheaper'), revise(other, id, 'Greener')]);
    const { decisionNote, status } = await prisma().approval.findUniqueOrThrow({ where: { id } });
    expect(status).toBe('REVISION_REQUESTED');
    expect([decisionNote, ...(await comments(id))].toSorted()).toEqual(['Cheaper', 'Greener']);
    const told = await prisma().wakeup.findMany({ where: { agentId: acme.engineer.id, payload: { path: ['approval', 'id'], equals: id } } });
    expect(told.map(({ reason }) => reason).toSorted()).toEqual(['approval_commented', 'approval_revision_requested']);
    for (const note of ['Cheaper', 'Greener']) await unchanged(() => revise(BOARD, id, note));
    await resubmit(keyOf(acme.engineer), id);
    expect(await comments(id)).toEqual(['Cheaper', 'Greener']);
  });
});

describe('whoever is gone by then', () => {
  test('nobody is hired to report to an agent that was terminated, whether it asked or was named', async () => {
    const [asker, named] = [await acme.agent({ name: 'Asker' }), await acme.agent({ name: 'Named' })];
    for (const [gone, more] of [[asker, {}], [named, { managerId: named.id }]] as const) {
      const { id, agent } = await hire(keyOf(gone === asker ? asker : acme.engineer), more);
      await write(boardroom.db, (tx) => terminateAgent(tx, BOARD, { agentId: gone.id }));
      const before = await dump(boardroom.db);
      expect(await boardroom.refusal(BOARD, `mutation { decideApproval(input: { approvalId: "${id}", decision: APPROVED }) { __typename } }`)).toMatchObject({
        code: 'RULE_VIOLATION', field: 'managerId', message: `Nova was to report to ${gone.name}, who was terminated meanwhile: give Nova another manager with updateAgent first`,
      });
      expect(changes(before, await dump(boardroom.db))).toEqual([]);
      await boardroom.ask(BOARD, `mutation { updateAgent(input: { agentId: "${agent.id}", managerId: "${acme.ceo.id}" }) { id } }`);
      expect(await decide(BOARD, id, 'APPROVED')).toMatchObject({ status: 'APPROVED', agent: { status: 'IDLE' } });
    }
  });

  test('it can be said no to all the same', async () => {
    const asker = await acme.agent({ name: 'Asker' });
    const { id } = await hire(keyOf(asker));
    await write(boardroom.db, (tx) => terminateAgent(tx, BOARD, { agentId: asker.id }));
    expect(await decide(BOARD, id, 'REJECTED')).toMatchObject({ status: 'REJECTED', agent: { status: 'TERMINATED' } });
  });

  test('what it asked else may still be decided, and wakes nobody', async () => {
    const asker = await acme.agent({ name: 'Asker' });
    const { id } = await request(keyOf(asker), { type: 'BOARD_REQUEST', title: 'A lamp' });
    await write(boardroom.db, (tx) => terminateAgent(tx, BOARD, { agentId: asker.id }));
    expect(await decide(BOARD, id, 'APPROVED')).toMatchObject({ status: 'APPROVED' });
    expect(await prisma().run.count({ where: { agentId: asker.id } })).toBe(0);
    expect(await prisma().wakeup.findFirst({ where: { agentId: asker.id } })).toMatchObject({ status: 'SKIPPED', skipReason: 'agent_terminated' });
  });

  test('a company that was archived gets no other version of anything; the board may still say no', async () => {
    const closed = await smallCompany(boardroom, 'Closed');
    const { id } = await request(keyOf(closed.engineer), { type: 'BOARD_REQUEST', title: 'A lamp' });
    await revise(BOARD, id, 'Greener');
    await boardroom.ask(BOARD, `mutation { archiveCompany(input: { companyId: "${closed.id}" }) { id } }`);
    const before = await dump(boardroom.db);
    for (const by of [keyOf(closed.engineer), BOARD]) {
      expect(await boardroom.refusal(by, `mutation { resubmitApproval(input: { approvalId: "${id}", body: "x" }) { __typename } }`)).toMatchObject({ code: 'RULE_VIOLATION' });
    }
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
    expect(await decide(BOARD, id, 'REJECTED')).toMatchObject({ status: 'REJECTED' });
  });
});

test('what the board has decided about some issues is not said to be about others by who asked', async () => {
  const [one, two] = [await acme.issue(), await acme.issue()];
  const { id } = await request(keyOf(acme.engineer), { type: 'BOARD_REQUEST', title: 'Spend on this', issueIds: [one.id] });
  await decide(BOARD, id, 'APPROVED');
  const link = 'mutation ($input: SetApprovalIssuesInput!) { setApprovalIssues(input: $input) { issues { nodes { id } } } }';
  const input = { approvalId: id, issueIds: [two.id] };
  const before = await dump(boardroom.db);
  expect(await boardroom.refusal(keyOf(acme.engineer), link, { input })).toMatchObject({ code: 'RULE_VIOLATION', message: 'it is approved already: what it was about stays as it was' });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  expect((await boardroom.ask(BOARD, link, { input }))['setApprovalIssues']).toEqual({ issues: { nodes: [{ id: two.id }] } });
});

test('a hire that is to report to itself, or to one that it is above of, is not possible', async () => {
  const { id, agent } = await hire(keyOf(acme.engineer));
  const below = await acme.agent({ name: 'Below', managerId: agent.id });
  await revise(BOARD, id, 'Elsewhere');
  for (const managerId of [agent.id, below.id]) {
    expect(await boardroom.refusal(keyOf(acme.engineer), `mutation { resubmitApproval(input: { approvalId: "${id}", hire: { managerId: "${managerId}" } }) { __typename } }`)).toMatchObject({ code: 'RULE_VIOLATION', field: 'managerId' });
  }
});
