import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { about, aboutIssue, announce, refreshOn, type LiveEvent } from './live.ts';

const event = (part: Partial<LiveEvent>): LiveEvent => ({
  cursor: '1', kind: 'issue.updated', at: '', entityType: 'issue', entityId: 'i1', issueId: 'i1', runId: null, agentId: null, ...part,
});

let hidden = false;
let dispose: () => void = () => undefined;
const refresh = vi.fn();

const watch = (concerns: Parameters<typeof refreshOn>[0]) => {
  dispose = createRoot((end) => {
    refreshOn(concerns, refresh);
    return end;
  });
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
});
afterEach(() => {
  dispose();
  // What a test gathered is given out before the clock is real again.
  vi.runAllTimers();
  hidden = false;
  refresh.mockClear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('a burst of events is one refresh', () => {
  watch(about('issue'));
  for (let at = 0; at < 40; at += 1) announce(event({ cursor: `${at}` }));
  vi.advanceTimersByTime(1000);
  expect(refresh).toHaveBeenCalledTimes(1);
});

test('events without end refresh at most every 400 ms', () => {
  watch(about('issue'));
  for (let ms = 0; ms < 4000; ms += 20) {
    announce(event({}));
    vi.advanceTimersByTime(20);
  }
  expect(refresh.mock.calls.length).toBeGreaterThan(7);
  expect(refresh.mock.calls.length).toBeLessThanOrEqual(11);
});

test('what does not concern a view leaves it alone; a resync concerns all', () => {
  watch(aboutIssue(() => 'mine'));
  announce(event({ entityId: 'other', issueId: 'other' }));
  vi.advanceTimersByTime(1000);
  expect(refresh).not.toHaveBeenCalled();
  announce(event({ entityType: 'comment', entityId: 'c1', issueId: 'mine' }));
  vi.advanceTimersByTime(1000);
  announce(event({ kind: 'resync', entityType: 'company', entityId: 'x', issueId: null }));
  vi.advanceTimersByTime(1000);
  expect(refresh).toHaveBeenCalledTimes(2);
});

test('an issue hears of its parts and of what stands beside it', () => {
  watch(aboutIssue(() => 'mine', () => ['blocker']));
  announce(event({ kind: 'issue.created', entityId: 'part', issueId: 'part', parentId: 'mine' }));
  vi.advanceTimersByTime(1000);
  announce(event({ kind: 'issue.updated', entityId: 'blocker', issueId: 'blocker' }));
  vi.advanceTimersByTime(1000);
  announce(event({ kind: 'agent.updated', entityType: 'agent', entityId: 'a1', issueId: null }));
  vi.advanceTimersByTime(1000);
  expect(refresh).toHaveBeenCalledTimes(2);
});

test('a hidden page waits, and catches up once when it is seen', () => {
  watch(about('issue'));
  hidden = true;
  for (let at = 0; at < 5; at += 1) {
    announce(event({}));
    vi.advanceTimersByTime(1000);
  }
  expect(refresh).not.toHaveBeenCalled();
  hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  expect(refresh).toHaveBeenCalledTimes(1);
});

test('a view that is gone hears nothing more', () => {
  watch(about('issue'));
  announce(event({}));
  dispose();
  vi.advanceTimersByTime(1000);
  expect(refresh).not.toHaveBeenCalled();
});
