import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { addComment } from '../issue/commands/add-comment.ts';
import { updateIssue } from '../issue/commands/update-issue.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const QUERY = `query ($companyId: ID!, $text: String!, $kinds: [SearchKind!], $first: Int, $after: Cursor) {
  search(companyId: $companyId, text: $text, kinds: $kinds, first: $first, after: $after) {
    nodes { kind issue { id title } comment { body } documentId title { text isMatch } snippet { text isMatch } } pageInfo { hasNextPage endCursor } } }`;
interface Part { text: string; isMatch: boolean }
interface Hit { kind: string; issue: { id: string; title: string }; comment: { body: string } | null; documentId: string | null; title: Part[]; snippet: Part[] }
const ask = async (text: string, more: object = {}) => (await boardroom.ask(BOARD, QUERY, { companyId: acme.id, text, ...more })).search as { nodes: Hit[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
const titles = async (text: string, more: object = {}) => (await ask(text, more)).nodes.map((hit) => hit.issue.title);
const comment = (issueId: string, body: string) => write(boardroom.db, (tx) => addComment(tx, BOARD, { issueId, body }));

test('titles come before descriptions, these before documents and comments', async () => {
  const inComment = await acme.issue({ title: 'four' });
  await comment(inComment.id, 'the walrus waits');
  const inDocument = await acme.issue({ title: 'three' });
  const documentId = newId();
  await boardroom.db.prisma.document.create({ data: { id: documentId, companyId: acme.id, issueId: inDocument.id, key: 'plan', body: 'A walrus', latestRevisionId: newId(), latestNumber: 1, creatorType: 'USER' } });
  await acme.issue({ title: 'two', description: 'Feed the walrus.' });
  await acme.issue({ title: 'Walruses, one' });
  const { nodes } = await ask('WALRUS');
  expect(nodes.map((hit) => [hit.kind, hit.issue.title])).toEqual([['ISSUE', 'Walruses, one'], ['ISSUE', 'two'], ['DOCUMENT', 'three'], ['COMMENT', 'four']]);
  expect(nodes[0]?.title[0]).toEqual({ text: 'Walrus', isMatch: true });
  expect(nodes[1]?.snippet).toEqual([{ text: 'Feed the ', isMatch: false }, { text: 'walrus', isMatch: true }, { text: '.', isMatch: false }]);
  expect([nodes[2]?.documentId, nodes[3]?.comment?.body]).toEqual([documentId, 'the walrus waits']);
  expect(await titles('walrus', { kinds: ['COMMENT'] })).toEqual(['four']);
  expect(await titles('walrus waits')).toEqual(['four']);
});

test('an identifier and a number find their issue first', async () => {
  const issue = await acme.issue({ title: 'The numbered one' });
  await acme.issue({ title: `Something about ${issue.number}` });
  for (const text of [`${acme.company.prefix}-${issue.number}`, `${acme.company.prefix.toLowerCase()}-${issue.number}`, String(issue.number)]) expect((await titles(text))[0]).toBe('The numbered one');
});

test('a title is found in spite of a slip', async () => {
  await acme.issue({ title: 'Migrate the warehouse' });
  expect(await titles('warehuose')).toEqual([]);
  expect(await titles('warehousse')).toEqual(['Migrate the warehouse']);
  expect(await titles('migrat the warehuse')).toEqual(['Migrate the warehouse']);
});

test('parts of paths, addresses and names are words', async () => {
  await acme.issue({ title: 'Paths', description: 'see packages/otter_core/src/index.ts, https://example.com/zebrafish?x=1 and “quokka”—badger’s' });
  for (const text of ['otter', 'core', 'otter_core', 'src/index.ts', 'zebrafish', 'quokka', 'badger']) expect(await titles(text), text).toEqual(['Paths']);
});

test('what is found follows the texts', async () => {
  const issue = await acme.issue({ title: 'A pelican', description: 'with a toucan' });
  const said = await comment(issue.id, 'and a heron');
  await write(boardroom.db, (tx) => updateIssue(tx, BOARD, { issueId: issue.id, title: 'A stork', description: null }));
  for (const gone of ['pelican', 'toucan']) expect(await titles(gone)).toEqual([]);
  expect(await titles('stork')).toEqual(['A stork']);
  await boardroom.db.prisma.comment.update({ where: { id: said.id }, data: { body: 'and an ibis' } });
  expect([await titles('heron'), await titles('ibis')]).toEqual([[], ['A stork']]);
  await boardroom.db.prisma.comment.delete({ where: { id: said.id } });
  expect(await titles('ibis')).toEqual([]);
  const system = { id: newId(), companyId: acme.id, issueId: issue.id, key: 'internal', body: 'a cormorant', latestRevisionId: newId(), latestNumber: 1, creatorType: 'SYSTEM' as const };
  await boardroom.db.prisma.document.create({ data: { ...system, isSystem: true } });
  expect(await titles('cormorant')).toEqual([]);
});

test('what belonged to an issue goes with it', async () => {
  const issue = await acme.issue({ title: 'A condor' });
  await comment(issue.id, 'a condor too');
  expect(await titles('condor')).toHaveLength(2);
  await boardroom.db.prisma.issue.delete({ where: { id: issue.id } });
  expect(await boardroom.db.prisma.searchEntry.count({ where: { issueId: issue.id } })).toBe(0);
});

test('pages go on where the last ended', async () => {
  for (let n = 0; n < 7; n += 1) await acme.issue({ title: `Lemur ${n % 3}`, description: 'lemur '.repeat(n) });
  const seen: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await ask('lemur', { first: 3, after });
    seen.push(...page.nodes.map((hit) => hit.issue.id));
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
});

test('a word that very many texts hold finds the newest, and does not take long', async () => {
  await boardroom.db.prisma.$executeRaw`
    INSERT INTO issue (id, company_id, number, title, creator_type, created_at)
    SELECT gen_random_uuid(), ${acme.id}::uuid, 100000 + n, 'Common capybara ' || n, 'USER', now() FROM generate_series(1, 1500) AS n`;
  await acme.issue({ title: 'The latest capybara' });
  const found = await ask('capybara', { first: 100 });
  expect(found.nodes).toHaveLength(100);
  expect(await titles('latest capybara')).toEqual(['The latest capybara']);
});

describe('what nobody should type', () => {
  test.each(["' OR 1=1 --", "'; DROP TABLE issue; --", 'a & | ! b', ':*', '((((', 'walrus:*A & !two', '\\', '%', '_', '"', '\u{1f600}', '\u202e', 'x'.repeat(500), 'x '.repeat(250), '<->', "''''", '&nbsp;<script>'])('%j does no harm', async (text) => {
    expect((await ask(text)).nodes.length).toBeLessThan(26);
  });

  test.each([['NUL', 'a\0b'], ['half a character', 'a\ud800'], ['very long', 'x'.repeat(501)]])('%s is refused', async (_what, text) => {
    expect(await boardroom.refusal(BOARD, QUERY, { companyId: acme.id, text })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'text' });
  });
});

test('no text of another company is found', async () => {
  const zebra = await smallCompany(boardroom, 'Zebra');
  await zebra.issue({ title: 'A secret okapi' });
  expect(await titles('okapi')).toEqual([]);
  expect(await titles(`${zebra.company.prefix}-1`)).not.toContain('A secret okapi');
});

test('a page costs the same statements, however many it finds', async () => {
  const [few, many] = [await boardroom.statements(() => ask('walrus', { first: 1 })), await boardroom.statements(() => ask('capybara', { first: 50 }))];
  expect(new Set(many)).toEqual(new Set(few));
});
