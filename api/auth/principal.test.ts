import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { createAgentKey, revokeAgentKey } from '../../schema/agent/keys.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../schema/testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../schema/testing/company.ts';
import { insertRun } from '../../schema/testing/runs.ts';
import { testServer, type TestServer } from '../server/testing.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let server: TestServer;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  server = await testServer(boardroom);
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
});

const VIEWER = '{ viewer { kind agent { id } run { id } company { id } } }';
async function viewer(headers: Record<string, string>) {
  const { status, body } = await server.ask(VIEWER, {}, headers);
  return status === 200 ? (body.data as unknown as { viewer: object }).viewer : { status, code: body.errors?.[0]?.extensions.code };
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const NOBODY = { status: 401, code: 'UNAUTHENTICATED' };
const keyFor = (agentId: string) => write(boardroom.db, (tx) => createAgentKey(tx, BOARD, { agentId, name: 'k' }));
const tokenFor = async (run: { id: string; agentId: string; companyId: string }) => bearer(await server.runToken({ runId: run.id, agentId: run.agentId, companyId: run.companyId }));

test('without credentials it is the board', async () => expect(await viewer({})).toEqual({ kind: 'BOARD_USER', agent: null, run: null, company: null }));

describe('a key', () => {
  test('is its agent', async () => {
    const { secret } = await keyFor(acme.engineer.id);
    for (const authorization of [`Bearer ${secret}`, `bearer ${secret}`]) {
      expect(await viewer({ authorization })).toEqual({ kind: 'AGENT_KEY', agent: { id: acme.engineer.id }, run: null, company: { id: acme.id } });
    }
  });

  test('revoked is nobody, at once', async () => {
    const { secret, agentKey } = await keyFor(acme.engineer.id);
    expect(await viewer(bearer(secret))).toMatchObject({ kind: 'AGENT_KEY' });
    await write(boardroom.db, (tx) => revokeAgentKey(tx, BOARD, { agentKeyId: agentKey.id }));
    expect(await viewer(bearer(secret))).toEqual(NOBODY);
  });

  test('of a terminated agent is nobody', async () => {
    const agent = await acme.agent();
    const { secret } = await keyFor(agent.id);
    await boardroom.ask(BOARD, `mutation { terminateAgent(input: { agentId: "${agent.id}" }) { id } }`);
    expect(await viewer(bearer(secret))).toEqual(NOBODY);
  });

  test('notes its use, within a minute', async () => {
    const { secret, agentKey } = await keyFor(acme.engineer.id);
    const used = () => boardroom.db.prisma.agentKey.findUniqueOrThrow({ where: { id: agentKey.id } }).then((row) => row.lastUsedAt);
    await viewer(bearer(secret));
    const first = await used();
    expect(first).toBeInstanceOf(Date);
    await viewer(bearer(secret));
    expect(await used()).toEqual(first);
    await boardroom.db.prisma.agentKey.update({ where: { id: agentKey.id }, data: { lastUsedAt: new Date(Date.now() - 120_000) } });
    await viewer(bearer(secret));
    expect((await used())?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  test('with the id of a running run of its agent speaks for that run', async () => {
    const { secret } = await keyFor(acme.engineer.id);
    const run = await insertRun(boardroom.db, acme.engineer);
    const asked = { ...bearer(secret), 'x-boardroom-run-id': run.id };
    expect(await viewer(asked)).toEqual({ kind: 'RUN_TOKEN', agent: { id: acme.engineer.id }, run: { id: run.id }, company: { id: acme.id } });
    await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { status: 'SUCCEEDED' } });
    expect(await viewer(asked)).toEqual(NOBODY);
  });

  test('with the id of another run, or of none, is nobody', async () => {
    const { secret } = await keyFor(acme.engineer.id);
    const others = await insertRun(boardroom.db, acme.writer);
    const queued = await insertRun(boardroom.db, await acme.agent(), { status: 'QUEUED' });
    for (const id of [others.id, queued.id, newId(), 'x', "' OR true --"]) expect(await viewer({ ...bearer(secret), 'x-boardroom-run-id': id })).toEqual(NOBODY);
  });
});

describe('a run token', () => {
  test('is its run, its agent and its company', async () => {
    const run = await insertRun(boardroom.db, acme.engineer);
    expect(await viewer(await tokenFor(run))).toEqual({ kind: 'RUN_TOKEN', agent: { id: acme.engineer.id }, run: { id: run.id }, company: { id: acme.id } });
  });

  test.each(['QUEUED', 'SCHEDULED_RETRY', 'SUCCEEDED', 'INTERRUPTED', 'FAILED', 'CANCELLED', 'TIMED_OUT'] as const)('is nobody while its run is %s', async (status) => {
    const run = await insertRun(boardroom.db, await acme.agent());
    const token = await tokenFor(run);
    expect(await viewer(token)).toMatchObject({ kind: 'RUN_TOKEN' });
    await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { status } });
    expect(await viewer(token)).toEqual(NOBODY);
    const changed = await server.ask(`mutation { createLabel(input: { companyId: "${acme.id}", name: "${status}" }) { id } }`, {}, token);
    expect(changed).toMatchObject({ status: 401 });
    expect(await boardroom.db.prisma.label.count({ where: { name: status } })).toBe(0);
  });

  test('that was asked to end still speaks until it has', async () => {
    const run = await insertRun(boardroom.db, acme.engineer, { cancelRequestedAt: new Date() });
    expect(await viewer(await tokenFor(run))).toMatchObject({ kind: 'RUN_TOKEN' });
  });

  test.each(['TERMINATED', 'PENDING_APPROVAL'] as const)('of an agent that is %s is nobody, also before the run has ended', async (status) => {
    const agent = await acme.agent();
    const token = await tokenFor(await insertRun(boardroom.db, agent));
    expect(await viewer(token)).toMatchObject({ kind: 'RUN_TOKEN' });
    await boardroom.db.prisma.agent.update({ where: { id: agent.id }, data: { status } });
    expect(await viewer(token)).toEqual(NOBODY);
  });

  test('cannot name another agent, company or run than its run’s own', async () => {
    const run = await insertRun(boardroom.db, acme.engineer);
    const other = await smallCompany(boardroom, 'Other');
    expect(await viewer(await tokenFor({ ...run, agentId: acme.writer.id }))).toEqual(NOBODY);
    expect(await viewer(await tokenFor({ ...run, id: newId() }))).toEqual(NOBODY);
    // The company is the run's, whatever the token says.
    const moved = await viewer(await tokenFor({ ...run, companyId: other.id }));
    if ('company' in moved) expect(moved).toMatchObject({ company: { id: acme.id } });
    else expect(moved).toEqual(NOBODY);
  });
});

test.each(['', ' ', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer brk_', `Bearer brk_${'0'.repeat(48)}`, 'Bearer a b', 'nonsense', 'Bearer eyJhbGciOiJub25lIn0.e30.', `Bearer ${'x'.repeat(8_000)}`])(
  '%j is nobody, and never the board', async (authorization) => expect(await viewer({ authorization })).toEqual(NOBODY),
);
