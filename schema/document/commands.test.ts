import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { type Answer, BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type SmallCompany, smallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { putDocument } from './commands.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const PUT = `mutation ($input: PutDocumentInput!) { result: putDocument(input: $input) { __typename
  ... on Document { id key title body number latestRevision { id number changeSummary author { __typename } run { number } } }
  ... on DocumentOutdated { message current { number } newer { id number body } }
  ... on DocumentLocked { message lockedAt lockedBy { name } document { key } }
  ... on DocumentDerived { message document { id key body } locked { key number } }
  ... on IssueHeld { message } } }`;

async function put(by: Parameters<TestBoardroom['ask']>[0], issueId: string, input: Record<string, unknown>): Promise<Answer> {
  return (await boardroom.ask(by, PUT, { input: { issueId, key: 'plan', body: 'Text', ...input } }))['result'];
}

const lock = (documentId: string, isLock = true) =>
  boardroom.ask(BOARD, `mutation ($id: ID!) { result: ${isLock ? 'lock' : 'unlock'}Document(input: { documentId: $id }) { lockedAt lockedBy { name } updatedAt } }`, { id: documentId });

test('a document is written without a base, then on the latest revision only', async () => {
  const issue = await acme.issue();
  expect(await put(BOARD, issue.id, { baseRevisionId: newId() })).toMatchObject({ __typename: 'DocumentOutdated', current: null, newer: null });
  const first = await put(BOARD, issue.id, { title: 'The plan', body: '\n# One\n' });
  expect(first).toMatchObject({ __typename: 'Document', key: 'plan', title: 'The plan', body: '\n# One\n', number: 1, latestRevision: { number: 1, author: { __typename: 'User' } } });
  expect(await put(BOARD, issue.id, {})).toMatchObject({ __typename: 'DocumentOutdated', newer: { id: first['latestRevision'].id, number: 1 } });

  const second = await put(BOARD, issue.id, { body: '# Two', changeSummary: 'better', baseRevisionId: first['latestRevision'].id });
  expect(second).toMatchObject({ id: first['id'], title: 'The plan', body: '# Two', number: 2, latestRevision: { changeSummary: 'better' } });
  expect(await put(BOARD, issue.id, { baseRevisionId: first['latestRevision'].id })).toMatchObject({ __typename: 'DocumentOutdated', current: { number: 2 }, newer: { body: '# Two' } });
  expect(await put(BOARD, issue.id, { title: null, baseRevisionId: second['latestRevision'].id })).toMatchObject({ title: null, number: 3 });

  const shown = await boardroom.ask(BOARD, `query ($id: String!) { issue(ref: $id) { none: document(key: "none") { id } documents(first: 5) { nodes { key number annotations { open } } }
    document(key: "plan") { revisions(first: 2) { nodes { number } pageInfo { hasNextPage } } revision(number: 2) { body } diff(from: 1, to: 2) { added removed unified from { number } hunks { lines } } latest: diff { from { number } to { number } } missing: diff(to: 9) { added } } } }`, { id: issue.id });
  expect(shown['issue']).toMatchObject({
    none: null, documents: { nodes: [{ key: 'plan', number: 3, annotations: { open: 0 } }] },
    document: {
      revisions: { nodes: [{ number: 3 }, { number: 2 }], pageInfo: { hasNextPage: true } }, revision: { body: '# Two' }, latest: { from: { number: 2 }, to: { number: 3 } }, missing: null,
      diff: { added: 1, removed: 2, from: { number: 1 }, unified: expect.stringContaining('--- revision 1\n+++ revision 2\n@@ -1,2 +1,1 @@\n') },
    },
  });
});

test('asked again with its key, a write is not done twice and tells the same', async () => {
  const issue = await acme.issue();
  const once = { idempotencyKey: newId(), body: 'One' };
  const first = await put(BOARD, issue.id, once);
  expect(await put(BOARD, issue.id, once)).toEqual(first);
  await lock(first['id']);
  const aside = { idempotencyKey: newId(), body: 'Mine' };
  const derived = await put(keyOf(acme.engineer), issue.id, aside);
  expect(await put(keyOf(acme.engineer), issue.id, aside)).toEqual(derived);
  // What was not written may be tried again.
  const late = { idempotencyKey: newId(), baseRevisionId: first['latestRevision'].id };
  expect(await put(BOARD, issue.id, late)).toMatchObject({ __typename: 'DocumentLocked' });
  await lock(first['id'], false);
  expect(await put(BOARD, issue.id, late)).toMatchObject({ __typename: 'Document', number: 2 });
  expect(await boardroom.refusal(BOARD, PUT, { input: { issueId: issue.id, key: 'plan', body: 'Other', idempotencyKey: once.idempotencyKey } })).toMatchObject({ code: 'CONFLICT' });
});

test('of 20 writers on one base, one writes; of 20 first writers, one makes the document', async () => {
  const issue = await acme.issue();
  for (const baseOf of [() => null, async () => (await boardroom.db.prisma.document.findFirstOrThrow({ where: { issueId: issue.id } })).latestRevisionId]) {
    const baseRevisionId = await baseOf();
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => put(BOARD, issue.id, { body: `By ${i}`, baseRevisionId })));
    const won = results.filter((result) => result['__typename'] === 'Document');
    expect(won).toHaveLength(1);
    expect(results.filter((result) => result['__typename'] === 'DocumentOutdated' && result['newer'].id === won[0]?.['latestRevision'].id)).toHaveLength(19);
  }
  const document = await boardroom.db.prisma.document.findFirstOrThrow({ where: { issueId: issue.id }, include: { revisions: { orderBy: { number: 'asc' } } } });
  expect(document.revisions.map(({ number, id }) => [number, id === document.latestRevisionId])).toEqual([[1, false], [2, true]]);
  expect(document.body).toBe(document.revisions[1]?.body);
});

test('a lock keeps the board out and sends agents aside', async () => {
  const issue = await acme.issue();
  const made = await put(BOARD, issue.id, { body: 'Agreed' });
  const base = { baseRevisionId: made['latestRevision'].id };
  const locked = await lock(made['id']);
  expect(locked['result']).toMatchObject({ lockedAt: expect.any(String), lockedBy: { name: 'Board' } });
  expect((await lock(made['id']))['result']).toEqual(locked['result']);
  expect(await put(BOARD, issue.id, base)).toMatchObject({ __typename: 'DocumentLocked', lockedBy: { name: 'Board' }, document: { key: 'plan' } });
  const agent = keyOf(acme.engineer);
  expect(await put(agent, issue.id, { ...base, body: 'Mine' })).toMatchObject({ __typename: 'DocumentDerived', document: { key: 'plan-2', body: 'Mine' }, locked: { key: 'plan', number: 1 } });
  expect(await put(agent, issue.id, { body: 'Mine' })).toMatchObject({ document: { key: 'plan-3' } });
  expect(await put(agent, issue.id, { body: 'Mine' })).toMatchObject({ document: { key: 'plan-4' } });
  expect(await put(agent, issue.id, { body: 'Mine' })).toMatchObject({ __typename: 'DocumentLocked' });
  const del = () => boardroom.ask(BOARD, 'mutation ($id: ID!) { result: deleteDocument(input: { documentId: $id }) { __typename ... on Issue { documents { nodes { key } } } } }', { id: made['id'] });
  expect((await del())['result']).toEqual({ __typename: 'DocumentLocked' });
  await lock(made['id'], false);
  expect(await put(BOARD, issue.id, base)).toMatchObject({ number: 2 });
  expect((await del())['result']).toEqual({ __typename: 'Issue', documents: { nodes: [{ key: 'plan-2' }, { key: 'plan-3' }, { key: 'plan-4' }] } });
  expect(await boardroom.db.prisma.documentRevision.count({ where: { documentId: made['id'] } })).toBe(0);
});

test('an earlier revision is brought back as a new one; the latest is there already', async () => {
  const issue = await acme.issue();
  const first = await put(BOARD, issue.id, { body: 'One' });
  const second = await put(BOARD, issue.id, { body: 'Two', baseRevisionId: first['latestRevision'].id });
  const restore = (revisionId: string) => ['mutation ($input: RestoreDocumentInput!) { result: restoreDocument(input: $input) { __typename ... on Document { body number latestRevision { restoredFrom } } } }', { input: { documentId: first['id'], revisionId } }] as const;
  expect(await boardroom.refusal(BOARD, ...restore(second['latestRevision'].id))).toMatchObject({ code: 'CONFLICT' });
  expect(await boardroom.refusal(BOARD, ...restore(newId()))).toMatchObject({ code: 'NOT_FOUND' });
  expect((await boardroom.ask(BOARD, ...restore(first['latestRevision'].id)))['result']).toEqual({ __typename: 'Document', body: 'One', number: 3, latestRevision: { restoredFrom: 1 } });
  await lock(first['id']);
  expect((await boardroom.ask(BOARD, ...restore(second['latestRevision'].id)))['result']).toEqual({ __typename: 'DocumentLocked' });
});

test('while a run has the issue, other runs do not write its documents', async () => {
  const issue = await acme.issue({ assigneeId: acme.engineer.id });
  const [holder, rival] = [await insertRun(boardroom.db, acme.engineer, { issueId: issue.id }), await insertRun(boardroom.db, acme.writer, { issueId: issue.id })];
  await write(boardroom.db, (tx) => checkoutIssue(tx, tokenOf(holder), { issueId: issue.id }));
  expect(await put(tokenOf(rival), issue.id, {})).toMatchObject({ __typename: 'IssueHeld' });
  expect(await put(tokenOf(holder), issue.id, {})).toMatchObject({ __typename: 'Document', latestRevision: { author: { __typename: 'Agent' }, run: { number: holder.number } } });
});

test('what may not be written is refused', async () => {
  const issue = await acme.issue();
  const refused = (by: Parameters<TestBoardroom['ask']>[0], input: Record<string, unknown>) => boardroom.refusal(by, PUT, { input: { issueId: issue.id, key: 'plan', body: 'Text', ...input } });
  for (const key of ['Plan', 'a b', '-a', 'a-', 'a--b', '', 'x'.repeat(65)]) expect(await refused(BOARD, { key }), key).toMatchObject({ code: 'BAD_USER_INPUT', field: 'key' });
  expect(await refused(BOARD, { key: 'continuation-summary' })).toMatchObject({ code: 'RULE_VIOLATION' });
  expect(await refused(BOARD, { body: 'x'.repeat(524_289) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'body' });
  const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
  await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { modelLane: 'CHEAP' } });
  expect(await refused(tokenOf(run), {})).toMatchObject({ code: 'RULE_VIOLATION' });
  const made = await put(BOARD, issue.id, {});
  for (const name of ['lockDocument', 'unlockDocument', 'deleteDocument']) {
    expect(await boardroom.refusal(keyOf(acme.engineer), `mutation ($id: ID!) { ${name}(input: { documentId: $id }) { __typename } }`, { id: made['id'] })).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('what Boardroom keeps for itself is read by its key and in no list', async () => {
  const issue = await acme.issue();
  await write(boardroom.db, (tx) => putDocument(tx, { kind: 'system' }, { issueId: issue.id, key: 'continuation-summary', body: 'Where it stands.' }));
  const shown = await boardroom.ask(BOARD, 'query ($id: String!) { issue(ref: $id) { documents { nodes { key } } document(key: "continuation-summary") { isSystem body } } }', { id: issue.id });
  expect(shown['issue']).toEqual({ documents: { nodes: [] }, document: { isSystem: true, body: 'Where it stands.' } });
});

test('a new revision ends confirmations about older ones, and its references are read anew', async () => {
  const [issue, named, later] = [await acme.issue(), await acme.issue(), await acme.issue()];
  const { prefix } = acme.company;
  const first = await put(BOARD, issue.id, { body: `See ${prefix}-${named.number}.` });
  const asked = await boardroom.ask(BOARD, 'mutation ($input: CreateInteractionInput!) { result: createInteraction(input: $input) { __typename ... on Interaction { id } } }', {
    input: { issueId: issue.id, kind: 'CONFIRMATION', title: 'Go by it?', targetRevisionId: first['latestRevision'].id },
  });
  await put(BOARD, issue.id, { body: `See ${prefix}-${later.number}.`, baseRevisionId: first['latestRevision'].id });
  expect(await boardroom.db.prisma.interaction.findUnique({ where: { id: asked['result'].id } })).toMatchObject({ status: 'EXPIRED', endReason: 'stale_target' });
  expect(await boardroom.db.prisma.issueReference.findMany({ where: { sourceIssueId: issue.id }, select: { targetIssueId: true, kind: true } })).toEqual([{ targetIssueId: later.id, kind: 'DOCUMENT' }]);
});
