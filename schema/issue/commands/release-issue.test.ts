import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent } from '../../../prisma/generated/client.ts';
import type { Principal } from '../../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { changes, dump } from '../../testing/dump.ts';
import { insertRun, keyOf, tokenOf } from '../../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const RELEASE = 'mutation ($id: ID!) { releaseIssue(input: { issueId: $id }) { __typename ... on Issue { status assignee { id } holder { id } } ... on IssueHeld { message holder { id } } } }';
const FORCE = 'mutation ($id: ID!, $clear: Boolean) { forceReleaseIssue(input: { issueId: $id, clearAssignee: $clear }) { status assignee { id } holder { id } } }';
const release = async (by: Principal, id: string) => (await boardroom.ask(by, RELEASE, { id })).releaseIssue;
const held = async (agent: Agent) => {
  const issue = await acme.issue();
  const run = await insertRun(boardroom.db, agent);
  await boardroom.ask(tokenOf(run), `mutation { checkoutIssue(input: { issueId: "${issue.id}" }) { __typename } }`);
  return { id: issue.id, run };
};
const end = (runId: string) => boardroom.db.prisma.run.update({ where: { id: runId }, data: { status: 'SUCCEEDED' } });

test('its own run puts it back to todo, assigned to nobody', async () => {
  const { id, run } = await held(acme.engineer);
  expect(await release(tokenOf(run), id)).toEqual({ __typename: 'Issue', status: 'TODO', assignee: null, holder: null });
});

test('its agent does once no run holds it', async () => {
  const { id, run } = await held(acme.engineer);
  expect(await release(keyOf(acme.engineer), id)).toMatchObject({ __typename: 'IssueHeld', holder: { id: run.id } });
  await end(run.id);
  expect(await release(keyOf(acme.engineer), id)).toMatchObject({ __typename: 'Issue', status: 'TODO' });
});

test('nobody else does, and nothing changes', async () => {
  const { id, run } = await held(acme.engineer);
  const others = [tokenOf(await insertRun(boardroom.db, acme.writer)), tokenOf(await insertRun(boardroom.db, acme.engineer)), keyOf(acme.ceo)];
  const before = await dump(boardroom.db);
  for (const by of others) expect(await release(by, id)).toMatchObject({ __typename: 'IssueHeld', message: 'another run has it checked out' });
  await end(run.id);
  expect(await release(keyOf(acme.writer), id)).toMatchObject({ __typename: 'IssueHeld', message: 'it is assigned to somebody else', holder: null });
  expect(await boardroom.refusal(BOARD, RELEASE, { id })).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('the board uses forceReleaseIssue') });
  expect(changes(before, await dump(boardroom.db)).sort()).toEqual(['issue', 'run']);
});

test.each(['TODO', 'DONE', 'IN_REVIEW'] as const)('%s work is not released', async (status) => {
  const issue = await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
  await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status } });
  expect(await boardroom.refusal(keyOf(acme.engineer), RELEASE, { id: issue.id })).toMatchObject({ code: 'RULE_VIOLATION' });
});

test('the board takes the lock away and leaves the rest, also where there is none', async () => {
  const { id, run } = await held(acme.engineer);
  const forced = { forceReleaseIssue: { status: 'IN_PROGRESS', assignee: { id: acme.engineer.id }, holder: null } };
  expect(await boardroom.ask(BOARD, FORCE, { id })).toEqual(forced);
  expect(await boardroom.ask(BOARD, FORCE, { id })).toEqual(forced);
  const logged = await boardroom.db.prisma.activity.findMany({ where: { entityId: id, action: 'issue.forceReleased' }, orderBy: { seq: 'asc' } });
  expect(logged.map((row) => row.details)).toEqual([{ previousRunId: run.id, clearedAssignee: false }, { previousRunId: null, clearedAssignee: false }]);
  expect(await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ status: 'RUNNING', cancelRequestedAt: null });
});

test('with its assignee, work in progress goes back to todo, and other work stays where it is', async () => {
  const { id } = await held(acme.engineer);
  expect(await boardroom.ask(BOARD, FORCE, { id, clear: true })).toEqual({ forceReleaseIssue: { status: 'TODO', assignee: null, holder: null } });
  const parked = await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
  expect(await boardroom.ask(BOARD, FORCE, { id: parked.id, clear: true })).toEqual({ forceReleaseIssue: { status: 'BACKLOG', assignee: null, holder: null } });
});
