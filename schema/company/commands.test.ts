import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun } from '../testing/runs.ts';

let boardroom: TestBoardroom;
beforeAll(async () => { boardroom = await testBoardroom({ connections: 12 }); });
afterAll(() => boardroom.close());

const CREATE = 'mutation ($input: CreateCompanyInput!) { result: createCompany(input: $input) { id name prefix status description brandColor } }';
const UPDATE = 'mutation ($input: UpdateCompanyInput!) { result: updateCompany(input: $input) { name prefix status description brandColor archivedAt } }';
const create = async (input: object) => (await boardroom.ask(BOARD, CREATE, { input: { name: 'Acme', ...input } })).result;
const update = async (input: object) => (await boardroom.ask(BOARD, UPDATE, { input })).result;
const archive = (companyId: string) => boardroom.ask(BOARD, 'mutation ($input: ArchiveCompanyInput!) { result: archiveCompany(input: $input) { status archivedAt } }', { input: { companyId } }).then((data) => data['result']);
const refusal = async (source: string, input: object) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(BOARD, source, { input });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};

describe('founding', () => {
  test('the prefix comes from the name, with a number where it is taken', async () => {
    expect([await create({}), await create({}), await create({})].map((company) => company.prefix)).toEqual(['ACME', 'ACME2', 'ACME3']);
  });

  test('or is given, once', async () => {
    expect(await create({ prefix: ' xy1 ', brandColor: '#AABBCC', description: 'd' })).toMatchObject({ prefix: 'XY1', brandColor: '#aabbcc', description: 'd', status: 'ACTIVE' });
    expect(await refusal(CREATE, { name: 'x', prefix: 'XY1' })).toMatchObject({ code: 'CONFLICT', field: 'prefix' });
  });

  test.each(['A', '1A', 'TOOLONGPREFIX', 'A-B', 'Ä1', '  '])('prefix %j is none', async (prefix) => {
    expect(await refusal(CREATE, { name: 'x', prefix })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'prefix' });
  });

  test.each(['red', '#fff', '#12345g', '1d6e37'])('colour %j is none', async (brandColor) => {
    expect(await refusal(CREATE, { name: 'x', brandColor })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'brandColor' });
  });

  test('many of one name at once all get their own', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => create({ name: 'Race' })));
    expect(new Set(made.map((company) => company.prefix)).size).toBe(10);
  });

  test('many that ask for one prefix at once: one gets it, the others are told', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => boardroom.run(BOARD, CREATE, { input: { name: 'x', prefix: 'SOLE' } })));
    expect(results.filter((result) => !result.errors)).toHaveLength(1);
    expect(results.flatMap((result) => result.errors ?? []).map((error) => error.message)).toEqual(Array.from({ length: 7 }, () => 'prefix SOLE is taken'));
  });

  test('its first issue and its first run are number one', async () => {
    const { id } = await smallCompany(boardroom, 'First');
    const { createIssue } = await boardroom.ask(BOARD, `mutation { createIssue(input: { companyId: "${id}", title: "x" }) { identifier } }`);
    expect(createIssue.identifier).toBe('FIRS-1');
  });
});

describe('changing', () => {
  test('absent stays, null empties', async () => {
    const { id, prefix } = await create({ name: 'Old', description: 'd', brandColor: '#aabbcc' });
    expect(await update({ companyId: id, name: 'New' })).toMatchObject({ name: 'New', prefix, description: 'd', brandColor: '#aabbcc' });
    expect(await update({ companyId: id, description: null, brandColor: null })).toMatchObject({ name: 'New', description: null, brandColor: null });
  });

  test('workers hear that it works again, and what waited may start', async () => {
    const { id } = await create({});
    const heard: string[] = [];
    const stop = boardroom.live.listen((topic) => heard.push(topic));
    await update({ companyId: id, status: 'PAUSED' });
    expect(heard).toEqual([`company:${id}`]);
    await update({ companyId: id, status: 'ACTIVE' });
    expect(heard).toContain('queue');
    stop();
  });

  test('a company is not archived by the way', async () => {
    const { id } = await create({});
    expect(await refusal(UPDATE, { companyId: id, status: 'ARCHIVED' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'status' });
    expect(await refusal(UPDATE, { companyId: newId(), name: 'x' })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('archiving', () => {
  test('pauses agents, stops runs, keeps everything to read, and takes nothing in', async () => {
    const acme = await smallCompany(boardroom, 'Gone');
    const running = await insertRun(boardroom.db, acme.engineer);
    const queued = await insertRun(boardroom.db, acme.engineer, { status: 'QUEUED' });
    await boardroom.ask(BOARD, `mutation { terminateAgent(input: { agentId: "${acme.writer.id}" }) { id } }`);
    expect(await archive(acme.id)).toMatchObject({ status: 'ARCHIVED', archivedAt: expect.any(String) });
    const { company } = await boardroom.ask(BOARD, `{ company(ref: "${acme.id}") { agents { nodes { name status pauseReason } } } }`);
    expect(company.agents.nodes).toEqual([
      { name: 'Gone CEO', status: 'PAUSED', pauseReason: 'COMPANY_ARCHIVED' }, { name: 'Gone engineer', status: 'PAUSED', pauseReason: 'COMPANY_ARCHIVED' }, { name: 'Gone writer', status: 'TERMINATED', pauseReason: null },
    ]);
    expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: running.id } })).toMatchObject({ cancelReason: 'company archived' });
    expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: queued.id } })).toMatchObject({ status: 'CANCELLED' });
    for (const [field, type, input] of [
      ['createAgent', 'CreateAgentInput', { name: 'x', adapterType: 'process', adapterConfig: { command: 'x' } }], ['createGoal', 'CreateGoalInput', { title: 'x' }],
      ['createProject', 'CreateProjectInput', { name: 'x' }], ['createLabel', 'CreateLabelInput', { name: 'x' }],
    ] as const) {
      expect(await refusal(`mutation ($input: ${type}!) { ${field}(input: $input) { id } }`, { companyId: acme.id, ...input })).toMatchObject({ code: 'RULE_VIOLATION' });
    }
  });

  test('twice is once, and it can be brought back', async () => {
    const { id } = await create({});
    await archive(id);
    const before = await dump(boardroom.db);
    await archive(id);
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
    expect(await update({ companyId: id, status: 'ACTIVE' })).toMatchObject({ status: 'ACTIVE', archivedAt: null });
  });
});

test('companies by status, oldest first', async () => {
  const { id } = await create({ name: 'Zed' });
  await archive(id);
  const { companies } = await boardroom.ask(BOARD, '{ companies(first: 100, filter: { statuses: [ARCHIVED] }) { nodes { id createdAt } } }');
  expect(companies.nodes.map((company: { id: string }) => company.id)).toContain(id);
  const times = companies.nodes.map((company: { createdAt: string }) => company.createdAt);
  expect(times).toEqual([...times].sort());
});
