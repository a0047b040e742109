import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { getNamedType, isInputObjectType } from 'graphql';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type Furnished, furnish, smallCompany } from '../testing/company.ts';
import { rootFields } from '../testing/documents.ts';
import { changes, dump } from '../testing/dump.ts';
import { mutationCases } from '../testing/mutations.ts';
import { keyOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let rows: Furnished;
let other: Furnished;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  rows = await furnish(boardroom, await smallCompany(boardroom));
  other = await furnish(boardroom, await smallCompany(boardroom));
});
afterAll(() => boardroom.close());

/** Mutations whose input takes a key, found in the schema. */
const keyed = Object.values(rootFields('mutation')).filter(({ args }) => {
  const input = getNamedType(args[0]?.type);
  return isInputObjectType(input) && 'idempotencyKey' in input.getFields();
});

test('what would be done twice by a retry takes a key', () => {
  expect(keyed.map((field) => field.name).sort()).toEqual([
    'addApprovalComment', 'addComment', 'createAgent', 'createAnnotation', 'createGoal', 'createInteraction', 'createIssue', 'createProject', 'createWorkProduct', 'putDocument', 'replyToAnnotation',
    'reportCost', 'requestApproval', 'uploadAttachment', 'wakeAgent',
  ]);
});

/** All but questions to the board, whose keys are their issue's (schema/interaction/interactions.test.ts). */
const keptForADay = keyed.map((field) => field.name).filter((name) => name !== 'createInteraction');

/** What there can be only one of: each test makes its own. */
const own: Record<string, (test: string) => object> = { putDocument: (test) => ({ key: test }), createWorkProduct: (test) => ({ externalRef: test }) };

/** What to send twice, and another thing to send under the same key. */
const another: Record<string, object> = {
  addComment: { body: 'Else' }, createAgent: { name: 'Else' }, createGoal: { title: 'Else' }, createIssue: { title: 'Else' }, createProject: { name: 'Else' },
  reportCost: { costMicros: '2' }, wakeAgent: { reason: 'Else' }, createAnnotation: { body: 'Else' }, createWorkProduct: { title: 'Else' }, putDocument: { body: 'Else' },
  replyToAnnotation: { body: 'Else' }, uploadAttachment: { commentId: null }, addApprovalComment: { body: 'Else' }, requestApproval: { title: 'Else' },
};

/** What is refused, whatever its key. */
const bad: Record<string, object> = {
  addComment: { body: '' }, createAgent: { name: '' }, createGoal: { title: '' }, createIssue: { title: '' }, createProject: { name: '' }, reportCost: { model: '' },
  wakeAgent: { reason: 'x'.repeat(501) }, createAnnotation: { body: '' }, createWorkProduct: { title: '' }, putDocument: { key: 'No slug' }, replyToAnnotation: { body: '' },
  uploadAttachment: { commentId: newId() }, addApprovalComment: { body: '' }, requestApproval: { title: '' },
};

describe.each(keptForADay)('%s', (name) => {
  const document = `mutation ($input: ${String(rootFields('mutation')[name]?.args[0]?.type)}) { result: ${name}(input: $input) { ... on Node { id } } }`;
  const send = (extra: object, of: Furnished = rows, by = BOARD) =>
    boardroom.ask(by, document, { input: { ...mutationCases[name]?.input(of), ...extra } }).then((data) => data['result'].id as string);

  test('the same input under the same key is done once', async () => {
    const first = await send({ ...own[name]?.('same'), idempotencyKey: `${name} same` });
    const before = await dump(boardroom.db);
    expect(await send({ ...own[name]?.('same'), idempotencyKey: `${name} same` })).toBe(first);
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });

  test('another input under the same key is a conflict, and changes nothing', async () => {
    await send({ ...own[name]?.('other'), idempotencyKey: `${name} other` });
    const before = await dump(boardroom.db);
    const input = { ...mutationCases[name]?.input(rows), ...own[name]?.('other'), ...another[name], idempotencyKey: `${name} other` };
    expect(await boardroom.refusal(BOARD, document, { input })).toMatchObject({ code: 'CONFLICT', field: 'idempotencyKey' });
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });

  test('of many at once, one does it and all get its answer', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => send({ ...own[name]?.('race'), idempotencyKey: `${name} race` })));
    expect(new Set(ids).size).toBe(1);
    expect(await boardroom.db.prisma.idempotencyKey.count({ where: { key: `${name} race` } })).toBe(1);
  });

  test('keys of other companies and principals are others', async () => {
    const mine = await send({ ...own[name]?.('whose'), idempotencyKey: `${name} whose` });
    expect(await send({ ...own[name]?.('whose'), idempotencyKey: `${name} whose` }, other)).not.toBe(mine);
    if (name !== 'createAgent') expect(await send({ ...own[name]?.('theirs'), idempotencyKey: `${name} whose` }, rows, keyOf(rows.engineer))).not.toBe(mine);
  });

  test.each([['empty', ''], ['blank', '  '], ['too long', 'x'.repeat(201)], ['NUL', 'a\0']])('a key that is %s is refused', async (_what, idempotencyKey) => {
    const input = { ...mutationCases[name]?.input(rows), idempotencyKey };
    expect(await boardroom.refusal(BOARD, document, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'idempotencyKey' });
  });

  test('what was refused may be tried again under its key', async () => {
    await boardroom.refusal(BOARD, document, { input: { ...mutationCases[name]?.input(rows), ...bad[name], idempotencyKey: `${name} again` } });
    await send({ ...own[name]?.('again'), idempotencyKey: `${name} again` });
  });
});
