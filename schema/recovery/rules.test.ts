import { describe, expect, test } from 'vitest';
import {
  type Cause, causeOfFailure, causeOfSilence, followUp, isPark, judgeProductivity, judgeProgress, judgeSilence, laneOf, type PastRun, PRODUCTIVE, type ProgressFacts, RETRIES, streakOf, wasStoppedByHand,
} from './rules.ts';

const MINUTE = 60_000;

test.each<[Cause, number[]]>([
  ['process_lost', [0]],
  ['adapter_failed', [MINUTE, 2 * MINUTE, 4 * MINUTE]],
  ['timeout', [MINUTE, 2 * MINUTE, 4 * MINUTE]],
  ['transient_upstream', [MINUTE, 2 * MINUTE, 4 * MINUTE]],
  ['provider_quota', [MINUTE, 2 * MINUTE, 4 * MINUTE]],
  ['target_not_ready', [5 * MINUTE, 10 * MINUTE, 20 * MINUTE]],
  ['max_turns', [1_000, 1_000]],
  ['plan_only', [0, 0]],
  ['empty', [0, 0]],
  ['missing_comment', [0]],
  ['no_disposition', [0]],
  ['stranded_todo', [0]],
  ['stranded_in_progress', [0]],
  ['configuration_incomplete', []],
  ['workspace_invalid', []],
  ['permanent_auth', []],
  ['unknown_adapter', []],
  ['refused', []],
  ['not_retryable', []],
  ['stopped_by_hand', []],
])('%s is tried again after %j', (cause, delays) => {
  for (const [streak, delayMs] of delays.entries()) expect(followUp({ cause, streak })).toMatchObject({ kind: 'retry', attempt: streak + 1, delayMs });
  const after = followUp({ cause, streak: delays.length });
  expect(after).toEqual({ kind: 'act', cause, block: cause === 'stranded_todo', pause: cause === 'permanent_auth' || cause === 'unknown_adapter' });
  expect(followUp({ cause, streak: 99 })).toEqual(after);
});

test('every cause is in the table above', () => expect(Object.keys(RETRIES)).toHaveLength(20));

test('a quota that says when it resets is tried once, then', () => {
  expect(followUp({ cause: 'provider_quota', streak: 0, waitMs: 3 * 60 * MINUTE })).toMatchObject({ kind: 'retry', delayMs: 3 * 60 * MINUTE });
  expect(followUp({ cause: 'provider_quota', streak: 1, waitMs: 3 * 60 * MINUTE })).toMatchObject({ kind: 'act' });
});

test('work whose owner still speaks goes on after its tries, and not for ever', () => {
  expect(followUp({ cause: 'no_disposition', streak: 1 })).toMatchObject({ kind: 'act' });
  expect(followUp({ cause: 'no_disposition', streak: 1, ownerSpoke: true })).toMatchObject({ kind: 'retry', reason: 'issue_continuation_needed', attempt: 2, delayMs: 0 });
  expect(followUp({ cause: 'no_disposition', streak: PRODUCTIVE.runsMax, ownerSpoke: true })).toMatchObject({ kind: 'act' });
  expect(followUp({ cause: 'empty', streak: 2, ownerSpoke: true })).toMatchObject({ kind: 'act' });
});

describe('a continuation that waits for others', () => {
  const waiting = { status: 'SUCCEEDED', reasons: ['issue_continuation_needed'], blockerId: null, openChildren: 2, isLookedAfter: false } as const;
  test.each<[string, Partial<Parameters<typeof isPark>[0]>, boolean]>([
    ['sub-issues', {}, true],
    ['a blocker', { openChildren: 0, blockerId: 'b' }, true],
    ['nothing', { openChildren: 0 }, false],
    ['sub-issues, and the board was asked', { isLookedAfter: true }, false],
    ['sub-issues, after it failed', { status: 'FAILED' }, false],
    ['sub-issues, and it was no continuation', { reasons: ['issue_assigned'] }, false],
  ])('%s', (_name, facts, expected) => expect(isPark({ ...waiting, ...facts })).toBe(expected));
});

