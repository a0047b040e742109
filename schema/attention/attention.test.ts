import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issue } from '../../prisma/generated/client.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun } from '../testing/runs.ts';
import { attentionOf, type BlockerFacts, stateOf } from './rules.ts';

const moving: BlockerFacts = {
  id: 'x', level: 1, status: 'TODO', waiting: ['start'], identifier: 'ACME-1', hasOpenBlockers: false, assigneeName: 'Ines', agentStatus: 'IDLE', isPersons: false, isMoving: true, isHeld: false,
  isExpected: false, hasOpenChildren: false, finalizeFailed: false,
};

describe('where an end of a chain stands', () => {
  test.each<[Partial<BlockerFacts>, string]>([
    [{}, 'MOVING'], [{ isMoving: false }, 'IDLE'], [{ status: 'CANCELLED' }, 'CANCELLED'], [{ status: 'DONE' }, 'MOVING'], [{ status: 'DONE', finalizeFailed: true }, 'NOT_FINALIZED'],
    [{ isHeld: true }, 'HELD'], [{ isPersons: true, agentStatus: null }, 'WITH_PERSON'], [{ agentStatus: null, isMoving: false }, 'UNASSIGNED'],
    [{ agentStatus: 'PAUSED' }, 'AGENT_UNAVAILABLE'], [{ agentStatus: 'TERMINATED' }, 'AGENT_UNAVAILABLE'], [{ status: 'BACKLOG', isMoving: false }, 'PARKED'],
    [{ status: 'IN_REVIEW', isMoving: false }, 'WITHOUT_REVIEWER'], [{ status: 'IN_REVIEW', isMoving: false, isExpected: true }, 'MOVING'],
    [{ status: 'BLOCKED', isMoving: false }, 'BLOCKED_BY_NOTHING'], [{ isMoving: false, hasOpenChildren: true }, 'MOVING'], [{ isMoving: false, isExpected: true }, 'MOVING'],
  ])('%o is %s', (facts, state) => expect(stateOf({ ...moving, ...facts })).toBe(state));

  test('nothing blocks, or all is on its way', () => {
    expect(attentionOf('start', [])).toBeNull();
    expect(attentionOf('start', [moving])).toMatchObject({ leafId: null, state: null, openCount: 1, message: 'Waits for ACME-1, all on their way.' });
  });

  test('the nearest counts, then the lowest number', () => {
    const node = (id: string, level: number, identifier: string, more: Partial<BlockerFacts> = {}): BlockerFacts => ({ ...moving, id, level, identifier, isMoving: false, ...more });
    const nodes = [node('deep', 2, 'ACME-2', { waiting: ['mid'] }), node('mid', 1, 'ACME-3', { hasOpenBlockers: true }), node('b', 1, 'ACME-10'), node('a', 1, 'ACME-9')];
    expect(attentionOf('start', nodes)).toMatchObject({ leafId: 'a', pathIds: ['a'], message: expect.stringMatching(/ACME-9 has nothing queued: wake Ines. 2 more are stalled/) });
    expect(attentionOf('start', nodes.slice(0, 2))).toMatchObject({ leafId: 'deep', pathIds: ['mid', 'deep'] });
  });
});

describe('in the database', () => {
  let boardroom: TestBoardroom;
  let acme: SmallCompany;
  beforeAll(async () => {
    boardroom = await testBoardroom();
    acme = await smallCompany(boardroom);
  });
  afterAll(() => boardroom.close());
  const ATTENTION = 'query ($ref: String!) { issue(ref: $ref) { blockerAttention { message state openCount isTruncated stalledLeaf { id } path { id } parked { id } cancelled { id } } } }';
  const look = async (issue: Issue) => (await boardroom.ask(BOARD, ATTENTION, { ref: issue.id })).issue.blockerAttention;
  const put = (issue: Issue, status: string) => boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never } });
  const owned = async (fields: object = {}) => put(await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG', ...fields }), 'TODO');

  test('through several levels to the leaf that nobody has', async () => {
    const leaf = await acme.issue();
    const second = await owned({ blockedByIds: [leaf.id] });
    const first = await owned({ blockedByIds: [second.id] });
    const issue = await owned({ blockedByIds: [first.id] });
    expect(await look(issue)).toMatchObject({ state: 'UNASSIGNED', openCount: 3, isTruncated: false, stalledLeaf: { id: leaf.id }, path: [{ id: first.id }, { id: second.id }, { id: leaf.id }], parked: [{ id: leaf.id }], cancelled: [] });
  });

  test('cancelled and parked ones are told; what runs is not stalled', async () => {
    const [cancelled, parked, running] = [await put(await acme.issue(), 'CANCELLED'), await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' }), await owned()];
    await insertRun(boardroom.db, acme.engineer, { issueId: running.id });
    const issue = await owned({ blockedByIds: [cancelled.id, parked.id, running.id] });
    expect(await look(issue)).toMatchObject({ state: 'CANCELLED', stalledLeaf: { id: cancelled.id }, parked: [{ id: parked.id }], cancelled: [{ id: cancelled.id }] });
    const waiting = await owned({ blockedByIds: [running.id] });
    expect(await look(waiting)).toMatchObject({ state: null, stalledLeaf: null });
  });

  test('done blockers count no more, and nothing blocks then', async () => {
    const issue = await owned({ blockedByIds: [(await put(await acme.issue(), 'DONE')).id] });
    expect(await look(issue)).toBeNull();
  });

  test('a dense net of eight levels is walked once', async () => {
    let below: Issue[] = [];
    for (let level = 0; level < 10; level += 1) {
      const row: Issue[] = [];
      for (let i = 0; i < 6; i += 1) row.push(await acme.issue({ blockedByIds: below.map((issue) => issue.id) }));
      below = row;
    }
    const issue = await owned({ blockedByIds: below.map((each) => each.id) });
    const started = performance.now();
    expect(await look(issue)).toMatchObject({ openCount: 48, isTruncated: true });
    expect(performance.now() - started).toBeLessThan(20_000); // each way through it by itself would take hours
  });
});
