import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../../prisma/transaction.ts';
import { addComment } from '../issue/commands/add-comment.ts';
import { updateIssue } from '../issue/commands/update-issue.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { noteReferences } from './note.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const name = (issue: { number: number }) => `${acme.company.prefix}-${issue.number}`;
const say = (issueId: string, body: string) => write(boardroom.db, (tx) => addComment(tx, BOARD, { issueId, body }));
const change = (issueId: string, fields: { title?: string; description?: string | null }) => write(boardroom.db, (tx) => updateIssue(tx, BOARD, { issueId, ...fields }));

interface Shown { issue: { id: string }; kinds: string[] }
async function around(id: string) {
  const { issue } = await boardroom.ask(BOARD, '{ issue(ref: "' + id + '") { references { nodes { issue { id } kinds } } referencedBy { nodes { issue { id } kinds } } } }');
  const plain = (nodes: Shown[]) => Object.fromEntries(nodes.map((node) => [node.issue.id, node.kinds.sort()]));
  return { references: plain(issue.references.nodes), referencedBy: plain(issue.referencedBy.nodes) };
}

test('what title, description and comments name, and by whom something is named', async () => {
  const [one, two] = [await acme.issue(), await acme.issue()];
  const source = await acme.issue({ title: `After ${name(one)}`, description: `As ${name(one)} and ${name(two)} say` });
  await say(source.id, `${name(two)} is done`);
  await say(source.id, `${name(two)} really is`);
  expect((await around(source.id)).references).toEqual({ [one.id]: ['DESCRIPTION', 'TITLE'], [two.id]: ['COMMENT', 'DESCRIPTION'] });
  expect((await around(two.id)).referencedBy).toEqual({ [source.id]: ['COMMENT', 'DESCRIPTION'] });
});

test('words that go take their reference with them', async () => {
  const [one, two] = [await acme.issue(), await acme.issue()];
  const source = await acme.issue({ title: `After ${name(one)}`, description: name(one) });
  await change(source.id, { description: name(two) });
  expect((await around(source.id)).references).toEqual({ [one.id]: ['TITLE'], [two.id]: ['DESCRIPTION'] });
  await change(source.id, { title: 'After all', description: null });
  expect((await around(source.id)).references).toEqual({});
});

test('an issue does not name itself, nor another company’s, nor one that does not exist', async () => {
  const zebra = await smallCompany(boardroom, 'Zebra');
  const foreign = await zebra.issue();
  const source = await acme.issue();
  await say(source.id, `${name(source)} ${zebra.company.prefix}-${foreign.number} ${acme.company.prefix}-99999 UTF-8`);
  expect((await around(source.id)).references).toEqual({});
  expect((await around(foreign.id)).referencedBy).toEqual({});
});

test('a comment or an issue that names nothing sends nothing for it', async () => {
  const issue = await acme.issue();
  const sent = await boardroom.statements(async () => {
    await say(issue.id, 'nothing to see');
    await acme.issue({ title: 'Plain', description: 'words' });
    await change(issue.id, { title: 'Other', description: 'words' });
  });
  expect(sent.filter((text) => text.includes('issue_reference'))).toEqual([]);
});

test('a record whose former text is not known is read afresh', async () => {
  const [one, source] = [await acme.issue(), await acme.issue()];
  const record = { companyId: acme.id, sourceIssueId: source.id, kind: 'DOCUMENT' as const, recordId: one.id };
  await write(boardroom.db, (tx) => noteReferences(tx, { ...record, texts: ['Plan', name(one)] }));
  expect((await around(source.id)).references).toEqual({ [one.id]: ['DOCUMENT'] });
  await write(boardroom.db, (tx) => noteReferences(tx, { ...record, texts: [] }));
  expect((await around(source.id)).references).toEqual({});
});
