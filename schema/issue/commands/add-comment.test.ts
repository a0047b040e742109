import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_BOARD_USER, type Principal } from '../../access/principal.ts';
import { write } from '../../../prisma/transaction.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../../testing/runs.ts';
import { addComment, CommentDecides } from './add-comment.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const COMMENT = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { id body author { __typename ... on Agent { name } } run { id } issue { id status completedAt } } }';
const comment = async (by: Principal, input: object) => (await boardroom.ask(by, COMMENT, { input: { body: 'Hello', ...input } })).addComment;
const put = async (fields: object, status: string) => {
  const issue = await acme.issue({ status: 'BACKLOG', ...fields });
  return boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never, ...(status === 'DONE' ? { completedAt: new Date() } : {}) } });
};
const wakes = (issueId: string) => boardroom.db.prisma.wakeup.findMany({ where: { issueId }, orderBy: { requestedAt: 'asc' } });

test('who wrote it, and in which run', async () => {
  const issue = await acme.issue();
  expect(await comment(BOARD, { issueId: issue.id })).toMatchObject({ author: { __typename: 'User' }, run: null, issue: { id: issue.id } });
  expect(await comment(keyOf(acme.ceo), { issueId: issue.id })).toMatchObject({ author: { name: 'Acme CEO' }, run: null });
  const run = await insertRun(boardroom.db, acme.engineer);
  expect(await comment(tokenOf(run), { issueId: issue.id })).toMatchObject({ author: { name: 'Acme engineer' }, run: { id: run.id } });
});

test('a person’s comment wakes the agent whose issue it is, with the text', async () => {
  const agent = await acme.agent();
  const issue = await put({ assigneeId: agent.id }, 'TODO');
  const { id } = await comment(BOARD, { issueId: issue.id });
  expect(await wakes(issue.id)).toMatchObject([{ status: 'QUEUED', reason: 'issue_commented', payload: { commentId: id, body: 'Hello' } }]);
});

test('one that was to decide nothing is not written where its issue has come to an agent meanwhile', async () => {
  const agent = await acme.agent();
  const issue = await put({ assigneeId: agent.id }, 'TODO');
  const plain = write(boardroom.db, (tx) => addComment(tx, BOARD, { issueId: issue.id, body: 'Hello' }, true), { decidesNothing: 'a test' });
  await expect(plain).rejects.toThrow(CommentDecides);
  expect(await boardroom.db.prisma.comment.count({ where: { issueId: issue.id } })).toBe(0);
});

test.each<[string, object, string]>([
  ['nobody’s', {}, 'TODO'], ['a person’s', { assigneeUserId: LOCAL_BOARD_USER }, 'TODO'], ['parked', { assigneeId: 'engineer' }, 'BACKLOG'],
])('on work that is %s it wakes nobody', async (_whose, fields, status) => {
  const issue = await put('assigneeId' in fields ? { assigneeId: acme.engineer.id } : fields, status);
  await comment(BOARD, { issueId: issue.id });
  expect(await wakes(issue.id)).toEqual([]);
});

test('an agent’s comment wakes nobody and reopens nothing', async () => {
  const issue = await put({ assigneeId: acme.engineer.id }, 'DONE');
  expect(await comment(keyOf(acme.ceo), { issueId: issue.id })).toMatchObject({ issue: { status: 'DONE' } });
  expect(await wakes(issue.id)).toEqual([]);
});

test('a person’s comment reopens finished work, and wakes its agent once', async () => {
  const agent = await acme.agent();
  const issue = await put({ assigneeId: agent.id }, 'DONE');
  expect(await comment(BOARD, { issueId: issue.id })).toMatchObject({ issue: { status: 'TODO', completedAt: null } });
  expect(await wakes(issue.id)).toMatchObject([{ reason: 'issue_reopened_via_comment' }]);
});

test('finished work of nobody is reopened too', async () => {
  const issue = await put({}, 'CANCELLED');
  expect(await comment(BOARD, { issueId: issue.id })).toMatchObject({ issue: { status: 'TODO' } });
});

test('unless asked not to', async () => {
  const issue = await put({ assigneeId: acme.engineer.id }, 'DONE');
  expect(await comment(BOARD, { issueId: issue.id, reopen: false })).toMatchObject({ issue: { status: 'DONE' } });
  expect(await wakes(issue.id)).toEqual([]);
});

test('a long comment with letters that take two places is cut between them in its preview and its wake', async () => {
  const agent = await acme.agent();
  const issue = await put({ assigneeId: agent.id }, 'TODO');
  const body = `x${'👍'.repeat(4_000)}`;
  expect(await comment(BOARD, { issueId: issue.id, body })).toMatchObject({ body });
  const [wake] = await wakes(issue.id);
  expect((wake?.payload as { body: string } | undefined)?.body.isWellFormed()).toBe(true);
});

test('500 at once: all are there, in one order for all readers, and none was made to try again', async () => {
  const issue = await acme.issue();
  const begun = await boardroom.transactions(() => Promise.all(Array.from({ length: 500 }, (_, i) => comment(keyOf(acme.engineer), { issueId: issue.id, body: `c${i}` }))));
  expect(begun).toBe(500);
  const { issue: found } = await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { commentCount comments(first: 100) { nodes { id } pageInfo { hasNextPage } } } }`);
  expect(found).toMatchObject({ commentCount: 500, comments: { pageInfo: { hasNextPage: true } } });
});

test('the newest come last, and are asked for by last and before', async () => {
  const issue = await acme.issue();
  for (const body of ['1', '2', '3', '4']) await comment(BOARD, { issueId: issue.id, body });
  const page = (args: string) => boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { comments(${args}) { nodes { body } pageInfo { startCursor hasPreviousPage } } } }`).then((data) => data.issue.comments);
  const newest = await page('last: 2');
  expect(newest).toMatchObject({ nodes: [{ body: '3' }, { body: '4' }], pageInfo: { hasPreviousPage: true } });
  expect(await page(`last: 2, before: "${newest.pageInfo.startCursor}"`)).toMatchObject({ nodes: [{ body: '1' }, { body: '2' }], pageInfo: { hasPreviousPage: false } });
});