test.each<[Parameters<typeof causeOfFailure>[0], Cause]>([
  [{ status: 'INTERRUPTED', errorCode: 'INTERRUPTED' }, 'process_lost'],
  [{ status: 'TIMED_OUT', errorCode: 'TIMED_OUT' }, 'timeout'],
  [{ status: 'CANCELLED', errorCode: 'CANCELLED' }, 'stopped_by_hand'],
  [{ status: 'FAILED', errorCode: 'PROCESS_LOST' }, 'process_lost'],
  [{ status: 'FAILED', errorCode: 'WORKER_LOST' }, 'process_lost'],
  [{ status: 'FAILED', errorCode: 'EXIT_CODE' }, 'adapter_failed'],
  [{ status: 'FAILED', errorCode: null }, 'adapter_failed'],
  [{ status: 'FAILED', errorCode: 'HTTP_STATUS', family: 'auth' }, 'permanent_auth'],
  [{ status: 'FAILED', errorCode: 'HTTP_STATUS', family: 'provider_quota' }, 'provider_quota'],
  [{ status: 'FAILED', errorCode: 'HTTP_STATUS', family: 'transient_upstream' }, 'transient_upstream'],
  [{ status: 'FAILED', errorCode: 'X', family: 'model_refusal' }, 'refused'],
  [{ status: 'FAILED', errorCode: 'X', family: 'configuration' }, 'configuration_incomplete'],
  [{ status: 'FAILED', errorCode: 'CODEX_TRANSIENT_UPSTREAM' }, 'transient_upstream'],
  [{ status: 'FAILED', errorCode: 'CLAUDE_BILLING' }, 'permanent_auth'],
  [{ status: 'FAILED', errorCode: 'ADAPTER_UNKNOWN' }, 'unknown_adapter'],
  [{ status: 'FAILED', errorCode: 'COMMAND_NOT_FOUND' }, 'configuration_incomplete'],
  [{ status: 'FAILED', errorCode: 'WORKSPACE_FINALIZE_FAILED' }, 'workspace_invalid'],
  [{ status: 'FAILED', errorCode: 'WORKTREE_OFF_BRANCH' }, 'workspace_invalid'],
  [{ status: 'FAILED', errorCode: 'REPOSITORY_MISSING' }, 'workspace_invalid'],
  [{ status: 'FAILED', errorCode: 'BRANCH_TAKEN' }, 'workspace_invalid'],
  [{ status: 'FAILED', errorCode: 'BASE_MISSING' }, 'workspace_invalid'],
  [{ status: 'FAILED', errorCode: 'GIT_MISSING' }, 'workspace_invalid'],
  [{ status: 'FAILED', errorCode: 'GIT_FAILED' }, 'adapter_failed'],
  [{ status: 'FAILED', errorCode: 'MAX_TURNS_EXHAUSTED' }, 'max_turns'],
  [{ status: 'FAILED', errorCode: 'OUTPUT_TOO_LARGE' }, 'not_retryable'],
])('%o comes of %s', (run, cause) => expect(causeOfFailure(run)).toBe(cause));

describe('the streak', () => {
  const run = (errorCode: string | null, reasons = ['transient_failure_retry'], more: Partial<PastRun> = {}): PastRun =>
    ({ status: errorCode === null ? 'SUCCEEDED' : 'FAILED', errorCode, progress: errorCode === null ? 'EMPTY' : 'FAILED', reasons, ...more });

  test.each<[string, PastRun[], number]>([
    ['nothing ran', [], 0],
    ['a first run is no continuation', [run('A', ['issue_assigned'])], 0],
    ['one retry', [run('A'), run('A', ['issue_assigned'])], 1],
    ['three', [run('A'), run('A'), run('A'), run('A', ['manual'])], 3],
    ['another code ends it', [run('A'), run('B'), run('A')], 1],
    ['no code is a code of its own', [run(null, ['issue_continuation_needed']), run('A')], 1],
    ['a success ends it', [run('A'), run(null, ['issue_continuation_needed'], { progress: 'COMPLETED' }), run('A')], 1],
    ['news that joined a retry end it', [run('A', ['transient_failure_retry', 'issue_commented']), run('A')], 0],
    ['a run that advanced and left no next step counts', [run(null, ['finish_successful_run_handoff'], { progress: 'ADVANCED' }), run(null, ['issue_assigned'])], 1],
    ['one that left it waiting for something named does not', [run(null, ['issue_continuation_needed'], { progress: 'BLOCKED' })], 0],
  ])('%s', (_name, history, streak) => expect(streakOf(history)).toBe(streak));
});

