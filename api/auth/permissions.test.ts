import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { createAgentKey, revokeAgentKey } from '../../schema/agent/keys.ts';
import { terminateAgent } from '../../schema/agent/commands.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../schema/testing/boardroom.ts';
import { type Furnished, furnish, smallCompany } from '../../schema/testing/company.ts';
import { documentFor, rootFields } from '../../schema/testing/documents.ts';
import { changes, dump } from '../../schema/testing/dump.ts';
import { mutationCases } from '../../schema/testing/mutations.ts';
import { insertRun } from '../../schema/testing/runs.ts';
import { testServer, type TestServer } from '../server/testing.ts';

/* Every mutation over HTTP with credentials that are nobody's, or nobody's any more: none does anything. */
let boardroom: TestBoardroom;
let server: TestServer;
let rows: Furnished;
const nobody: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  boardroom = await testBoardroom();
  server = await testServer(boardroom);
  const company = await smallCompany(boardroom);
  rows = await furnish(boardroom, company);
  const { db } = boardroom;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const keyFor = (agentId: string) => write(db, (tx) => createAgentKey(tx, BOARD, { agentId, name: 'k' }));
  const tokenFor = async ({ id, agentId, companyId }: { id: string; agentId: string; companyId: string }) => bearer(await server.runToken({ runId: id, agentId, companyId }));

  const revoked = await keyFor(rows.engineer.id);
  await write(db, (tx) => revokeAgentKey(tx, BOARD, { agentKeyId: revoked.agentKey.id }));
  const gone = await company.agent({ name: 'Gone' });
  const { secret } = await keyFor(gone.id);
  const last = await insertRun(db, gone);
  const candidate = await company.agent({ name: 'Candidate' });
  const { secret: early } = await keyFor(candidate.id);
  await db.prisma.agent.update({ where: { id: candidate.id }, data: { status: 'PENDING_APPROVAL' } });
  await write(db, (tx) => terminateAgent(tx, BOARD, { agentId: gone.id }));
  const { secret: good } = await keyFor(rows.ceo.id);
  await db.prisma.agentKey.updateMany({ data: { lastUsedAt: new Date(Date.now() + 3_600_000) } }); // that a key was shown is noted at most once a minute: not here
  Object.assign(nobody, {
    'an empty word': { authorization: '' },
    'no token': { authorization: 'Bearer' },
    'a token that is none': bearer('brk_000000000000000000000000000000000000000000000000'),
    'a revoked key': bearer(revoked.secret),
    'the key of a terminated agent': bearer(secret),
    'the token of a run of a terminated agent, which has not ended yet': await tokenFor(last),
    'the key of an agent that is not hired yet': bearer(early),
    'the token of a run that has ended': await tokenFor(rows.finished),
    'the token of a run that waits': await tokenFor({ id: rows.queued, agentId: rows.ceo.id, companyId: rows.company.id }),
    'the token of a run for another agent': await tokenFor({ ...rows.running, agentId: rows.ceo.id }),
    'a key that names a run of another agent': { ...bearer(good), 'x-boardroom-run-id': rows.running.id },
    'a key that names no run': { ...bearer(good), 'x-boardroom-run-id': newId() },
  });
});
afterAll(async () => {
  await server.close();
  await boardroom.close();
});

test.each(Object.keys(rootFields('mutation')))('%s is open to nobody without credentials of somebody', async (name) => {
  const { file: _file, ...input } = mutationCases[name]?.input(rows) ?? {};
  const before = await dump(boardroom.db);
  for (const [what, headers] of Object.entries(nobody)) {
    const { status, body } = await server.ask(documentFor('mutation', name), { input: JSON.parse(JSON.stringify(input, bigints)) }, headers);
    expect({ what, status, code: body.errors?.[0]?.extensions.code }).toEqual({ what, status: 401, code: 'UNAUTHENTICATED' });
  }
  expect(changes(before, await dump(boardroom.db))).toEqual([]);
});

test('a token that ends with an earlier mutation of the same request is good for none of the later ones', async () => {
  const { db } = boardroom;
  const run = await insertRun(db, await db.prisma.agent.findUniqueOrThrow({ where: { id: rows.engineer.id } }), { execution: { kind: 'request' } });
  const headers = { authorization: `Bearer ${await server.runToken({ runId: run.id, agentId: run.agentId, companyId: run.companyId })}` };
  const comment = (name: string) => `${name}: addComment(input: { issueId: "${rows.issue.id}", body: "${name}" }) { id }`;
  const { body } = await server.ask(`mutation { ${comment('before')} completeRun(input: { runId: "${run.id}", outcome: SUCCEEDED }) { __typename } ${comment('after')} }`, {}, headers);
  expect(body.errors).toMatchObject([{ path: ['after'], extensions: { code: 'UNAUTHENTICATED' } }]);
  expect((await db.prisma.comment.findMany({ where: { runId: run.id } })).map((each) => each.body)).toEqual(['before']);
});

test('without any it is the board, whose machine this is', async () => {
  const { body } = await server.ask('{ viewer { kind } }');
  expect(body.data).toEqual({ viewer: { kind: 'BOARD_USER' } });
  const released = await server.ask(documentFor('mutation', 'releaseIssue'), { input: { issueId: rows.issue.id } });
  expect(released.body.errors?.[0]).toMatchObject({ message: 'only agents may release issues (the board uses forceReleaseIssue)', extensions: { code: 'FORBIDDEN' } });
});

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
