import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Agent } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const FIELDS = 'id name role title status adapterType adapterConfig maxConcurrentRuns manager { id } pauseReason pausedAt errorMessage heartbeat { enabled intervalSec runWhenIdle nextAt }';
const CREATE = `mutation ($input: CreateAgentInput!) { result: createAgent(input: $input) { ${FIELDS} } }`;
const UPDATE = `mutation ($input: UpdateAgentInput!) { result: updateAgent(input: $input) { ${FIELDS} } }`;
const base = () => ({ companyId: acme.id, name: 'Ada', adapterType: 'process', adapterConfig: { command: 'true' } });
const create = async (input: object = {}) => (await boardroom.ask(BOARD, CREATE, { input: { ...base(), ...input } })).result;
const update = async (input: object) => (await boardroom.ask(BOARD, UPDATE, { input })).result;
const change = (name: string, agentId: string, more = '') => boardroom.ask(BOARD, `mutation { result: ${name}(input: { agentId: "${agentId}" ${more} }) { ${FIELDS} } }`).then((data) => data.result);
const refusal = async (source: string, input: object) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(BOARD, source, { input });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};
const runOf = (id: string) => boardroom.db.prisma.run.findUniqueOrThrow({ where: { id } });
const put = (agent: { id: string }, data: Partial<Agent>) => boardroom.db.prisma.agent.update({ where: { id: agent.id }, data: data as object });

