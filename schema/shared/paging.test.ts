import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { issueOrder, issuesOfCompany, type ListedIssue } from '../issue/reads.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { type Connection, listOf } from './listing.ts';
import { keyset, pageSize } from './paging.ts';

let boardroom: TestBoardroom;
beforeAll(async () => { boardroom = await testBoardroom(); });
afterAll(() => boardroom.close());

const PRIORITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
const orders = (['CREATED_AT', 'UPDATED_AT', 'PRIORITY', 'NUMBER'] as const).flatMap((field) => (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })));

/** Few distinct times and priorities, so that most rows tie. */
const seeds = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 3 }), priority: fc.constantFrom(...PRIORITIES) }), { minLength: 0, maxLength: 30 });
type Seed = { minute: number; priority: (typeof PRIORITIES)[number] };

async function company(): Promise<string> {
  const id = newId();
  await boardroom.db.prisma.company.create({ data: { id, name: 'Pages', prefix: `P${id.replaceAll('-', '').slice(-9).toUpperCase()}` } });
  return id;
}

let number = 0;
async function insert(companyId: string, rows: Seed[]): Promise<string[]> {
  const data = rows.map(({ minute, priority }) => {
    const at = new Date(Date.UTC(2026, 0, 1, 0, minute));
    number += 1;
    return { id: newId(), companyId, number, title: 'x', priority, creatorType: 'SYSTEM' as const, createdAt: at, updatedAt: at };
  });
  await boardroom.db.prisma.issue.createMany({ data });
  return data.map((row) => row.id);
}

const page = (companyId: string, args: Parameters<typeof listOf>[3], order: (typeof orders)[number]): Promise<Connection<ListedIssue>> =>
  listOf(boardroom.contextFor(BOARD), issuesOfCompany, companyId, args, [], issueOrder(order));

/** Walks the whole list in pages of the given sizes, doing something between pages. */
async function walk(companyId: string, order: (typeof orders)[number], sizes: number[], backwards: boolean, between: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let turn = 0; ; turn += 1) {
    const size = sizes[turn % sizes.length];
    const found: Connection<ListedIssue> = await page(companyId, backwards ? { last: size, before: cursor } : { first: size, after: cursor }, order);
    const ids = found.rows.map((row) => row.id);
    if (backwards) seen.unshift(...ids);
    else seen.push(...ids);
    if (!(backwards ? found.hasPreviousPage : found.hasNextPage)) return seen;
    cursor = found.cursorOf((backwards ? found.rows[0] : found.rows.at(-1)) as ListedIssue);
    await between();
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

test('pages of any size, in any order and direction, give each row once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, fc.constantFrom(...orders), sizes, fc.boolean(), async (rows, order, sizes, backwards) => {
      const id = await company();
      const ids = await insert(id, rows);
      const whole = (await page(id, { first: 100 }, order)).rows.map((row) => row.id);
      expect([...whole].sort()).toEqual([...ids].sort());
      expect(await walk(id, order, sizes, backwards, async () => {})).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test('rows inserted between pages never make one appear twice or go missing', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, seeds, fc.constantFrom(...orders), sizes, fc.boolean(), async (rows, later, order, sizes, backwards) => {
      const id = await company();
      const ids = await insert(id, rows);
      const more = [...later];
      const seen = await walk(id, order, sizes, backwards, () => insert(id, more.splice(0, 2)));
      expect(new Set(seen).size).toBe(seen.length);
      expect(ids.filter((each) => !seen.includes(each))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('a page tells whether others lie before and after it', async () => {
  const id = await company();
  await insert(id, Array.from({ length: 5 }, () => ({ minute: 0, priority: 'LOW' as const })));
  const order = { field: 'NUMBER', direction: 'ASC' } as const;
  const ends = async (args: Parameters<typeof page>[1]) => {
    const { rows, hasNextPage, hasPreviousPage } = await page(id, args, order);
    return [rows.length, hasPreviousPage, hasNextPage];
  };
  const first = await page(id, { first: 2 }, order);
  const cursor = first.cursorOf(first.rows[1] as ListedIssue);
  expect(await ends({})).toEqual([5, false, false]);
  expect(await ends({ first: 2 })).toEqual([2, false, true]);
  expect(await ends({ first: 2, after: cursor })).toEqual([2, true, true]);
  expect(await ends({ first: 3, after: cursor })).toEqual([3, true, false]);
  expect(await ends({ last: 2 })).toEqual([2, true, false]);
  expect(await ends({ last: 2, before: cursor })).toEqual([1, false, true]);
  expect(await ends({ first: 0 })).toEqual([0, false, true]);
});

test('sizes: 25 when absent, at most 100, never negative', () => {
  expect([undefined, null, 0, 1, 100, 101, 2_000_000].map((size) => pageSize(size))).toEqual([25, 25, 0, 1, 100, 100, 100]);
  expect(() => pageSize(-1)).toThrow('first: must not be negative');
});

const text = (value: string) => Buffer.from(value).toString('base64url');
const uuid = '00000000-0000-7000-8000-000000000001';

test.each([
  ['not base64', '!!!'], ['empty', text('')], ['too few parts', text('2026-01-01T00:00:00.000Z')], ['too many parts', text(`2026-01-01T00:00:00.000Z|${uuid}|x`)],
  ['a time that is none', text(`yesterday|${uuid}`)], ['a time that only JavaScript takes', text(`1|${uuid}`)], ['an id that is none', text('2026-01-01T00:00:00.000Z|1')],
  ['a NUL', text(`2026-01-01T00:00:00.000Z|${uuid}\0`)], ['a year out of reach', text(`+275760-09-13T00:00:00.000Z|${uuid}`)], ['another list’s cursor', text(`CRITICAL|${uuid}`)],
])('a cursor that is %s is refused', (_what, cursor) => {
  const order = issueOrder({ field: 'CREATED_AT', direction: 'DESC' }) ?? [];
  expect(() => keyset({ after: cursor }, order)).toThrow('after: is not a cursor of this list');
  expect(() => keyset({ last: 1, before: cursor }, order)).toThrow('before: is not a cursor of this list');
});

test('both directions at once are refused, and a cursor goes with its own direction', () => {
  const order = issueOrder({ field: 'NUMBER', direction: 'ASC' }) ?? [];
  expect(() => keyset({ first: 1, last: 1 }, order)).toThrow('last: give first or last, not both');
  expect(() => keyset({ first: 1, before: text(`1|${uuid}`) }, order)).toThrow('before: goes with last');
  expect(() => keyset({ last: 1, after: text(`1|${uuid}`) }, order)).toThrow('after: goes with first');
});
