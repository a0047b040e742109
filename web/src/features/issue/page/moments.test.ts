import { expect, test } from 'vitest';
import type { IssueComment, IssueDetail, IssueRun } from './issue.ts';
import { momentsOf, noticeOf } from './moments.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();
const comment = (id: string, minute: number) => ({ id, createdAt: at(minute) }) as IssueComment;
const run = (id: string, from: number, to: number | null) => ({ id, queuedAt: at(from), startedAt: at(from), finishedAt: to === null ? null : at(to) }) as IssueRun;
const notice = (id: string, minute: number, action: string) => ({ id, action, at: at(minute), details: {} }) as unknown as IssueDetail['activity']['nodes'][number];

const issue = (parts: { runs?: IssueRun[]; live?: IssueRun[]; activity?: IssueDetail['activity']['nodes']; asked?: { status: string }[] }) =>
  ({ runs: { nodes: parts.runs ?? [] }, liveRuns: parts.live ?? [], activity: { nodes: parts.activity ?? [] }, interactions: { nodes: parts.asked ?? [] }, pending: { nodes: parts.asked ?? [] } }) as unknown as IssueDetail;

test('everything in the order of time, what is at work last', () => {
  const live = run('live', 1, null);
  const moments = momentsOf(issue({ runs: [live, run('ended', 2, 6)], live: [live], activity: [notice('filed', 0, 'issue.created')] }), [comment('a', 3), comment('b', 9)], false);
  expect(moments.map((moment) => moment.key)).toEqual(['filed', 'a', 'ended', 'b', 'live']);
});

test('what waits for the board stands behind all that was said, what it answered where it did', () => {
  const asked = (id: string, minute: number, resolved: number | null) =>
    ({ id, status: resolved === null ? 'PENDING' : 'ACCEPTED', createdAt: at(minute), resolvedAt: resolved === null ? null : at(resolved) });
  const moments = momentsOf(issue({ live: [run('live', 1, null)], asked: [asked('open', 0, null), asked('over', 0, 4)] }), [comment('a', 3), comment('b', 9)], false);
  expect(moments.map(({ kind, key }) => `${kind} ${key}`)).toEqual(['comment a', 'resolved over', 'comment b', 'asked open', 'live live']);
});

test('nothing older than the oldest comment shown, while there are older comments', () => {
  const parts = issue({ runs: [run('old', 1, 2), run('new', 5, 6)], activity: [notice('filed', 0, 'issue.created')] });
  expect(momentsOf(parts, [comment('a', 4)], true).map((moment) => moment.key)).toEqual(['a', 'new']);
});

test('what a comment or a run tells itself is no notice', () => {
  expect(noticeOf({ action: 'comment.added', details: {} })).toBeNull();
  expect(noticeOf({ action: 'run.finished', details: {} })).toBeNull();
});

test.each([
  [{ from: 'TODO', to: 'IN_PROGRESS' }, 'started it'],
  [{ from: 'DONE', to: 'TODO' }, 'reopened it'],
  [{ changed: ['title', 'labelIds'] }, 'changed the title and labels'],
  [{ changed: ['assigneeId', 'assigneeUserId'] }, 'changed the assignee'],
  [{}, 'changed it'],
])('an update %j reads as %j', (details, text) => {
  expect(noticeOf({ action: 'issue.updated', details })).toBe(text);
});

test('changes that one makes one after the other are one line; a word in between parts them', () => {
  const change = (id: string, minute: number, name: string, by = 'Board') =>
    ({ ...notice(id, minute, 'issue.updated'), details: { changed: [name] }, actor: { name: by }, run: null }) as IssueDetail['activity']['nodes'][number];
  const parts = issue({ activity: [change('a', 0, 'title'), change('b', 1, 'labelIds'), change('c', 2, 'title'), change('d', 4, 'priority'), change('e', 5, 'priority', 'Juno'), change('f', 30, 'title', 'Juno')] });
  const texts = momentsOf(parts, [comment('x', 3)], false).map((moment) => (moment.kind === 'notice' ? moment.text : moment.kind));
  expect(texts).toEqual(['changed the title and labels', 'comment', 'changed the priority', 'changed the priority', 'changed the title']);
});
