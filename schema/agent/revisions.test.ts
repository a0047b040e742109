import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { changes, dump } from '../testing/dump.ts';
import { insertRun, tokenOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const prisma = () => boardroom.db.prisma;
const UPDATE = 'mutation ($input: UpdateAgentInput!) { result: updateAgent(input: $input) { id name title adapterType adapterConfig manager { id } } }';
const ROLLBACK = 'mutation ($input: RollbackAgentConfigInput!) { result: rollbackAgentConfig(input: $input) { id name title role adapterType adapterConfig maxConcurrentRuns manager { id } heartbeat { enabled intervalSec nextAt } } }';
const update = (agentId: string, fields: object) => boardroom.ask(BOARD, UPDATE, { input: { agentId, ...fields } }).then((data) => data['result']);
const rollback = (agentId: string, revisionId: string) => boardroom.ask(BOARD, ROLLBACK, { input: { agentId, revisionId } }).then((data) => data['result']);
const refusal = async (agentId: string, revisionId: string) => {
  const before = await dump(boardroom.db);
  const refused = await boardroom.refusal(BOARD, ROLLBACK, { input: { agentId, revisionId } });
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
  return refused;
};
interface Revision { id: string; number: number; source: string; settings: Record<string, unknown>; changes: { name: string; before: unknown; after: unknown }[]; rolledBackTo: { number: number } | null; createdBy: { __typename: string }; run: { id: string } | null }
const revisions = async (agentId: string): Promise<Revision[]> =>
  (await boardroom.ask(BOARD, `{ agent(id: "${agentId}") { revisions { nodes { id number source settings changes { name before after } rolledBackTo { number } createdBy { __typename } run { id } } } } }`)).agent.revisions.nodes;
const stored = (id: string) => prisma().agent.findUniqueOrThrow({ where: { id } });
const config = (env: object, command = 'true') => ({ command, env });

describe('each change is a revision', () => {
  test('with who made it and what changed, newest first', async () => {
    const { id } = await acme.agent({ name: 'Ada', adapterConfig: config({ TOKEN: 'secret one' }) });
    await update(id, { title: 'Writer', heartbeat: { enabled: true, intervalSec: 60 } });
    const [second, first, none] = await revisions(id);
    expect(none).toBeUndefined();
    expect(first).toMatchObject({ number: 1, source: 'HIRED', changes: [], createdBy: { __typename: 'User' }, settings: { name: 'Ada', title: null, adapterConfig: { command: 'true', env: { TOKEN: '•••' } } } });
    expect(second).toMatchObject({ number: 2, source: 'UPDATED', changes: [{ name: 'title', before: null, after: 'Writer' }, { name: 'heartbeat.enabled', before: false, after: true }, { name: 'heartbeat.intervalSec', before: 3600, after: 60 }] });
  });

  test('a secret that changed is named, and its value is nowhere kept', async () => {
    const { id } = await acme.agent({ adapterConfig: config({ TOKEN: 'secret one' }) });
    await update(id, { adapterConfig: config({ TOKEN: 'secret two' }) });
    const [second] = await revisions(id);
    expect(second?.changes).toEqual([{ name: 'adapterConfig.env.TOKEN', before: '•••', after: '•••' }]);
    expect(JSON.stringify(await prisma().agentRevision.findMany({ where: { agentId: id } }))).not.toMatch(/secret (one|two)/);
  });

  test('nor is one among arguments, in an address or in prose, and sent back hidden it stays', async () => {
    const secret = { command: 'true', args: ['--token', 'hunter2', '--password=hunter3', 'sk-ant-api03-abcdefgh'], stdin: 'Use brk_0123456789abcdef here.', env: {} };
    const { id } = await acme.agent({ adapterConfig: secret });
    const shown = (await boardroom.ask(BOARD, `{ agent(id: "${id}") { adapterConfig } }`)).agent.adapterConfig;
    expect(shown).toMatchObject({ args: ['--token', '•••', '--password=•••', '•••'], stdin: 'Use ••• here.' });
    await update(id, { adapterConfig: { ...shown, command: 'false', args: ['--new', ...shown.args] } });
    expect((await stored(id)).adapterConfig).toMatchObject({ command: 'false', args: ['--new', ...secret.args], stdin: secret.stdin });
    const [second, first] = await revisions(id);
    expect(second?.changes).toContainEqual({ name: 'adapterConfig.args', before: shown.args, after: ['--new', ...shown.args] });
    expect(JSON.stringify(await prisma().agentRevision.findMany({ where: { agentId: id } }))).not.toMatch(/hunter|abcdefgh|brk_/);
    expect(await boardroom.refusal(BOARD, UPDATE, { input: { agentId: id, adapterConfig: { ...shown, args: ['--print', '•••'] } } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'adapterConfig.args.1' });
    await update(id, { adapterConfig: { ...shown, args: ['--token', 'hunter9', ...shown.args.slice(2)] } });
    await rollback(id, first?.id ?? '');
    expect((await stored(id)).adapterConfig).toMatchObject({ command: 'true', args: ['--token', 'hunter9', ...secret.args.slice(2)] });
    await update(id, { adapterConfig: { command: 'true' } });
    expect(await refusal(id, first?.id ?? '')).toMatchObject({ code: 'RULE_VIOLATION', details: { fields: ['adapterConfig.args.1', 'adapterConfig.args.2', 'adapterConfig.args.3', 'adapterConfig.stdin'] } });
    expect(await boardroom.refusal(BOARD, UPDATE, { input: { agentId: id, cheapConfig: { args: ['--token', 'hunter2'] } } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'cheapConfig' });
  });

  test('what changes nothing is none', async () => {
    const { id } = await acme.agent({ name: 'Same', adapterConfig: config({ TOKEN: 'x' }) });
    await update(id, { name: 'Same', adapterConfig: config({ TOKEN: '•••' }) });
    expect(await revisions(id)).toHaveLength(1);
  });

  test('of an agent older than its revisions, what was before is kept first', async () => {
    const { id } = await acme.agent({ name: 'Elder', title: 'Old' });
    await prisma().agentRevision.deleteMany({ where: { agentId: id } });
    await update(id, { title: 'New' });
    expect(await revisions(id)).toMatchObject([
      { number: 2, source: 'UPDATED', changes: [{ name: 'title', before: 'Old', after: 'New' }] }, { number: 1, source: 'HIRED', settings: { title: 'Old' }, createdBy: { __typename: 'System' } },
    ]);
  });

  test('many at once each get their own number', async () => {
    const { id } = await acme.agent({ name: 'Busy' });
    await Promise.all(Array.from({ length: 8 }, (_, at) => update(id, { title: `Title ${at}` })));
    expect((await revisions(id)).map(({ number }) => number)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('a page of them and what changed is read in a fixed number of statements', async () => {
    const [few, many] = [await acme.agent({ name: 'Few' }), await acme.agent({ name: 'Many' })];
    await update(few.id, { title: 'x' });
    for (let at = 0; at < 12; at += 1) await update(many.id, { title: `Title ${at}` });
    const [one, twelve] = [await boardroom.statements(() => revisions(few.id)), await boardroom.statements(() => revisions(many.id))];
    expect(twelve).toHaveLength(one.length);
  });
});

describe('rolling back', () => {
  test('brings back all but secrets, which stay as they are today, and is a revision itself', async () => {
    const { id } = await acme.agent({ name: 'Ada', title: 'Writer', managerId: acme.ceo.id, maxConcurrentRuns: 2, adapterConfig: config({ TOKEN: 'old secret' }) });
    await update(id, { name: 'Eve', title: null, managerId: acme.engineer.id, role: 'QA', maxConcurrentRuns: 5, adapterConfig: config({ TOKEN: 'new secret', MORE: 'm' }, 'false'), heartbeat: { enabled: true, intervalSec: 30 } });
    const [, first] = await revisions(id);
    expect(await rollback(id, first?.id ?? '')).toMatchObject({ name: 'Ada', title: 'Writer', role: 'GENERAL', maxConcurrentRuns: 2, manager: { id: acme.ceo.id }, heartbeat: { enabled: false, intervalSec: 3600, nextAt: null }, adapterConfig: { command: 'true', env: { TOKEN: '•••' } } });
    expect((await stored(id)).adapterConfig).toMatchObject({ command: 'true', env: { TOKEN: 'new secret' } });
    const [third] = await revisions(id);
    expect(third).toMatchObject({ number: 3, source: 'ROLLED_BACK', rolledBackTo: { number: 1 } });
    expect(await prisma().activity.findFirst({ where: { action: 'agent.rolledBack', agentId: id } })).toMatchObject({ entityType: 'agentRevision', entityId: third?.id, details: { to: 1, revision: 3 } });
    const before = await dump(boardroom.db);
    await rollback(id, first?.id ?? '');
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });

  test('a secret of then that is not set today: nothing changes, and each is named', async () => {
    const { id } = await acme.agent({ adapterConfig: config({ TOKEN: 'a', KEY: 'b', KEPT: 'c' }) });
    await update(id, { adapterConfig: config({ KEPT: '•••' }) });
    const [, first] = await revisions(id);
    const refused = await refusal(id, first?.id ?? '');
    expect(refused).toMatchObject({ code: 'RULE_VIOLATION', details: { fields: ['adapterConfig.env.KEY', 'adapterConfig.env.TOKEN'] } });
    expect(refused.message).toContain('adapterConfig.env.KEY, adapterConfig.env.TOKEN');
  });

  test('to another adapter: its secrets are gone with it', async () => {
    const { id } = await acme.agent({ adapterConfig: config({ TOKEN: 'a' }) });
    await update(id, { adapterType: 'http', adapterConfig: { url: 'https://agents.test/run' } });
    const [, first] = await revisions(id);
    expect(await refusal(id, first?.id ?? '')).toMatchObject({ code: 'RULE_VIOLATION', details: { fields: ['adapterConfig.env.TOKEN'] } });
  });

  test('to another adapter without secrets it works', async () => {
    const { id } = await acme.agent({ adapterConfig: { command: 'true' } });
    await update(id, { adapterType: 'http', adapterConfig: { url: 'https://agents.test/run' } });
    const [, first] = await revisions(id);
    expect(await rollback(id, first?.id ?? '')).toMatchObject({ adapterType: 'process', adapterConfig: { command: 'true' } });
  });

  test('not to a manager who is gone, nor into a circle, nor to what is another’s or nobody’s', async () => {
    const boss = await acme.agent({ name: 'Boss' });
    const { id } = await acme.agent({ name: 'Worker', managerId: boss.id });
    await update(id, { managerId: null });
    await update(boss.id, { managerId: id });
    const [, first] = await revisions(id);
    expect(await refusal(id, first?.id ?? '')).toMatchObject({ code: 'RULE_VIOLATION', field: 'managerId' });
    await prisma().agent.update({ where: { id: boss.id }, data: { status: 'TERMINATED', managerId: null } });
    expect(await refusal(id, first?.id ?? '')).toMatchObject({ code: 'RULE_VIOLATION', field: 'managerId' });
    expect(await refusal(acme.writer.id, first?.id ?? '')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(id, newId())).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('not to an adapter that is there no more, and what it was can still be read', async () => {
    const { id } = await acme.agent({ name: 'Relic' });
    await prisma().agentRevision.updateMany({ where: { agentId: id }, data: { settings: { name: 'Relic', role: 'GENERAL', title: null, capabilities: null, managerId: null, adapterType: 'telegraph', adapterConfig: { line: 1 }, cheapConfig: null, maxConcurrentRuns: 20, heartbeat: { enabled: false, intervalSec: 3600, runWhenIdle: false, wakeOnDemand: true } } } });
    await update(id, { title: 'x' });
    const [, first] = await revisions(id);
    expect(first).toMatchObject({ settings: { adapterType: 'telegraph', adapterConfig: { line: 1 } } });
    expect(await refusal(id, first?.id ?? '')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'adapterType', message: expect.stringContaining('there is no adapter "telegraph"') });
    // Nor does the agent itself fall silent where it is what has it.
    await prisma().agent.update({ where: { id }, data: { adapterType: 'telegraph', adapterConfig: { line: 1, token: 'hunter2' } } });
    const shown = await boardroom.ask(BOARD, `{ agent(id: "${id}") { adapterType adapterConfig } }`);
    expect(shown).toMatchObject({ agent: { adapterType: 'telegraph' } });
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });

  test('a terminated agent stays as it was', async () => {
    const { id } = await acme.agent();
    await update(id, { title: 'x' });
    await boardroom.ask(BOARD, `mutation { terminateAgent(input: { agentId: "${id}" }) { id } }`);
    const [, first] = await revisions(id);
    expect(await refusal(id, first?.id ?? '')).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('a change by a run says which', async () => {
    await prisma().agentGrant.create({ data: { id: newId(), companyId: acme.id, agentId: acme.ceo.id, permission: 'AGENTS_CONFIGURE', grantorType: 'SYSTEM' } });
    const run = await insertRun(boardroom.db, acme.ceo);
    await boardroom.ask(tokenOf(run), UPDATE, { input: { agentId: acme.writer.id, title: 'By the CEO' } });
    expect((await revisions(acme.writer.id))[0]).toMatchObject({ createdBy: { __typename: 'Agent' }, run: { id: run.id } });
  });
});