const left: ProgressFacts = { status: 'SUCCEEDED', issueStatus: 'IN_PROGRESS', comments: 0, documentKeys: [], workProducts: 0, commits: 0, children: 0, moves: 0, waits: false };
test.each<[Partial<ProgressFacts>, string]>([
  [{ status: 'FAILED', comments: 3 }, 'FAILED'],
  [{ status: 'CANCELLED' }, 'FAILED'],
  [{ issueStatus: 'DONE' }, 'COMPLETED'],
  [{ issueStatus: 'CANCELLED', waits: true }, 'COMPLETED'],
  [{ waits: true, documentKeys: ['plan'] }, 'BLOCKED'],
  [{ documentKeys: ['plan'], comments: 1 }, 'PLAN_ONLY'],
  [{ documentKeys: ['plan', 'notes'] }, 'ADVANCED'],
  [{ comments: 1 }, 'ADVANCED'],
  [{ commits: 1 }, 'ADVANCED'],
  [{ workProducts: 1 }, 'ADVANCED'],
  [{ children: 1 }, 'ADVANCED'],
  [{ moves: 1 }, 'ADVANCED'],
  [{}, 'EMPTY'],
])('a run that left %o: %s', (facts, progress) => expect(judgeProgress({ ...left, ...facts })).toBe(progress));

test('what is asked of a run that left its issue without a next step', () => {
  expect(causeOfSilence('EMPTY', false)).toBe('empty');
  expect(causeOfSilence('PLAN_ONLY', true)).toBe('plan_only');
  expect(causeOfSilence('ADVANCED', false)).toBe('missing_comment');
  expect(causeOfSilence('ADVANCED', true)).toBe('no_disposition');
});

test('only a person’s cancel is one by hand', () => {
  const run = (cancelReason: string | null, errorCode = 'CANCELLED') => ({ status: 'CANCELLED' as const, cancelReason, errorCode });
  expect(wasStoppedByHand(run('enough'))).toBe(true);
  expect(wasStoppedByHand(run('agent paused'))).toBe(false);
  expect(wasStoppedByHand(run('issue reassigned'))).toBe(false);
  expect(wasStoppedByHand(run('circuit breaker: 6 runs in a row failed'))).toBe(false);
  expect(wasStoppedByHand(run('budget used up: Acme'))).toBe(false);
  expect(wasStoppedByHand(run('too late', 'EXPIRED'))).toBe(false);
});

test('the cheap lane is for runs that only report', () => {
  const lane = (reasons: string[], hasCheapConfig = true, issueLane: 'PRIMARY' | 'CHEAP' | null = null) => laneOf({ reasons, hasCheapConfig, issueLane }).lane;
  expect(lane(['missing_issue_comment'])).toBe('CHEAP');
  expect(lane(['finish_successful_run_handoff', 'missing_issue_comment'])).toBe('CHEAP');
  expect(lane(['missing_issue_comment', 'issue_commented'])).toBe('PRIMARY');
  expect(lane(['issue_assigned'], true, 'CHEAP')).toBe('PRIMARY');
  expect(lane(['missing_issue_comment'], false)).toBe('PRIMARY');
  expect(lane(['missing_issue_comment'], true, 'PRIMARY')).toBe('PRIMARY');
  expect(lane([])).toBe('PRIMARY');
});

test('a silent run is suspicious after an hour and critical after four, unless somebody said to wait', () => {
  const at = (minutes: number, more: Partial<Parameters<typeof judgeSilence>[0]> = {}) =>
    judgeSilence({ lastWordAt: new Date(0), now: new Date(minutes * MINUTE), quietUntil: null, isDismissed: false, ...more });
  expect([at(59), at(60), at(239), at(240)]).toEqual([null, 'suspicious', 'suspicious', 'critical']);
  expect(at(300, { quietUntil: new Date(301 * MINUTE) })).toBeNull();
  expect(at(302, { quietUntil: new Date(301 * MINUTE) })).toBe('critical');
  expect(at(999, { isDismissed: true })).toBeNull();
});

test('when somebody is to look whether work leads anywhere', () => {
  const judge = (facts: Partial<Parameters<typeof judgeProductivity>[0]>) => judgeProductivity({ runsWithoutComment: 0, activeMs: 0, runsInHour: 0, runsInSixHours: 0, ...facts });
  expect(judge({})).toBeNull();
  expect([judge({ runsWithoutComment: 9 }), judge({ runsWithoutComment: 10 })]).toEqual([null, 'no_comment_streak']);
  expect([judge({ runsInHour: 10 }), judge({ runsInHour: 11 }), judge({ runsInSixHours: 31 })]).toEqual([null, 'high_churn', 'high_churn']);
  expect([judge({ activeMs: 360 * MINUTE }), judge({ activeMs: 361 * MINUTE })]).toEqual([null, 'long_active']);
});
