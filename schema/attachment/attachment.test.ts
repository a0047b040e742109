import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { bytesOf } from '../testing/bytes.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { Upload } from './upload.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const UPLOAD = 'mutation ($input: UploadAttachmentInput!) { uploadAttachment(input: $input) { __typename ... on Attachment { id filename sha256 path comment { body } uploadedBy { ... on Agent { name } ... on User { name } } } } }';
const DELETE = 'mutation ($id: ID!) { deleteAttachment(input: { attachmentId: $id }) { __typename } }';
const sent = (input: object) => ({ input: { file: new Upload('a.txt', bytesOf('some ', 'bytes')), ...input } });
const upload = async (input: object, by: Principal = BOARD) => (await boardroom.ask(by, UPLOAD, sent(input))).uploadAttachment;

test('the same bytes are kept once', async () => {
  const issue = await acme.issue();
  const [one, two] = [await upload({ issueId: issue.id }), await upload({ issueId: issue.id, filename: '../b.txt' })];
  expect([one.sha256 === two.sha256, one.id === two.id, one.filename, two.filename]).toEqual([true, false, 'a.txt', 'b.txt']);
  const { issue: shown } = await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { attachments { nodes { filename path byteSize } } } }`);
  expect(shown.attachments.nodes).toEqual([{ filename: 'a.txt', path: one.path, byteSize: '10' }, { filename: 'b.txt', path: two.path, byteSize: '10' }]);
});

test('who must not is told before a byte is taken', async () => {
  const issue = await acme.issue({ assigneeId: acme.engineer.id });
  const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
  await write(boardroom.db, (tx) => checkoutIssue(tx, tokenOf(run), { issueId: issue.id }));
  let asked = false;
  const file = new Upload('a.txt', (async function* () { asked = true; yield new Uint8Array(1); })());
  expect((await boardroom.ask(keyOf(acme.writer), UPLOAD, { input: { issueId: issue.id, file } })).uploadAttachment).toEqual({ __typename: 'IssueHeld' });
  expect(await boardroom.refusal(BOARD, UPLOAD, { input: { issueId: acme.id, file } })).toMatchObject({ code: 'NOT_FOUND' });
  const { commentId } = { commentId: (await acme.issue()).id };
  expect(await boardroom.refusal(BOARD, UPLOAD, { input: { issueId: issue.id, commentId, file } })).toMatchObject({ code: 'NOT_FOUND' });
  await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { modelLane: 'CHEAP' } });
  expect(await boardroom.refusal(tokenOf(run), UPLOAD, { input: { issueId: issue.id, file } })).toMatchObject({ code: 'RULE_VIOLATION' });
  expect(asked).toBe(false);
});

test('agents delete what they uploaded themselves, the board everything', async () => {
  const issue = await acme.issue();
  const [mine, theirs] = [await upload({ issueId: issue.id }, keyOf(acme.engineer)), await upload({ issueId: issue.id })];
  expect(await boardroom.refusal(keyOf(acme.engineer), DELETE, { id: theirs.id })).toMatchObject({ code: 'FORBIDDEN' });
  expect((await boardroom.ask(keyOf(acme.engineer), DELETE, { id: mine.id })).deleteAttachment).toEqual({ __typename: 'Attachment' });
  await boardroom.ask(BOARD, DELETE, { id: theirs.id });
  expect(await boardroom.db.prisma.attachment.count({ where: { issueId: issue.id } })).toBe(0);
});
