import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../../testing/company.ts';
import { keyOf } from '../../testing/runs.ts';

/* What follows from an issue having moved, for others. */
let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const move = (issueId: string, status: string) => boardroom.ask(BOARD, `mutation { updateIssue(input: { issueId: "${issueId}", status: ${status} }) { __typename } }`);
/** Work that may be finished by a move. */
const work = async (fields: object = {}) => {
  const issue = await acme.issue({ assigneeId: acme.writer.id, status: 'BACKLOG', ...fields });
  return boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS' } });
};
const wakes = (issueId: string, reason: string) => boardroom.db.prisma.wakeup.findMany({ where: { issueId, reason } });
const statusOf = async (id: string) => (await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id } })).status;

describe('what waited for it', () => {
  const waiting = async (status: string, blockedByIds: string[]) => {
    const agent = await acme.agent();
    const issue = await acme.issue({ assigneeId: agent.id, status: 'BACKLOG', blockedByIds });
    return boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: status as never } });
  };

  test.each([['TODO', 'TODO', 1], ['IN_PROGRESS', 'IN_PROGRESS', 1], ['BLOCKED', 'TODO', 1], ['BACKLOG', 'BACKLOG', 0], ['IN_REVIEW', 'IN_REVIEW', 0]])('%s becomes %s, with %i wake', async (before, after, count) => {
    const blocker = await work();
    const issue = await waiting(before, [blocker.id]);
    await move(blocker.id, 'DONE');
    expect(await statusOf(issue.id)).toBe(after);
    expect(await wakes(issue.id, 'issue_blockers_resolved')).toHaveLength(count);
  });

  test('all of its blockers must be done', async () => {
    const [one, two] = [await work(), await work()];
    const issue = await waiting('TODO', [one.id, two.id]);
    await move(one.id, 'DONE');
    expect(await wakes(issue.id, 'issue_blockers_resolved')).toHaveLength(0);
    await move(two.id, 'DONE');
    expect(await wakes(issue.id, 'issue_blockers_resolved')).toHaveLength(1);
  });

  test('a cancelled blocker frees nothing, and the issue says so', async () => {
    const blocker = await work();
    const issue = await waiting('TODO', [blocker.id]);
    await move(blocker.id, 'CANCELLED');
    expect(await wakes(issue.id, 'issue_blockers_resolved')).toHaveLength(0);
    expect(await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { nextStep { text stalled } } }`)).toEqual({
      issue: { nextStep: { text: `Stalled: ACME-${blocker.number} was cancelled but still blocks. Remove it or replace it.`, stalled: true } },
    });
  });

  test('two that finish at once wake it once', async () => {
    const [one, two] = [await work(), await work()];
    const issue = await waiting('BLOCKED', [one.id, two.id]);
    await Promise.all([move(one.id, 'DONE'), move(two.id, 'DONE')]);
    expect(await statusOf(issue.id)).toBe('TODO');
    expect(await wakes(issue.id, 'issue_blockers_resolved')).toHaveLength(1);
  });
});

describe('what it was part of', () => {
  const parentOf = async () => {
    const agent = await acme.agent();
    const parent = await acme.issue({ assigneeId: agent.id, status: 'BACKLOG' });
    return boardroom.db.prisma.issue.update({ where: { id: parent.id }, data: { status: 'IN_PROGRESS' } });
  };

  test('its agent is woken once, by the last child, and told how each ended', async () => {
    const parent = await parentOf();
    const children = [await work({ parentId: parent.id, title: 'first' }), await work({ parentId: parent.id, title: 'second' })];
    await move(children[0]?.id ?? '', 'DONE');
    expect(await wakes(parent.id, 'issue_children_completed')).toHaveLength(0);
    await move(children[1]?.id ?? '', 'CANCELLED');
    expect(await wakes(parent.id, 'issue_children_completed')).toMatchObject([
      { status: 'QUEUED', payload: { children: [{ title: 'first', status: 'DONE' }, { title: 'second', status: 'CANCELLED' }] } },
    ]);
  });

  test('two last children at once wake it once', async () => {
    const parent = await parentOf();
    const children = [await work({ parentId: parent.id }), await work({ parentId: parent.id })];
    await Promise.all(children.map((child) => move(child.id, 'DONE')));
    expect(await wakes(parent.id, 'issue_children_completed')).toHaveLength(1);
  });

  test('nobody is woken for a finished parent or one of nobody', async () => {
    for (const change of [{ status: 'DONE' as const }, { assigneeId: null, status: 'TODO' as const }]) {
      const parent = await parentOf();
      const child = await work({ parentId: parent.id });
      await boardroom.db.prisma.issue.update({ where: { id: parent.id }, data: change });
      await move(child.id, 'DONE');
      expect(await wakes(parent.id, 'issue_children_completed')).toHaveLength(0);
    }
  });
});

test('moved by somebody else, its agent is woken; by itself, it is not', async () => {
  const agent = await acme.agent();
  const issue = await acme.issue({ assigneeId: agent.id, status: 'BACKLOG' });
  await move(issue.id, 'TODO');
  expect(await wakes(issue.id, 'issue_status_changed')).toMatchObject([{ payload: { from: 'BACKLOG', to: 'TODO' } }]);
  const own = await acme.issue({ assigneeId: agent.id, status: 'BACKLOG' });
  await boardroom.ask(keyOf(agent), `mutation { updateIssue(input: { issueId: "${own.id}", status: TODO }) { __typename } }`);
  expect(await wakes(own.id, 'issue_status_changed')).toHaveLength(0);
});
