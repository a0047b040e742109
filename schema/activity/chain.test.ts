import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Activity } from '../../prisma/generated/client.ts';
import { breachOf, hashOf, isUpTo, lineOf, marksOf, NO_HASH, type Seal } from './chain.ts';

const row = (seq: number, details: object = {}): Activity => ({
  id: `01987654-0000-7000-8000-${String(seq).padStart(12, '0')}`, seq: BigInt(seq), txid: 7n, companyId: 'c', actorType: 'USER', actorId: 'u', runId: null, action: 'issue.updated', entityType: 'issue', entityId: 'e',
  issueId: 'e', agentId: null, details: details as never, createdAt: new Date(seq),
});
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => lineOf(row(from + i)));
function sealOver(number: number, sealed: string[], before: Seal | null): Seal {
  const previous = before ? Buffer.from(before.hash, 'hex') : NO_HASH;
  const { cursor } = JSON.parse(sealed.at(-1) as string) as { cursor: string };
  return { number, cursor, rowCount: sealed.length, rowMarks: marksOf(sealed).toString('hex'), previousHash: Buffer.from(previous).toString('hex'), hash: hashOf(previous, sealed).toString('hex') };
}
const first = sealOver(1, lines(1, 4), null);
const second = sealOver(2, lines(5, 9), first);
const changed = (seq: number) => lineOf(row(seq, { changed: ['title'] }));
const swap = (list: string[], index: number, ...by: string[]) => list.toSpliced(index, 1, ...by);

test('a line is the row with its keys in order, whatever the order in the database', () => {
  expect(lineOf(row(3, { b: 1, a: { d: [2], c: null } }))).toBe(
    '{"action":"issue.updated","actorId":"u","actorType":"USER","agentId":null,"at":"1970-01-01T00:00:00.003Z","companyId":"c","cursor":"7.3","details":{"a":{"c":null,"d":[2]},"b":1},"entityId":"e","entityType":"issue","id":"01987654-0000-7000-8000-000000000003","issueId":"e","runId":null}',
  );
});

test('every column of a row is in its line: none can be changed unseen', () => {
  const plain = row(1);
  const other: Activity = {
    id: 'x', seq: 2n, txid: 8n, companyId: 'x', actorType: 'AGENT', actorId: 'x', runId: 'x', action: 'x', entityType: 'x', entityId: 'x', issueId: 'x', agentId: 'x', details: { x: 1 }, createdAt: new Date(2),
  };
  expect(Object.keys(plain).sort()).toEqual(Object.keys(other).sort());
  for (const column of Object.keys(plain) as (keyof Activity)[]) expect(lineOf({ ...plain, [column]: other[column] }), column).not.toBe(lineOf(plain));
});

test('what is as it was sealed is right', () => {
  expect(breachOf(first, null, lines(1, 4))).toBeNull();
  expect(breachOf(second, first, lines(5, 9))).toBeNull();
});

describe('the first row that is not as it was', () => {
  const five = lines(5, 9);
  test.each<[string, string[], object]>([
    ['changed', swap(five, 2, changed(7)), { kind: 'CHANGED', line: changed(7), after: '7.6' }],
    ['the first changed', swap(five, 0, changed(5)), { kind: 'CHANGED', line: changed(5), after: '7.4' }],
    ['the last changed', swap(five, 4, changed(9)), { kind: 'CHANGED', line: changed(9), after: '7.8' }],
    ['two changed', swap(swap(five, 1, changed(6)), 3, changed(8)), { kind: 'CHANGED', line: changed(6), after: '7.5' }],
    ['missing', swap(five, 2), { kind: 'MISSING', line: null, after: '7.6' }],
    ['two missing', five.toSpliced(1, 2), { kind: 'MISSING', line: null, after: '7.5' }],
    ['the first missing', swap(five, 0), { kind: 'MISSING', line: null, after: '7.4' }],
    ['the last missing', swap(five, 4), { kind: 'MISSING', line: null, after: '7.8' }],
    ['all missing', [], { kind: 'MISSING', line: null, after: '7.4' }],
    ['one added', swap(five, 2, five[2] as string, changed(7)), { kind: 'ADDED', line: changed(7), after: '7.7' }],
    ['added before all', [changed(4), ...five], { kind: 'ADDED', line: changed(4), after: '7.4' }],
    ['added after all', [...five, changed(9)], { kind: 'ADDED', line: changed(9), after: '7.9' }],
    ['one gone and another come', swap(swap(five, 1), 2, five[3] as string, changed(8)), { kind: 'MISSING', line: null, after: '7.5' }],
    ['in another order', [five[1], five[0], ...five.slice(2)] as string[], { kind: 'CHANGED', after: '7.4' }],
  ])('%s', (_name, found, breach) => expect(breachOf(second, first, found)).toMatchObject({ segment: 2, ...breach }));
});

describe('a seal that is not as it was', () => {
  test.each<[string, Partial<Seal>, string]>([
    ['another hash', { hash: first.hash }, 'SEAL'], ['another count', { rowCount: 6 }, 'SEAL'], ['another end', { cursor: '7.8' }, 'SEAL'],
    ['follows another', { previousHash: second.hash }, 'LINK'], ['follows nothing', { previousHash: Buffer.from(NO_HASH).toString('hex') }, 'LINK'], ['another number', { number: 3 }, 'LINK'],
    ['fewer marks', { rowMarks: second.rowMarks.slice(0, 16), hash: first.hash }, 'ADDED'],
  ])('%s', (_name, forged, kind) => expect(breachOf({ ...second, ...forged }, first, lines(5, 9))).toMatchObject({ kind }));

  test('one that is forged to fit changed rows does not fit the next', () => {
    const forged = sealOver(1, swap(lines(1, 4), 1, changed(2)), null);
    expect(breachOf(forged, null, swap(lines(1, 4), 1, changed(2)))).toBeNull();
    expect(breachOf(second, forged, lines(5, 9))).toMatchObject({ segment: 2, kind: 'LINK' });
  });
});

test('no change of any lines passes', () => {
  const original = lines(5, 9);
  fc.assert(fc.property(fc.array(fc.constantFrom(...lines(1, 12), changed(6), changed(7)), { maxLength: 7 }), (found) => {
    const same = JSON.stringify(found) === JSON.stringify(original);
    expect(breachOf(second, first, found) === null).toBe(same);
  }), { numRuns: 2_000 });
});

test.each([['7.3', '7.3', true], ['7.3', '7.4', true], ['7.10', '7.9', false], ['6.99', '7.1', true], ['10.1', '9.5', false]])('%s is up to %s: %s', (cursor, end, is) => expect(isUpTo(cursor, end)).toBe(is));
