import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { pauseAgent, resumeAgent, terminateAgent } from '../agent/commands.ts';
import { createAgentKey } from '../agent/keys.ts';
import { setBudget } from '../budget/commands/set-budget.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { OPEN_MAX } from './commands/request-approval.ts';
import { closeApproval, openApproval } from './open.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const prisma = () => boardroom.db.prisma;
const FIELDS = `__typename id type status title body revision decisionNote decidedAt hireBudget { metric window amount } agent { id name status manager { id } adapterConfig }
  requestedBy { __typename } decidedBy { __typename } issues { nodes { id } } comments { nodes { body } }`;
const REQUEST = `mutation ($input: RequestApprovalInput!) { result: requestApproval(input: $input) { ${FIELDS} } }`;
const either = (field: string, input: string) => `mutation ($input: ${input}!) { result: ${field}(input: $input) { ... on Approval { ${FIELDS} } ... on ApprovalDecided { __typename message approval { id status decidedBy { __typename } } } } }`;
const DECIDE = either('decideApproval', 'DecideApprovalInput').replace(/\} \}$/, '... on ApprovalChanged { __typename message approval { revision } } } }');
const REVISE = either('requestApprovalRevision', 'RequestApprovalRevisionInput');
const RESUBMIT = either('resubmitApproval', 'ResubmitApprovalInput');
const WITHDRAW = either('withdrawApproval', 'WithdrawApprovalInput');
const COMMENT = 'mutation ($input: AddApprovalCommentInput!) { result: addApprovalComment(input: $input) { id body author { __typename } approval { id } } }';
const LINK = `mutation ($input: SetApprovalIssuesInput!) { result: setApprovalIssues(input: $input) { ${FIELDS} } }`;
type By = Parameters<TestBoardroom['ask']>[0];
const send = (by: By, source: string, input: object) => boardroom.ask(by, source, { input }).then((data) => data['result']);
const refused = async (by: By, source: string, input: object) => {
  const before = await dump(boardroom.db);
  const refusal = await boardroom.refusal(by, source, { input });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refusal;
};
const unchanged = async (work: () => Promise<unknown>) => {
  const before = await dump(boardroom.db);
  const result = await work();
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return result;
};

// Each for another lamp: what an agent has asked for already it does not ask for again.
let lamp = 0;
const asked = (by: By, more: object = {}) => send(by, REQUEST, { type: 'BOARD_REQUEST', title: `May we buy lamp ${(lamp += 1)}?`, ...more });
const candidate = { name: 'Nova', adapterType: 'process', adapterConfig: { command: 'true', env: { KEY: 'candidate secret' } } };
const hire = (by: By, more: object = {}, of: object = {}) => send(by, REQUEST, { type: 'HIRE_AGENT', title: `Hire Nova for lamp ${(lamp += 1)}`, hire: { ...candidate, ...of }, ...more });
const decide = (approvalId: string, decision: 'APPROVED' | 'REJECTED', more: object = {}) => send(BOARD, DECIDE, { approvalId, decision, ...more });
const wakes = (agentId: string) => prisma().wakeup.findMany({ where: { agentId, reason: { startsWith: 'approval_' } }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }] });
const lastWake = async (agentId: string) => (await wakes(agentId)).at(-1);
const engineer = () => keyOf(acme.engineer);

