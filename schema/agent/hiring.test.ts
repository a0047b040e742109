import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import type { AgentPermission } from '../../prisma/generated/enums.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { keyOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  for (const permission of ['AGENTS_CREATE', 'AGENTS_CONFIGURE'] as AgentPermission[]) {
    await boardroom.db.prisma.agentGrant.create({ data: { id: newId(), companyId: acme.id, agentId: acme.engineer.id, permission, grantorType: 'SYSTEM' } });
  }
});
afterAll(() => boardroom.close());

const CREATE = 'mutation ($input: CreateAgentInput!) { result: createAgent(input: $input) { id status manager { id } } }';
const UPDATE = 'mutation ($input: UpdateAgentInput!) { result: updateAgent(input: $input) { id title manager { id } } }';
type By = Parameters<TestBoardroom['ask']>[0];
const base = () => ({ companyId: acme.id, name: 'New', adapterType: 'process', adapterConfig: { command: 'true' } });
const hire = (by: By, more: object = {}) => boardroom.ask(by, CREATE, { input: { ...base(), ...more } }).then((data) => data['result']);
const refused = async (by: By, source: string, input: object) => {
  const before = await dump(boardroom.db);
  const refusal = await boardroom.refusal(by, source, { input });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refusal;
};

describe('an agent that may hire', () => {
  test('hires below itself, at once', async () => {
    const first = await hire(keyOf(acme.engineer));
    expect(first).toMatchObject({ status: 'IDLE', manager: { id: acme.engineer.id } });
    expect(await hire(keyOf(acme.engineer), { managerId: first.id })).toMatchObject({ manager: { id: first.id } });
    expect(await hire(keyOf(acme.ceo), { managerId: acme.writer.id })).toMatchObject({ manager: { id: acme.writer.id } });
  });

  test.each<[string, () => object, object]>([
    ['under its own manager', () => ({ managerId: acme.ceo.id }), { code: 'FORBIDDEN', field: 'managerId' }],
    ['under a colleague', () => ({ managerId: acme.writer.id }), { code: 'FORBIDDEN', field: 'managerId' }],
    ['another CEO', () => ({ role: 'CEO' }), { code: 'FORBIDDEN', field: 'role' }],
  ])('not %s', async (_what, more, refusal) => expect(await refused(keyOf(acme.engineer), CREATE, { ...base(), ...more() })).toMatchObject(refusal));

  test('asks first where the company wants that; the board does not', async () => {
    const set = (hiresNeedApproval: boolean) => boardroom.ask(BOARD, `mutation { updateCompany(input: { companyId: "${acme.id}", hiresNeedApproval: ${hiresNeedApproval} }) { hiresNeedApproval } }`);
    expect(await set(true)).toEqual({ updateCompany: { hiresNeedApproval: true } });
    for (const by of [keyOf(acme.engineer), keyOf(acme.ceo)]) expect(await refused(by, CREATE, base())).toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('requestApproval') });
    expect(await hire(BOARD)).toMatchObject({ status: 'IDLE' });
    await set(false);
    expect(await hire(keyOf(acme.engineer))).toMatchObject({ status: 'IDLE' });
  });

  test('one that may not is told how to ask', async () => {
    expect(await refused(keyOf(acme.writer), CREATE, base())).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('requestApproval') });
  });
});

describe('an agent that may configure', () => {
  test('changes who reports to it, and they still do', async () => {
    const [one, two] = [await hire(keyOf(acme.engineer)), await hire(keyOf(acme.engineer))];
    const { result } = await boardroom.ask(keyOf(acme.engineer), UPDATE, { input: { agentId: one.id, title: 'Tester', managerId: two.id } });
    expect(result).toMatchObject({ title: 'Tester', manager: { id: two.id } });
    for (const managerId of [null, acme.ceo.id, acme.writer.id]) expect(await refused(keyOf(acme.engineer), UPDATE, { agentId: one.id, managerId })).toMatchObject({ code: 'FORBIDDEN', field: 'managerId' });
    expect(await refused(keyOf(acme.engineer), UPDATE, { agentId: one.id, role: 'CEO' })).toMatchObject({ code: 'FORBIDDEN', field: 'role' });
  });

  test('does not change whom the board was asked to hire: it would approve what it has not seen', async () => {
    const ask = 'mutation ($input: RequestApprovalInput!) { result: requestApproval(input: $input) { id agent { id revisions { nodes { id } } } } }';
    const { companyId: _companyId, ...candidate } = base();
    const { id, agent } = (await boardroom.ask(keyOf(acme.engineer), ask, { input: { type: 'HIRE_AGENT', title: 'x', hire: candidate } })).result;
    for (const change of [{ title: 'x' }, { adapterConfig: { command: 'false' } }]) expect(await refused(keyOf(acme.engineer), UPDATE, { agentId: agent.id, ...change })).toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('resubmitApproval') });
    await boardroom.ask(BOARD, UPDATE, { input: { agentId: agent.id, title: 'As the board wants it' } });
    const rollback = 'mutation ($input: RollbackAgentConfigInput!) { result: rollbackAgentConfig(input: $input) { id } }';
    expect(await refused(keyOf(acme.engineer), rollback, { agentId: agent.id, revisionId: agent.revisions.nodes[0].id })).toMatchObject({ code: 'RULE_VIOLATION' });
    await boardroom.ask(BOARD, `mutation { decideApproval(input: { approvalId: "${id}", decision: APPROVED }) { __typename } }`);
    expect((await boardroom.ask(keyOf(acme.engineer), UPDATE, { input: { agentId: agent.id, title: 'Mine' } })).result).toMatchObject({ title: 'Mine' });
  });

  test('changes neither itself, nor its manager, nor a colleague; without the grant nobody', async () => {
    for (const { id } of [acme.engineer, acme.ceo, acme.writer]) expect(await refused(keyOf(acme.engineer), UPDATE, { agentId: id, title: 'x' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refused(keyOf(acme.ceo), UPDATE, { agentId: acme.writer.id, title: 'x' })).toMatchObject({ code: 'FORBIDDEN' });
  });
});