describe('hiring', () => {
  test('what is not given has its default', async () => {
    expect(await create()).toMatchObject({
      name: 'Ada', role: 'GENERAL', title: null, status: 'IDLE', maxConcurrentRuns: 20, manager: null, heartbeat: { enabled: false, intervalSec: 3600, runWhenIdle: false, nextAt: null },
      adapterConfig: { command: 'true', args: [], env: {}, timeoutSec: 900, graceSec: 15 },
    });
  });

  test('into the org, with a heartbeat', async () => {
    const agent = await create({ managerId: acme.ceo.id, role: 'CTO', heartbeat: { enabled: true, intervalSec: 30 }, maxConcurrentRuns: 1 });
    expect(agent).toMatchObject({ manager: { id: acme.ceo.id }, role: 'CTO', maxConcurrentRuns: 1, heartbeat: { enabled: true, intervalSec: 30, nextAt: expect.any(String) } });
    expect((await boardroom.ask(BOARD, `{ agent(id: "${acme.ceo.id}") { reports { nodes { id } } } }`)).agent.reports.nodes).toContainEqual({ id: agent.id });
  });

  test.each<[string, object, object]>([
    ['an unknown adapter', { adapterType: 'nonsense' }, { field: 'adapterType', message: expect.stringContaining('there is no adapter "nonsense"; there are ') }],
    ['an adapter that only an object has', { adapterType: 'toString' }, { field: 'adapterType' }],
    ['a command that is missing', { adapterConfig: {} }, { field: 'adapterConfig.command' }],
    ['a field that is unknown', { adapterConfig: { command: 'x', shell: true } }, { field: 'adapterConfig', message: expect.stringContaining('shell') }],
    ['a configuration that is no object', { adapterConfig: 'x' }, { field: 'adapterConfig' }],
    ['several wrong fields', { adapterConfig: { command: 'x', timeoutSec: -1, args: ['a', 2] } }, { details: { fields: [expect.objectContaining({ field: 'adapterConfig.args.1' }), expect.objectContaining({ field: 'adapterConfig.timeoutSec' })] } }],
    ['a variable with a bad name', { adapterConfig: { command: 'x', env: { 'NOT A NAME': 'x' } } }, { field: 'adapterConfig.env.NOT A NAME' }],
    ['a NUL in an argument', { adapterConfig: { command: 'x', args: ['a\0'] } }, { field: 'adapterConfig.args.0' }],
    ['a NUL in the input', { adapterConfig: { command: 'x', stdin: 'a\0' } }, { field: 'adapterConfig.stdin' }],
    ['half a letter in the input', { adapterConfig: { command: 'x', stdin: '\ud800' } }, { field: 'adapterConfig.stdin' }],
    ['a folder that is relative', { adapterConfig: { command: 'x', cwd: 'here' } }, { field: 'adapterConfig.cwd' }],
    ['a redacted secret that stands for nothing', { adapterConfig: { command: 'x', env: { A: '•••' } } }, { field: 'adapterConfig.env.A' }],
    ['no runs at all', { maxConcurrentRuns: 0 }, { field: 'maxConcurrentRuns' }],
    ['too many runs', { maxConcurrentRuns: 51 }, { field: 'maxConcurrentRuns' }],
    ['a heartbeat that races', { heartbeat: { enabled: true, intervalSec: 29 } }, { field: 'heartbeat.intervalSec' }],
    ['a heartbeat of years', { heartbeat: { intervalSec: 2_592_001 } }, { field: 'heartbeat.intervalSec' }],
  ])('refused: %s', async (_what, input, refused) => expect(await refusal(CREATE, { ...base(), ...input })).toMatchObject({ code: 'BAD_USER_INPUT', ...refused }));

  test('under nobody unknown or terminated', async () => {
    expect(await refusal(CREATE, { ...base(), managerId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    const gone = await create();
    await put(gone, { status: 'TERMINATED' });
    expect(await refusal(CREATE, { ...base(), managerId: gone.id })).toMatchObject({ code: 'RULE_VIOLATION', field: 'managerId' });
  });
});

describe('changing', () => {
  test('absent stays, null empties', async () => {
    const { id } = await create({ title: 'Chief', managerId: acme.ceo.id, maxConcurrentRuns: 3 });
    expect(await update({ agentId: id, name: 'Eve' })).toMatchObject({ name: 'Eve', title: 'Chief', manager: { id: acme.ceo.id }, maxConcurrentRuns: 3 });
    expect(await update({ agentId: id, title: null, managerId: null })).toMatchObject({ name: 'Eve', title: null, manager: null });
  });

  test('nobody reports to itself, directly or through others', async () => {
    const [top, middle] = [await create(), await create()];
    const low = await create({ managerId: middle.id });
    await update({ agentId: middle.id, managerId: top.id });
    for (const managerId of [top.id, middle.id, low.id]) expect(await refusal(UPDATE, { agentId: top.id, managerId })).toMatchObject({ code: 'RULE_VIOLATION', field: 'managerId' });
  });

  test('two changes that would close a circle together: one is refused', async () => {
    const [one, two] = [await create(), await create()];
    const results = await Promise.allSettled([update({ agentId: one.id, managerId: two.id }), update({ agentId: two.id, managerId: one.id })]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('a redacted secret sent back keeps its value, a new one takes its place, and none is ever shown', async () => {
    const { id, adapterConfig } = await create({ adapterConfig: { command: 'true', env: { A: 'secret a', B: 'secret b' } } });
    expect(adapterConfig.env).toEqual({ A: '•••', B: '•••' });
    expect((await update({ agentId: id, adapterConfig: { ...adapterConfig, env: { A: '•••', B: 'new b' } } })).adapterConfig.env).toEqual({ A: '•••', B: '•••' });
    const stored = await boardroom.db.prisma.agent.findUniqueOrThrow({ where: { id } });
    expect(stored.adapterConfig).toMatchObject({ env: { A: 'secret a', B: 'new b' } });
    const logged = await boardroom.db.prisma.activity.findMany({ where: { entityId: id } });
    expect(JSON.stringify(logged, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(/secret a|new b/);
  });

  test('another adapter needs a configuration of its own: secrets do not move over', async () => {
    const { id } = await create({ adapterConfig: { command: 'true', env: { A: 'secret' } } });
    expect(await refusal(UPDATE, { agentId: id, adapterType: 'http' })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await refusal(UPDATE, { agentId: id, adapterType: 'claude', adapterConfig: { env: { A: '•••' } } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'adapterConfig.env.A' });
  });

  test('the terminated stay as they were', async () => {
    const { id } = await create();
    await change('terminateAgent', id);
    expect(await refusal(UPDATE, { agentId: id, name: 'Zombie' })).toMatchObject({ code: 'RULE_VIOLATION' });
  });
});

describe('pausing and resuming', () => {
  test('a pause stops what runs and what waits, and says why', async () => {
    const agent = await acme.agent();
    const [running, queued] = [await insertRun(boardroom.db, agent), await insertRun(boardroom.db, agent, { status: 'QUEUED' })];
    expect(await change('pauseAgent', agent.id)).toMatchObject({ status: 'PAUSED', pauseReason: 'MANUAL', pausedAt: expect.any(String) });
    expect(await runOf(running.id)).toMatchObject({ status: 'RUNNING', cancelReason: 'agent paused' });
    expect(await runOf(queued.id)).toMatchObject({ status: 'CANCELLED', cancelReason: 'agent paused' });
    expect(await change('resumeAgent', agent.id)).toMatchObject({ status: 'RUNNING', pauseReason: null, pausedAt: null });
  });

  test('unless asked to let them go on', async () => {
    const agent = await acme.agent();
    const running = await insertRun(boardroom.db, agent);
    await change('pauseAgent', agent.id, 'cancelRuns: false');
    expect(await runOf(running.id)).toMatchObject({ cancelRequestedAt: null });
  });

  test.each(['pauseAgent', 'resumeAgent', 'terminateAgent'])('%s twice is once', async (name) => {
    const { id } = await create();
    await change(name, id);
    const before = await dump(boardroom.db);
    await change(name, id);
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });

  test('resuming clears a failure, and workers hear of it', async () => {
    const { id } = await create();
    await put({ id }, { status: 'ERROR', errorMessage: 'broken' });
    const heard: string[] = [];
    const stop = boardroom.live.listen((topic) => heard.push(topic));
    expect(await change('resumeAgent', id)).toMatchObject({ status: 'IDLE', errorMessage: null });
    expect(heard).toEqual(expect.arrayContaining(['queue', `company:${acme.id}`]));
    stop();
  });

  test('the terminated neither pause nor resume, and lose their keys, runs and heartbeat', async () => {
    const agent = await acme.agent({ heartbeat: { enabled: true } });
    const running = await insertRun(boardroom.db, agent);
    await boardroom.ask(BOARD, `mutation { createAgentKey(input: { agentId: "${agent.id}", name: "k" }) { secret } }`);
    expect(await change('terminateAgent', agent.id)).toMatchObject({ status: 'TERMINATED', heartbeat: { enabled: false, nextAt: null } });
    expect(await runOf(running.id)).toMatchObject({ cancelReason: 'agent terminated' });
    expect(await boardroom.db.prisma.agentKey.count({ where: { agentId: agent.id, revokedAt: null } })).toBe(0);
    for (const name of ['pauseAgent', 'resumeAgent']) expect(await refusal(`mutation ($input: ${name === 'pauseAgent' ? 'Pause' : 'Resume'}AgentInput!) { ${name}(input: $input) { id } }`, { agentId: agent.id })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect(await refusal('mutation ($input: CreateAgentKeyInput!) { createAgentKey(input: $input) { secret } }', { agentId: agent.id, name: 'k' })).toMatchObject({ code: 'RULE_VIOLATION' });
  });
});

describe('lists of agents', () => {
  test('by status, manager and text', async () => {
    const other = await smallCompany(boardroom, 'Other');
    await put(other.writer, { status: 'PAUSED', title: 'Head of 100% prose' });
    const names = async (filter: string) => (await boardroom.ask(BOARD, `{ company(ref: "${other.id}") { agents(filter: { ${filter} }) { totalCount nodes { name } } } }`)).company.agents;
    expect(await names('statuses: [PAUSED]')).toEqual({ totalCount: 1, nodes: [{ name: 'Other writer' }] });
    expect(await names(`managerId: "${other.ceo.id}"`)).toMatchObject({ totalCount: 2 });
    expect(await names('text: "ENGINEER"')).toMatchObject({ nodes: [{ name: 'Other engineer' }] });
    expect(await names('text: "100%"')).toMatchObject({ nodes: [{ name: 'Other writer' }] });
    expect(await names('text: "_"')).toMatchObject({ totalCount: 0 });
    expect(await names('statuses: []')).toMatchObject({ totalCount: 0 });
  });
});
