import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  expect(keyed.map((field) => field.name).sort()).toEqual(['addComment', 'createAgent', 'createGoal', 'createIssue', 'createProject', 'reportCost', 'wakeAgent']);
});

/** What to send twice, and another thing to send under the same key. */
const another: Record<string, object> = {
  addComment: { body: 'Else' }, createAgent: { name: 'Else' }, createGoal: { title: 'Else' }, createIssue: { title: 'Else' }, createProject: { name: 'Else' },
  reportCost: { costMicros: '2' }, wakeAgent: { reason: 'Else' },
};

describe.each(keyed.map((field) => field.name))('%s', (name) => {
  const document = `mutation ($input: ${String(rootFields('mutation')[name]?.args[0]?.type)}) { result: ${name}(input: $input) { ${name === 'wakeAgent' ? '... on Wakeup { id }' : 'id'} } }`;
  const send = (extra: object, of: Furnished = rows, by = BOARD) =>
    boardroom.ask(by, document, { input: { ...mutationCases[name]?.input(of), ...extra } }).then((data) => data['result'].id as string);

  test('the same input under the same key is done once', async () => {
    const first = await send({ idempotencyKey: `${name} same` });
    const before = await dump(boardroom.db);
    expect(await send({ idempotencyKey: `${name} same` })).toBe(first);
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });

  test('another input under the same key is a conflict, and changes nothing', async () => {
    await send({ idempotencyKey: `${name} other` });
    const before = await dump(boardroom.db);
    const input = { ...mutationCases[name]?.input(rows), ...another[name], idempotencyKey: `${name} other` };
    expect(await boardroom.refusal(BOARD, document, { input })).toMatchObject({ code: 'CONFLICT', field: 'idempotencyKey' });
    expect(changes(before, await dump(boardroom.db))).toEqual([]);
  });

  test('of many at once, one does it and all get its answer', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => send({ idempotencyKey: `${name} race` })));
    expect(new Set(ids).size).toBe(1);
    expect(await boardroom.db.prisma.idempotencyKey.count({ where: { key: `${name} race` } })).toBe(1);
  });

  test('keys of other companies and principals are others', async () => {
    const mine = await send({ idempotencyKey: `${name} whose` });
    expect(await send({ idempotencyKey: `${name} whose` }, other)).not.toBe(mine);
    if (name !== 'createAgent') expect(await send({ idempotencyKey: `${name} whose` }, rows, keyOf(rows.engineer))).not.toBe(mine);
  });

  test.each([['empty', ''], ['blank', '  '], ['too long', 'x'.repeat(201)], ['NUL', 'a\0']])('a key that is %s is refused', async (_what, idempotencyKey) => {
    const input = { ...mutationCases[name]?.input(rows), idempotencyKey };
    expect(await boardroom.refusal(BOARD, document, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'idempotencyKey' });
  });

  test('what was refused may be tried again under its key', async () => {
    const bad = name === 'wakeAgent' ? { reason: 'x'.repeat(501) } : name === 'reportCost' ? { model: '' } : name === 'addComment' ? { body: '' } : name === 'createAgent' || name === 'createProject' ? { name: '' } : { title: '' };
    await boardroom.refusal(BOARD, document, { input: { ...mutationCases[name]?.input(rows), ...bad, idempotencyKey: `${name} again` } });
    await send({ idempotencyKey: `${name} again` });
  });
});