describe('asking', () => {
  test('an agent asks in its own company, about issues, and the log tells it', async () => {
    const [one, two] = [await acme.issue(), await acme.issue()];
    const run = await insertRun(boardroom.db, acme.engineer);
    const approval = await asked(tokenOf(run), { title: 'May we buy a lamp?', body: ' why ', issueIds: [two.id, one.id, two.id] });
    expect(approval).toMatchObject({ type: 'BOARD_REQUEST', status: 'PENDING', title: 'May we buy a lamp?', body: 'why', revision: 1, agent: null, requestedBy: { __typename: 'Agent' }, decidedBy: null });
    expect(approval.issues.nodes.map(({ id }: { id: string }) => id)).toEqual([one.id, two.id]);
    expect(await prisma().activity.findFirst({ where: { entityId: approval.id } })).toMatchObject({ action: 'approval.requested', actorType: 'AGENT', runId: run.id, issueId: two.id });
    await prisma().run.update({ where: { id: run.id }, data: { status: 'SUCCEEDED', finishedAt: new Date() } });
  });

  test('whoever wants to hear of it outside is told once for each version', async () => {
    const { id: targetId } = await prisma().notificationTarget.create({ data: { id: newId(), companyId: acme.id, name: 'Owner', channel: 'WEBHOOK', address: 'https://hooks.test/x', events: ['APPROVAL_WAITING'] } });
    const { id } = await asked(engineer());
    await send(BOARD, REVISE, { approvalId: id, note: 'Which?' });
    await send(engineer(), RESUBMIT, { approvalId: id, title: 'May we buy a green lamp?' });
    const told = await prisma().notificationDelivery.findMany({ where: { targetId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    expect(told.map(({ event, subject }) => [event, subject])).toEqual([['APPROVAL_WAITING', `${id} 1`], ['APPROVAL_WAITING', `${id} 2`]]);
    expect(told[1]?.payload).toMatchObject({ approvalId: id, title: 'May we buy a green lamp?' });
    await prisma().notificationTarget.delete({ where: { id: targetId } });
  });

  test.each<[string, () => By, () => object, object]>([
    ['people must say where', () => BOARD, () => ({}), { code: 'BAD_USER_INPUT', field: 'companyId' }],
    ['of another company', engineer, () => ({ companyId: newId() }), { code: 'NOT_FOUND' }],
    ['without a title', engineer, () => ({ title: ' ' }), { code: 'BAD_USER_INPUT', field: 'title' }],
    ['about an issue that is not there', engineer, () => ({ issueIds: [newId()] }), { code: 'NOT_FOUND', field: 'issueIds' }],
    ['about too many issues', engineer, () => ({ issueIds: Array.from({ length: 51 }, () => newId()) }), { code: 'BAD_USER_INPUT', field: 'issueIds' }],
    ['a budget override', engineer, () => ({ type: 'BUDGET_OVERRIDE' }), { code: 'RULE_VIOLATION', field: 'type' }],
    ['a hire of nobody', engineer, () => ({ type: 'HIRE_AGENT' }), { code: 'BAD_USER_INPUT', field: 'hire' }],
    ['a hire with something else', engineer, () => ({ hire: candidate }), { code: 'BAD_USER_INPUT', field: 'hire' }],
    ['a hire with a wrong configuration', engineer, () => ({ type: 'HIRE_AGENT', hire: { ...candidate, adapterConfig: {} } }), { code: 'BAD_USER_INPUT', field: 'adapterConfig.command' }],
    ['a hire under nobody', engineer, () => ({ type: 'HIRE_AGENT', hire: { ...candidate, managerId: newId() } }), { code: 'NOT_FOUND' }],
    ['a hire with a budget below nothing', engineer, () => ({ type: 'HIRE_AGENT', hire: { ...candidate, budget: { metric: 'TOKENS', amount: '-1' } } }), { code: 'BAD_USER_INPUT', field: 'hire.budget.amount' }],
    ['a hire with a rolling budget without its hours', engineer, () => ({ type: 'HIRE_AGENT', hire: { ...candidate, budget: { metric: 'TOKENS', amount: '1', window: 'ROLLING' } } }), { code: 'BAD_USER_INPUT' }],
    ['a strategy by somebody else', engineer, () => ({ type: 'CEO_STRATEGY', body: 'Lead' }), { code: 'FORBIDDEN' }],
    ['a strategy by the board', () => BOARD, () => ({ companyId: acme.id, type: 'CEO_STRATEGY', body: 'Lead' }), { code: 'FORBIDDEN' }],
    ['a strategy without words', () => keyOf(acme.ceo), () => ({ type: 'CEO_STRATEGY' }), { code: 'BAD_USER_INPUT', field: 'body' }],
  ])('refused: %s', async (_what, by, more, refusal) => expect(await refused(by(), REQUEST, { type: 'BOARD_REQUEST', title: 'x', ...more() })).toMatchObject(refusal));

  test('one strategy at a time, of many at once too', async () => {
    const other = await smallCompany(boardroom, 'Onestrategy');
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => send(keyOf(other.ceo), REQUEST, { type: 'CEO_STRATEGY', title: 'Lead', body: 'So' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [open] = await prisma().approval.findMany({ where: { companyId: other.id } });
    expect(await refused(keyOf(other.ceo), REQUEST, { type: 'CEO_STRATEGY', title: 'Lead', body: 'So' })).toMatchObject({ code: 'CONFLICT', details: { approvalId: open?.id } });
    await send(keyOf(other.ceo), WITHDRAW, { approvalId: open?.id });
    expect(await send(keyOf(other.ceo), REQUEST, { type: 'CEO_STRATEGY', title: 'Lead', body: 'Else' })).toMatchObject({ status: 'PENDING' });
  });

  test('what an agent asks for again, while it waits, stands before the board once', async () => {
    const other = await smallCompany(boardroom, 'Again');
    const [by, issue] = [keyOf(other.engineer), await other.issue()];
    const lampOf = (more: object = {}) => ({ type: 'BOARD_REQUEST', title: 'May we buy a lamp?', body: 'It is dark.', issueIds: [issue.id], ...more });
    const results = await Promise.all(Array.from({ length: 8 }, () => send(by, REQUEST, lampOf())));
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    const { id } = results[0];
    expect(await unchanged(() => send(by, REQUEST, lampOf({ title: ' may we buy  a lamp? ' })))).toMatchObject({ id, title: 'May we buy a lamp?' });
    // Otherwise said, it is not dropped; nor is it taken for what the board is asked.
    expect(await refused(by, REQUEST, lampOf({ body: 'It is very dark.' }))).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(id), details: { approvalId: id } });
    for (const another of [lampOf({ title: 'May we buy two lamps?' }), lampOf({ issueIds: [] })]) expect((await send(by, REQUEST, another)).id).not.toBe(id);
    expect((await send(keyOf(other.writer), REQUEST, lampOf())).id).not.toBe(id);
    expect((await send(BOARD, REQUEST, lampOf({ companyId: other.id }))).id).not.toBe(id);

    const nova = { type: 'HIRE_AGENT', title: 'Hire for the night', hire: candidate };
    const hired = await send(by, REQUEST, nova);
    expect(await refused(by, REQUEST, nova)).toMatchObject({ code: 'CONFLICT', details: { approvalId: hired.id } });
    expect((await send(by, REQUEST, { ...nova, hire: { ...candidate, name: 'Vega' } })).agent).toMatchObject({ name: 'Vega' });
    await send(BOARD, DECIDE, { approvalId: id, decision: 'REJECTED' });
    expect((await send(by, REQUEST, lampOf())).id).not.toBe(id);
  });

  test('an agent that asks in a loop is stopped, and others are not', async () => {
    const other = await smallCompany(boardroom, 'Looping');
    for (let count = 0; count < OPEN_MAX; count += 1) await asked(keyOf(other.engineer));
    expect(await refused(keyOf(other.engineer), REQUEST, { type: 'BOARD_REQUEST', title: 'x' })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await asked(keyOf(other.writer))).toMatchObject({ status: 'PENDING' });
  });

  test('an archived company asks nothing', async () => {
    const other = await smallCompany(boardroom, 'Closed');
    const { id } = await hire(keyOf(other.engineer));
    await prisma().company.update({ where: { id: other.id }, data: { status: 'ARCHIVED' } });
    expect(await refused(keyOf(other.engineer), REQUEST, { type: 'BOARD_REQUEST', title: 'x' })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await refused(BOARD, DECIDE, { approvalId: id, decision: 'APPROVED' })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await decide(id, 'REJECTED')).toMatchObject({ status: 'REJECTED' });
  });
});

describe('a hire', () => {
  test('is there, and can do nothing, until it is approved; then it works with its budget and its heartbeat', async () => {
    const issue = await acme.issue();
    const approval = await hire(engineer(), { issueIds: [issue.id] }, { heartbeat: { enabled: true, intervalSec: 60 }, budget: { metric: 'TOKENS', amount: '500' } });
    expect(approval).toMatchObject({ status: 'PENDING', hireBudget: { metric: 'TOKENS', window: 'MONTH', amount: '500' }, agent: { name: 'Nova', status: 'PENDING_APPROVAL', manager: { id: acme.engineer.id }, adapterConfig: { env: { KEY: '•••' } } } });
    const { id: agentId } = approval.agent;
    expect(JSON.stringify(await prisma().approval.findUnique({ where: { id: approval.id } }))).not.toContain('candidate secret');
    await expect(write(boardroom.db, (tx) => createAgentKey(tx, BOARD, { agentId, name: 'x' }))).rejects.toMatchObject({ code: 'RULE_VIOLATION' });
    const work = await acme.issue({ assigneeId: agentId, status: 'TODO' });
    expect(await prisma().wakeup.findFirst({ where: { agentId } })).toMatchObject({ status: 'SKIPPED', skipReason: 'agent_pending' });
    expect((await boardroom.ask(BOARD, `{ issue(ref: "${work.id}") { liveness { state text stalled mover } } agent(id: "${agentId}") { approval { id } } }`))).toMatchObject({
      issue: { liveness: { state: 'AGENT_PENDING', text: 'Nova is not hired yet: the board decides.', stalled: false, mover: 'BOARD' } }, agent: { approval: { id: approval.id } },
    });

    expect(await decide(approval.id, 'APPROVED', { note: 'Welcome' })).toMatchObject({ status: 'APPROVED', decisionNote: 'Welcome', decidedBy: { __typename: 'User' }, agent: { status: 'IDLE' } });
    expect(await prisma().agent.findUnique({ where: { id: agentId } })).toMatchObject({ status: 'IDLE', adapterConfig: { env: { KEY: 'candidate secret' } } });
    expect(await prisma().budget.findFirst({ where: { scopeId: agentId } })).toMatchObject({ scope: 'AGENT', metric: 'TOKENS', amount: 500n, setterType: 'USER' });
    expect(await prisma().run.findFirst({ where: { agentId } })).toMatchObject({ status: 'QUEUED', issueId: work.id });
    expect((await prisma().activity.findMany({ where: { entityId: agentId }, orderBy: { seq: 'asc' } })).map(({ action }) => action)).toEqual(['agent.created', 'agent.hired']);
    expect(await lastWake(acme.engineer.id)).toMatchObject({ reason: 'approval_approved', payload: { approval: { id: approval.id, type: 'HIRE_AGENT', agentId, note: 'Welcome' } } });
  });

  test('what is asked for holds no secret, wherever in the settings it is', async () => {
    const { id, agent } = await hire(engineer(), {}, { adapterConfig: { command: 'true', args: ['--api-key', 'hunter2', '--token=hunter3'] } });
    expect(JSON.stringify(await prisma().approval.findUniqueOrThrow({ where: { id } }))).not.toContain('hunter');
    await send(BOARD, REVISE, { approvalId: id, note: 'Another command' });
    await send(engineer(), RESUBMIT, { approvalId: id, hire: { adapterConfig: { ...agent.adapterConfig, command: 'false' } } });
    expect((await prisma().agent.findUniqueOrThrow({ where: { id: agent.id } })).adapterConfig).toMatchObject({ command: 'false', args: ['--api-key', 'hunter2', '--token=hunter3'] });
  });

  test.each([
    ['rejected', (id: string) => decide(id, 'REJECTED'), 'REJECTED'],
    ['withdrawn by who asked', (id: string) => send(engineer(), WITHDRAW, { approvalId: id }), 'CANCELLED'],
    ['withdrawn by the board', (id: string) => send(BOARD, WITHDRAW, { approvalId: id }), 'CANCELLED'],
  ] as const)('%s: nobody is hired', async (_how, end, status) => {
    const { id, agent } = await hire(engineer(), {}, { heartbeat: { enabled: true } });
    expect(await end(id)).toMatchObject({ status, agent: { status: 'TERMINATED' } });
    expect(await prisma().agent.findUnique({ where: { id: agent.id } })).toMatchObject({ status: 'TERMINATED', heartbeatEnabled: false, nextHeartbeatAt: null });
  });

  test('whoever was to be hired is terminated by hand: the approval ends too', async () => {
    const { id, agent } = await hire(engineer());
    await write(boardroom.db, (tx) => terminateAgent(tx, BOARD, { agentId: agent.id }));
    expect(await prisma().approval.findUnique({ where: { id } })).toMatchObject({ status: 'CANCELLED', deciderType: 'USER' });
    expect(await decide(id, 'APPROVED')).toMatchObject({ __typename: 'ApprovalDecided' });
  });

  test('a decision about a version that is no more decides nothing', async () => {
    const { id } = await hire(engineer());
    await send(BOARD, REVISE, { approvalId: id, note: 'Cheaper' });
    await send(engineer(), RESUBMIT, { approvalId: id, hire: { adapterConfig: { command: 'false' } } });
    const before = await dump(boardroom.db);
    for (const decision of ['APPROVED', 'REJECTED'] as const) expect(await decide(id, decision, { revision: 1 })).toMatchObject({ __typename: 'ApprovalChanged', message: expect.stringContaining('version 2') });
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
    expect(await decide(id, 'APPROVED', { revision: 2 })).toMatchObject({ status: 'APPROVED', agent: { status: 'IDLE' } });
    expect(await decide(id, 'APPROVED', { revision: 1 })).toMatchObject({ status: 'APPROVED' });
    expect(await decide(id, 'REJECTED', { revision: 1 })).toMatchObject({ __typename: 'ApprovalDecided' });
  });

  test('whoever asked for a strategy is terminated: the next CEO asks for its own, and what else it asked waits on', async () => {
    const led = await smallCompany(boardroom, 'Led');
    const { id } = await send(keyOf(led.ceo), REQUEST, { type: 'CEO_STRATEGY', title: 'Lead', body: 'So' });
    const other = await send(keyOf(led.ceo), REQUEST, { type: 'BOARD_REQUEST', title: 'A lamp' });
    const next = await led.agent({ name: 'Next', role: 'CEO' });
    expect(await refused(keyOf(next), REQUEST, { type: 'CEO_STRATEGY', title: 'Lead', body: 'Else' })).toMatchObject({ code: 'CONFLICT' });
    await write(boardroom.db, (tx) => terminateAgent(tx, BOARD, { agentId: led.ceo.id }));
    expect(await prisma().approval.findUnique({ where: { id } })).toMatchObject({ status: 'CANCELLED', deciderType: 'USER' });
    expect(await prisma().approval.findUnique({ where: { id: other.id } })).toMatchObject({ status: 'PENDING' });
    expect(await send(keyOf(next), REQUEST, { type: 'CEO_STRATEGY', title: 'Lead', body: 'Else' })).toMatchObject({ status: 'PENDING' });
  });

  test('another version keeps what is not named, its secrets too', async () => {
    const { id, agent } = await hire(engineer(), {}, { title: 'Tester', budget: { metric: 'TOKENS', amount: '5' } });
    expect(await refused(engineer(), RESUBMIT, { approvalId: id, hire: { title: 'x' } })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await send(BOARD, REVISE, { approvalId: id, note: 'Under the CEO, please' })).toMatchObject({ status: 'REVISION_REQUESTED', decisionNote: 'Under the CEO, please', decidedBy: null });
    expect(await lastWake(acme.engineer.id)).toMatchObject({ reason: 'approval_revision_requested', payload: { approval: { id, note: 'Under the CEO, please' } } });
    const again = await send(engineer(), RESUBMIT, { approvalId: id, hire: { managerId: acme.ceo.id, adapterConfig: { ...agent.adapterConfig, command: 'false' } } });
    expect(again).toMatchObject({ status: 'PENDING', revision: 2, title: expect.stringContaining('Hire Nova'), decisionNote: null, hireBudget: { amount: '5' }, agent: { manager: { id: acme.ceo.id }, status: 'PENDING_APPROVAL' } });
    expect(await prisma().approvalComment.findMany({ where: { approvalId: id } }), 'what was wanted stays to be read').toMatchObject([{ authorType: 'USER', body: 'Under the CEO, please' }]);
    expect(await prisma().agent.findUnique({ where: { id: agent.id } })).toMatchObject({ title: 'Tester', adapterConfig: { command: 'false', env: { KEY: 'candidate secret' } } });
    expect((await prisma().approval.findUniqueOrThrow({ where: { id } })).payload).toMatchObject({ settings: { managerId: acme.ceo.id, adapterConfig: { command: 'false', env: { KEY: '•••' } } } });
    await send(BOARD, REVISE, { approvalId: id, note: 'Without a budget' });
    expect(await send(engineer(), RESUBMIT, { approvalId: id, hire: { budget: null } })).toMatchObject({ revision: 3, hireBudget: null });
    await decide(id, 'APPROVED');
    expect(await prisma().budget.count({ where: { scopeId: agent.id } })).toBe(0);
  });
});

describe('deciding', () => {
  test('the same again changes nothing, another decision is told what was decided', async () => {
    const { id } = await asked(engineer());
    await decide(id, 'APPROVED', { note: 'Yes' });
    expect(await unchanged(() => decide(id, 'APPROVED', { note: 'Yes again' }))).toMatchObject({ status: 'APPROVED', decisionNote: 'Yes' });
    const otherwise = { __typename: 'ApprovalDecided', message: 'it is approved already', approval: { id, status: 'APPROVED', decidedBy: { __typename: 'User' } } };
    expect(await unchanged(() => decide(id, 'REJECTED'))).toEqual(otherwise);
    expect(await unchanged(() => send(BOARD, REVISE, { approvalId: id, note: 'x' }))).toEqual(otherwise);
    expect(await unchanged(() => send(engineer(), RESUBMIT, { approvalId: id, title: 'x' }))).toEqual(otherwise);
    expect(await unchanged(() => send(engineer(), WITHDRAW, { approvalId: id }))).toEqual(otherwise);
  });

  test('what was sent back may be decided at once, and withdrawn', async () => {
    const [one, two] = [await asked(engineer()), await asked(engineer())];
    for (const { id } of [one, two]) await send(BOARD, REVISE, { approvalId: id, note: 'Why?' });
    expect(await unchanged(() => send(BOARD, REVISE, { approvalId: one.id, note: 'Why?' }))).toMatchObject({ status: 'REVISION_REQUESTED' });
    expect(await decide(one.id, 'REJECTED')).toMatchObject({ status: 'REJECTED' });
    expect(await send(engineer(), WITHDRAW, { approvalId: two.id, note: 'Never mind' })).toMatchObject({ status: 'CANCELLED', decisionNote: 'Never mind' });
    expect(await unchanged(() => send(engineer(), WITHDRAW, { approvalId: two.id }))).toMatchObject({ status: 'CANCELLED' });
  });

  test('of yes and no at once, in eight hands, one counts', async () => {
    const { id, agent } = await hire(engineer());
    const results = await Promise.all(Array.from({ length: 8 }, (_, at) => decide(id, at % 2 ? 'APPROVED' : 'REJECTED')));
    const { status } = await prisma().approval.findUniqueOrThrow({ where: { id } });
    expect(results.map((result, at) => (result.__typename === 'Approval') === ((at % 2 ? 'APPROVED' : 'REJECTED') === status))).toEqual(Array(8).fill(true));
    expect((await prisma().agent.findUniqueOrThrow({ where: { id: agent.id } })).status).toBe(status === 'APPROVED' ? 'IDLE' : 'TERMINATED');
    expect(await prisma().activity.count({ where: { entityId: id, action: { in: ['approval.approved', 'approval.rejected'] } } })).toBe(1);
    expect((await wakes(acme.engineer.id)).filter(({ payload }) => (payload as { approval: { id: string } }).approval.id === id)).toHaveLength(1);
  });

  test('a decision and a withdrawal at once: one counts, and the agent is as it says', async () => {
    const { id, agent } = await hire(engineer());
    await Promise.all([decide(id, 'APPROVED'), send(engineer(), WITHDRAW, { approvalId: id })]);
    const { status } = await prisma().approval.findUniqueOrThrow({ where: { id } });
    expect((await prisma().agent.findUniqueOrThrow({ where: { id: agent.id } })).status).toBe(status === 'APPROVED' ? 'IDLE' : 'TERMINATED');
  });

  test('what follows fails: nothing was decided', async () => {
    const { id, agent } = await hire(engineer());
    await prisma().agent.update({ where: { id: agent.id }, data: { status: 'TERMINATED' } });
    expect(await refused(BOARD, DECIDE, { approvalId: id, decision: 'APPROVED' })).toMatchObject({ code: 'RULE_VIOLATION', message: 'there is nobody left to hire' });
  });

  test.each([
    ['decide', DECIDE, { decision: 'APPROVED' }], ['ask for another version', REVISE, { note: 'x' }],
  ])('agents do not %s', async (_what, source, input) => {
    const { id } = await asked(engineer());
    for (const by of [engineer(), keyOf(acme.ceo)]) expect(await refused(by, source, { approvalId: id, ...input })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test.each([
    ['resubmits', RESUBMIT, { title: 'x' }], ['withdraws', WITHDRAW, {}], ['links', LINK, { issueIds: [] }],
  ])('an agent %s only what it asked for itself', async (_what, source, input) => {
    const { id } = await asked(engineer());
    expect(await refused(keyOf(acme.writer), source, { approvalId: id, ...input })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('a note that says nothing asks for no other version', async () => {
    const { id } = await asked(engineer());
    expect(await refused(BOARD, REVISE, { approvalId: id, note: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'note' });
    expect(await refused(BOARD, DECIDE, { approvalId: id, decision: 'APPROVED', note: 'x'.repeat(4_001) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'note' });
    expect(await refused(BOARD, DECIDE, { approvalId: id, decision: 'APPROVED', budgetAmount: '5' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'budgetAmount' });
  });
});

describe('a budget override', () => {
  const stopped = async () => {
    const agent = await acme.agent({ name: 'Spender' });
    await insertRun(boardroom.db, agent, { status: 'SUCCEEDED', finishedAt: new Date() });
    const budget = await write(boardroom.db, (tx) => setBudget(tx, BOARD, { scope: 'AGENT', subjectId: agent.id, metric: 'RUNS', amount: 1n }));
    const incident = await prisma().budgetIncident.findFirstOrThrow({ where: { budgetId: budget.id, threshold: 'HARD' } });
    return { agent, budget, incident, approvalId: incident.approvalId as string };
  };

  test('approved with a limit: the budget is raised and the agent goes on', async () => {
    const { agent, budget, incident, approvalId } = await stopped();
    expect(await refused(BOARD, DECIDE, { approvalId, decision: 'APPROVED' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'budgetAmount' });
    expect(await refused(BOARD, DECIDE, { approvalId, decision: 'APPROVED', budgetAmount: '1' })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await decide(approvalId, 'APPROVED', { budgetAmount: '9' })).toMatchObject({ status: 'APPROVED', requestedBy: { __typename: 'System' } });
    expect(await boardroom.ask(BOARD, `{ approval(id: "${approvalId}") { budgetAmount incident { id } } }`)).toEqual({ approval: { budgetAmount: '9', incident: { id: incident.id } } });
    expect(await prisma().budget.findUnique({ where: { id: budget.id } })).toMatchObject({ amount: 9n });
    expect(await prisma().agent.findUnique({ where: { id: agent.id } })).toMatchObject({ status: 'IDLE' });
    expect(await unchanged(() => decide(approvalId, 'APPROVED', { budgetAmount: '9' }))).toMatchObject({ status: 'APPROVED' });
    expect(await unchanged(() => decide(approvalId, 'APPROVED', { budgetAmount: '10' }))).toMatchObject({ __typename: 'ApprovalDecided' });
  });

  test('rejected: it stays stopped', async () => {
    const { agent, incident, approvalId } = await stopped();
    expect(await decide(approvalId, 'REJECTED')).toMatchObject({ status: 'REJECTED' });
    expect(await prisma().budgetIncident.findUnique({ where: { id: incident.id } })).toMatchObject({ status: 'KEPT_PAUSED' });
    expect(await prisma().agent.findUnique({ where: { id: agent.id } })).toMatchObject({ status: 'PAUSED', pauseReason: 'BUDGET' });
  });

  test('is neither withdrawn nor written anew', async () => {
    const { approvalId } = await stopped();
    expect(await refused(BOARD, WITHDRAW, { approvalId })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await refused(BOARD, REVISE, { approvalId, note: 'x' })).toMatchObject({ code: 'RULE_VIOLATION' });
  });
});

describe('who asked hears of it', () => {
  test('on the first linked issue that is its own work', async () => {
    const [theirs, parked, held, mine] = [await acme.issue({ assigneeId: acme.writer.id, status: 'TODO' }), await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' }), await acme.issue({ assigneeId: acme.engineer.id, status: 'TODO' }), await acme.issue({ assigneeId: acme.engineer.id, status: 'TODO' })];
    await boardroom.ask(BOARD, `mutation { holdSubtree(input: { issueId: "${held.id}", mode: PAUSE }) { __typename } }`);
    const { id } = await asked(engineer(), { issueIds: [theirs.id, parked.id, held.id, mine.id] });
    await decide(id, 'REJECTED', { note: 'No' });
    expect(await lastWake(acme.engineer.id)).toMatchObject({ reason: 'approval_rejected', issueId: mine.id, payload: { approval: { id, status: 'REJECTED', note: 'No' } } });
  });

  test('people who asked are not woken, and nobody is by its own word', async () => {
    const before = await prisma().wakeup.count();
    const { id } = await asked(BOARD, { companyId: acme.id });
    await decide(id, 'APPROVED');
    const own = await asked(engineer());
    await send(engineer(), COMMENT, { approvalId: own.id, body: 'One more thing' });
    expect(await prisma().wakeup.count()).toBe(before);
  });

  test('a person’s comment wakes it, with its words; a colleague’s does not', async () => {
    const { id } = await asked(engineer());
    const count = (await wakes(acme.engineer.id)).length;
    await send(keyOf(acme.writer), COMMENT, { approvalId: id, body: 'Me too' });
    expect(await wakes(acme.engineer.id)).toHaveLength(count);
    const comment = await send(BOARD, COMMENT, { approvalId: id, body: 'How much?' });
    expect(comment).toMatchObject({ body: 'How much?', author: { __typename: 'User' }, approval: { id } });
    expect(await lastWake(acme.engineer.id)).toMatchObject({ reason: 'approval_commented', payload: { approval: { id, comment: { id: comment.id, body: 'How much?' } } } });
    expect((await boardroom.ask(BOARD, `{ approval(id: "${id}") { comments { nodes { body } } } }`)).approval.comments.nodes).toEqual([{ body: 'Me too' }, { body: 'How much?' }]);
  });

  test('stopped meanwhile, it hears of it when it goes on: each approval’s last word once', async () => {
    const agent = await acme.agent({ name: 'Away' });
    const [one, two] = [await asked(keyOf(agent)), await asked(keyOf(agent))];
    await write(boardroom.db, (tx) => pauseAgent(tx, BOARD, { agentId: agent.id }));
    await send(BOARD, COMMENT, { approvalId: one.id, body: 'Hm' });
    await decide(one.id, 'APPROVED');
    await decide(two.id, 'REJECTED');
    expect((await wakes(agent.id)).map(({ status }) => status)).toEqual(['SKIPPED', 'SKIPPED', 'SKIPPED']);
    await write(boardroom.db, (tx) => resumeAgent(tx, BOARD, { agentId: agent.id }));
    expect((await wakes(agent.id)).slice(3).map(({ reason, status }) => [reason, status])).toEqual([['approval_approved', 'QUEUED'], ['approval_rejected', 'COALESCED']]);
    const run = await prisma().run.findFirstOrThrow({ where: { agentId: agent.id } });
    expect((run.context as { wakes: { payload: { approval: { id: string } } }[] }).wakes.map(({ payload }) => payload.approval.id)).toEqual([one.id, two.id]);
    // It never ran: stopped again, it is told again; once it has run it is not.
    for (const round of [1, 2]) {
      if (round === 2) await prisma().run.updateMany({ where: { agentId: agent.id, status: 'QUEUED' }, data: { status: 'SUCCEEDED', startedAt: new Date(), finishedAt: new Date() } });
      await write(boardroom.db, (tx) => pauseAgent(tx, BOARD, { agentId: agent.id }));
      await write(boardroom.db, (tx) => resumeAgent(tx, BOARD, { agentId: agent.id }));
      expect(await prisma().run.count({ where: { agentId: agent.id, status: 'QUEUED' } })).toBe(round === 1 ? 1 : 0);
    }
  });
});

describe('issues and lists', () => {
  test('while it is pending its issues wait for the board; sent back, they do not', async () => {
    const issue = await acme.issue({ assigneeId: acme.engineer.id, status: 'TODO' });
    await prisma().run.updateMany({ where: { issueId: issue.id }, data: { status: 'SUCCEEDED', startedAt: new Date(), finishedAt: new Date() } });
    const { id } = await asked(engineer(), { issueIds: [issue.id] });
    const state = async () => (await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { liveness { state mover stalled approvalId text } } }`)).issue.liveness;
    expect(await state()).toEqual({ state: 'ASKED', mover: 'BOARD', stalled: false, approvalId: id, text: 'Waits for an approval of the board.' });
    await send(BOARD, REVISE, { approvalId: id, note: 'Why?' });
    expect(await state()).toMatchObject({ state: 'QUEUED', approvalId: null });
    await asked(keyOf(acme.writer), { issueIds: [issue.id] });
    expect(await state(), 'an outsider links it').toMatchObject({ state: 'QUEUED', approvalId: null });
    const { id: above } = await asked(keyOf(acme.ceo), { issueIds: [issue.id] });
    expect(await state(), 'its manager does').toMatchObject({ state: 'ASKED', approvalId: above });
  });

  test('what is asked for in a run is about its issue, unless it says otherwise', async () => {
    const issue = await acme.issue({ assigneeId: acme.engineer.id, status: 'TODO' });
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    expect((await asked(tokenOf(run))).issues.nodes).toEqual([{ id: issue.id }]);
    expect((await asked(tokenOf(run), { issueIds: [] })).issues.nodes).toEqual([]);
    await prisma().run.update({ where: { id: run.id }, data: { status: 'SUCCEEDED', finishedAt: new Date() } });
  });

  test('links are set as a whole, and the same set changes nothing', async () => {
    const [one, two] = [await acme.issue(), await acme.issue()];
    const { id } = await asked(engineer(), { issueIds: [one.id] });
    expect((await send(engineer(), LINK, { approvalId: id, issueIds: [two.id] })).issues.nodes).toEqual([{ id: two.id }]);
    await unchanged(() => send(engineer(), LINK, { approvalId: id, issueIds: [two.id] }));
    expect(await refused(BOARD, LINK, { approvalId: id, issueIds: [newId()] })).toMatchObject({ code: 'NOT_FOUND', field: 'issueIds' });
    expect((await boardroom.ask(BOARD, `{ issue(ref: "${two.id}") { approvals { totalCount nodes { id } } } }`)).issue.approvals).toEqual({ totalCount: 1, nodes: [{ id }] });
    expect((await send(BOARD, LINK, { approvalId: id, issueIds: [] })).issues.nodes).toEqual([]);
  });

  test('by status and type, newest first', async () => {
    const other = await smallCompany(boardroom, 'Lists');
    const [one, two] = [await asked(keyOf(other.engineer), { title: 'one' }), await asked(keyOf(other.engineer), { title: 'two' })];
    await hire(keyOf(other.engineer));
    await decide(one.id, 'APPROVED');
    const titles = async (filter: string) => (await boardroom.ask(BOARD, `{ company(ref: "${other.id}") { approvals(filter: ${filter}) { nodes { title } } } }`)).company.approvals.nodes.map(({ title }: { title: string }) => title);
    expect(await titles('{}')).toEqual([expect.stringContaining('Hire Nova'), 'two', 'one']);
    expect(await titles('{ statuses: [PENDING] }')).toEqual([expect.stringContaining('Hire Nova'), 'two']);
    expect(await titles('{ statuses: [PENDING], types: [BOARD_REQUEST] }')).toEqual(['two']);
    const seen = `{ approval(id: "${two.id}") { id } }`;
    expect(await boardroom.ask(keyOf(other.writer), seen)).toEqual({ approval: { id: two.id } });
    expect(await boardroom.ask(keyOf(acme.writer), seen)).toEqual({ approval: null });
  });
});

test('what was settled otherwise is closed once, and wakes nobody', async () => {
  const approval = await write(boardroom.db, (tx) => openApproval(tx, SYSTEM, { companyId: acme.id, type: 'BOARD_REQUEST', title: 'x' }));
  await write(boardroom.db, (tx) => closeApproval(tx, SYSTEM, approval.id, 'CANCELLED'));
  await unchanged(() => write(boardroom.db, (tx) => closeApproval(tx, SYSTEM, approval.id, 'APPROVED')));
  expect(await prisma().approval.findUnique({ where: { id: approval.id } })).toMatchObject({ status: 'CANCELLED', deciderType: 'SYSTEM' });
});
