import type { Priority, RunProgress, RunStatus } from '../../prisma/generated/enums.ts';
import { BREAKER_STOP } from '../breaker/rules.ts';
import { STOPPED_FOR } from '../budget/rules.ts';

/** Why an issue needs another run, or somebody's eyes. */
export type Cause =
  | 'process_lost' | 'adapter_failed' | 'timeout' | 'transient_upstream' | 'provider_quota' | 'target_not_ready' | 'max_turns'
  | 'plan_only' | 'empty' | 'missing_comment' | 'no_disposition' | 'stranded_todo' | 'stranded_in_progress'
  | 'configuration_incomplete' | 'workspace_invalid' | 'permanent_auth' | 'unknown_adapter' | 'refused' | 'not_retryable' | 'stopped_by_hand';

export interface RetryRule {
  /** How many runs follow by themselves, one after the other. */
  retries: number;
  /** Before the nth of them, from 1. */
  delayMs(n: number): number;
  /** The wake reason that such a run carries. */
  reason: RetryReason;
  /** What is done once they are used up. */
  after: 'act' | 'block_and_act' | 'pause_and_act';
}

export type RetryReason =
  | 'process_lost_retry' | 'transient_failure_retry' | 'max_turns_continuation_retry' | 'issue_continuation_needed' | 'missing_issue_comment'
  | 'finish_successful_run_handoff' | 'issue_assignment_recovery';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const atOnce = () => 0;
const doubling = (first: number) => (n: number) => first * 2 ** (n - 1);
const never = { retries: 0, delayMs: atOnce, reason: 'issue_continuation_needed' } as const;

/** The one table of what follows by itself, and how often. */
export const RETRIES: Readonly<Record<Cause, RetryRule>> = {
  process_lost: { retries: 1, delayMs: atOnce, reason: 'process_lost_retry', after: 'act' },
  adapter_failed: { retries: 3, delayMs: doubling(MINUTE), reason: 'transient_failure_retry', after: 'act' },
  timeout: { retries: 3, delayMs: doubling(MINUTE), reason: 'transient_failure_retry', after: 'act' },
  transient_upstream: { retries: 3, delayMs: doubling(MINUTE), reason: 'transient_failure_retry', after: 'act' },
  provider_quota: { retries: 3, delayMs: doubling(MINUTE), reason: 'transient_failure_retry', after: 'act' },
  target_not_ready: { retries: 3, delayMs: doubling(5 * MINUTE), reason: 'transient_failure_retry', after: 'act' },
  max_turns: { retries: 2, delayMs: () => SECOND, reason: 'max_turns_continuation_retry', after: 'act' },
  plan_only: { retries: 2, delayMs: atOnce, reason: 'issue_continuation_needed', after: 'act' },
  empty: { retries: 2, delayMs: atOnce, reason: 'issue_continuation_needed', after: 'act' },
  missing_comment: { retries: 1, delayMs: atOnce, reason: 'missing_issue_comment', after: 'act' },
  no_disposition: { retries: 1, delayMs: atOnce, reason: 'finish_successful_run_handoff', after: 'act' },
  stranded_todo: { retries: 1, delayMs: atOnce, reason: 'issue_assignment_recovery', after: 'block_and_act' },
  stranded_in_progress: { retries: 1, delayMs: atOnce, reason: 'issue_continuation_needed', after: 'act' },
  configuration_incomplete: { ...never, after: 'act' },
  workspace_invalid: { ...never, after: 'act' },
  permanent_auth: { ...never, after: 'pause_and_act' },
  unknown_adapter: { ...never, after: 'pause_and_act' },
  refused: { ...never, after: 'act' },
  not_retryable: { ...never, after: 'act' },
  stopped_by_hand: { ...never, after: 'act' },
};

/** Runs that carry one of these were asked for by Boardroom, to go on with what an earlier one left. */
const CONTINUATIONS: ReadonlySet<string> = new Set(Object.values(RETRIES).map((rule) => rule.reason));

/** Runs that only say where the work stands: all that the cheap lane is good for. */
const STATUS_ONLY: ReadonlySet<string> = new Set<RetryReason>(['missing_issue_comment', 'finish_successful_run_handoff']);

/** What an adapter says of the nature of a failure (adapters/contract.ts). */
export type FailureFamily = 'transient_upstream' | 'provider_quota' | 'model_refusal' | 'auth' | 'configuration';

export interface EndedRun {
  status: RunStatus;
  errorCode: string | null;
  family?: FailureFamily | undefined;
}

const causesByCode: Readonly<Record<string, Cause>> = {
  PROCESS_LOST: 'process_lost', WORKER_LOST: 'process_lost', TIMED_OUT: 'timeout',
  ADAPTER_UNKNOWN: 'unknown_adapter', CLAUDE_AUTH_REQUIRED: 'permanent_auth', CLAUDE_BILLING: 'permanent_auth',
  PROVIDER_QUOTA: 'provider_quota', CLAUDE_TRANSIENT_UPSTREAM: 'transient_upstream', HTTP_CONNECTION_REFUSED: 'transient_upstream',
  HTTP_TIMEOUT: 'transient_upstream', HTTP_FAILED: 'transient_upstream', SANDBOX_UNSCHEDULABLE: 'target_not_ready', SANDBOX_NOT_READY: 'target_not_ready',
  MAX_TURNS_EXHAUSTED: 'max_turns', MAX_BUDGET_EXHAUSTED: 'not_retryable', OUTPUT_TOO_LARGE: 'not_retryable', CLAUDE_REQUEST_INVALID: 'not_retryable',
  CLAUDE_REFUSAL: 'refused',
  CONFIGURATION_INCOMPLETE: 'configuration_incomplete', CONFIG_INVALID: 'configuration_incomplete', MODEL_NOT_FOUND: 'configuration_incomplete',
  COMMAND_NOT_FOUND: 'configuration_incomplete', COMMAND_NOT_EXECUTABLE: 'configuration_incomplete', CWD_MISSING: 'configuration_incomplete',
  CWD_NOT_A_FOLDER: 'configuration_incomplete', ARGUMENTS_TOO_LONG: 'configuration_incomplete', CLAUDE_ROOT_REFUSED: 'configuration_incomplete',
  CLAUDE_BAD_ARGUMENTS: 'configuration_incomplete', HTTP_HOST_NOT_FOUND: 'configuration_incomplete', HTTP_CERTIFICATE: 'configuration_incomplete',
  HTTP_REDIRECT: 'configuration_incomplete', HTTP_RESPONSE_INVALID: 'configuration_incomplete',
  GIT_MISSING: 'workspace_invalid', REPOSITORY_MISSING: 'workspace_invalid', REPOSITORY_WITHOUT_COMMITS: 'workspace_invalid', REPOSITORY_NOT_TRUSTED: 'workspace_invalid',
  BASE_MISSING: 'workspace_invalid', BRANCH_NAME_REFUSED: 'workspace_invalid', BRANCH_TAKEN: 'workspace_invalid', WORKTREE_OFF_BRANCH: 'workspace_invalid',
  WORKTREE_UNREGISTERED: 'workspace_invalid',
  AGENT_NOT_INVOKABLE: 'not_retryable', AGENT_NOT_FOUND: 'not_retryable', ISSUE_PAUSED: 'not_retryable', ISSUE_DEPENDENCIES_BLOCKED: 'not_retryable',
};

const causesByFamily: Readonly<Record<FailureFamily, Cause>> = {
  transient_upstream: 'transient_upstream', provider_quota: 'provider_quota', model_refusal: 'refused', auth: 'permanent_auth', configuration: 'configuration_incomplete',
};

/** Why a run did not succeed. The adapter's own word goes before its code, and both before what any failure is taken for. */
export function causeOfFailure({ status, errorCode, family }: EndedRun): Cause {
  if (status === 'INTERRUPTED') return 'process_lost';
  if (status === 'TIMED_OUT') return 'timeout';
  if (status === 'CANCELLED') return 'stopped_by_hand';
  if (family) return causesByFamily[family];
  const code = errorCode ?? '';
  const known = causesByCode[code];
  if (known) return known;
  if (code.endsWith('_TRANSIENT_UPSTREAM')) return 'transient_upstream';
  if (code.startsWith('WORKSPACE_')) return 'workspace_invalid';
  return 'adapter_failed';
}

/** Cancelled because something else was decided, and not because somebody wanted the run itself to stop. */
const CONSEQUENCES: ReadonlySet<string> = new Set([
  'agent paused', 'agent terminated', 'company archived', 'issue reassigned', 'issue cancelled', 'the work is on hold', 'the work was called off', 'interrupted',
  'interrupted by a comment',
]);

/** What a breaker or a budget stopped was a consequence as well; the words after these name which. */
export const STOP_PREFIXES = [BREAKER_STOP, STOPPED_FOR] as const;

export function wasStoppedByHand(run: { status: RunStatus; cancelReason: string | null; errorCode: string | null }): boolean {
  const why = run.cancelReason ?? '';
  return run.status === 'CANCELLED' && run.errorCode === 'CANCELLED' && !CONSEQUENCES.has(why) && !STOP_PREFIXES.some((prefix) => why.startsWith(prefix));
}

/** What a run left behind, as the database has it. */
export interface ProgressFacts {
  status: RunStatus;
  /** Of its issue, now; null for a run without one. */
  issueStatus: string | null;
  comments: number;
  /** Keys of the documents it wrote. */
  documentKeys: readonly string[];
  workProducts: number;
  commits: number;
  children: number;
  /** Changes of status, owner, blockers, monitor that it made. */
  moves: number;
  /** Something named that the issue now waits for: a question to the board, a blocker, a reviewer. */
  waits: boolean;
}

/** What a run came to for its issue. The same rows give the same word. */
export function judgeProgress(facts: ProgressFacts): RunProgress {
  if (facts.status !== 'SUCCEEDED') return 'FAILED';
  if (facts.issueStatus === 'DONE' || facts.issueStatus === 'CANCELLED') return 'COMPLETED';
  if (facts.waits) return 'BLOCKED';
  const written = facts.documentKeys.filter((key) => key !== 'plan').length;
  if (written + facts.workProducts + facts.commits + facts.children + facts.moves > 0) return 'ADVANCED';
  if (facts.documentKeys.length > 0) return 'PLAN_ONLY';
  return facts.comments > 0 ? 'ADVANCED' : 'EMPTY';
}

/** Why an issue is not done after a run that succeeded and left nothing that moves it. */
export function causeOfSilence(progress: RunProgress, commented: boolean): Cause {
  if (progress === 'EMPTY') return 'empty';
  if (progress === 'PLAN_ONLY') return 'plan_only';
  return commented ? 'no_disposition' : 'missing_comment';
}

export interface PastRun {
  status: RunStatus;
  errorCode: string | null;
  progress: RunProgress | null;
  /** Of all wakes that it answered: news that joined it make it more than a continuation. */
  reasons: readonly string[];
}

/** Why a run was wanted: each wake that it answers, or its own reason. */
export function reasonsOf({ context, reason }: { context: unknown; reason: string | null }): string[] {
  const wakes = (context as { wakes?: { reason?: unknown }[] } | null)?.wakes ?? [];
  const told = wakes.flatMap((wake) => (typeof wake.reason === 'string' ? [wake.reason] : []));
  return told.length > 0 ? told : reason ? [reason] : [];
}

/** Asked for by Boardroom alone, to go on with what an earlier run left. */
export function isContinuation({ reasons }: Pick<PastRun, 'reasons'>): boolean {
  return reasons.length > 0 && reasons.every((reason) => CONTINUATIONS.has(reason));
}

/** A success counts as one where the issue was done, or waited for something named, after it. */
function isUnsuccessful({ status, progress }: PastRun): boolean {
  return status !== 'SUCCEEDED' || (progress !== 'COMPLETED' && progress !== 'BLOCKED');
}

/**
 * How often in a row it was tried in vain: consecutive unsuccessful continuation runs, newest first, with the error code of
 * the latest (no code is a code of its own). Anything else ends the streak: a first run, news, another failure.
 */
export function streakOf(newestFirst: readonly PastRun[]): number {
  const latest = newestFirst[0];
  if (!latest) return 0;
  const end = newestFirst.findIndex((run) => !isContinuation(run) || !isUnsuccessful(run) || run.errorCode !== latest.errorCode);
  return end === -1 ? newestFirst.length : end;
}

export interface Waiting {
  status: RunStatus;
  reasons: readonly string[];
  blockerId: string | null;
  openChildren: number;
  /** Somebody or something named moves it besides: an answer, a reviewer, the clock. */
  isLookedAfter: boolean;
}

/** A continuation that ended well while others have to finish first is a park: one more run would find the same. */
export function isPark({ status, reasons, blockerId, openChildren, isLookedAfter }: Waiting): boolean {
  return status === 'SUCCEEDED' && isContinuation({ reasons }) && !isLookedAfter && (blockerId !== null || openChildren > 0);
}

/** Work that goes on and says so may go on, so long after its owner's last word and so often in a row. */
export const PRODUCTIVE = { wordMs: 30 * MINUTE, runsMax: 5 } as const;

export type FollowUp =
  | { kind: 'retry'; cause: Cause; reason: RetryReason; attempt: number; delayMs: number }
  | { kind: 'act'; cause: Cause; block: boolean; pause: boolean };

export interface FollowUpFacts {
  cause: Cause;
  streak: number;
  /** How long the provider asked to wait; null where it did not say. */
  waitMs?: number | null | undefined;
  /** The issue's agent commented or attached something within the last half hour, with more in mind than a report. */
  ownerSpoke?: boolean | undefined;
}

/** What is done about a cause after so many tries. A quota that names its end is tried once more, then; work whose owner still speaks goes on. */
export function followUp({ cause, streak, waitMs = null, ownerSpoke = false }: FollowUpFacts): FollowUp {
  const rule = RETRIES[cause];
  const named = cause === 'provider_quota' && waitMs !== null;
  if (streak < (named ? 1 : rule.retries)) {
    const attempt = streak + 1;
    return { kind: 'retry', cause, reason: rule.reason, attempt, delayMs: Math.max(rule.delayMs(attempt), waitMs ?? 0) };
  }
  if (cause === 'no_disposition' && ownerSpoke && streak < PRODUCTIVE.runsMax) return { kind: 'retry', cause, reason: 'issue_continuation_needed', attempt: streak + 1, delayMs: 0 };
  return { kind: 'act', cause, block: rule.after === 'block_and_act', pause: rule.after === 'pause_and_act' };
}

export interface LaneFacts {
  /** What the issue asks for. */
  issueLane: 'PRIMARY' | 'CHEAP' | null;
  /** Reasons of all wakes that the run answers. */
  reasons: readonly string[];
  hasCheapConfig: boolean;
}

export interface Lane { lane: 'PRIMARY' | 'CHEAP'; why: string }

/** Which model a run gets: the cheap one only where all that is asked for is a word on where the work stands. */
export function laneOf({ issueLane, reasons, hasCheapConfig }: LaneFacts): Lane {
  const statusOnly = reasons.length > 0 && reasons.every((reason) => STATUS_ONLY.has(reason));
  if (issueLane === 'PRIMARY') return { lane: 'PRIMARY', why: 'the issue asks for the agent’s own model' };
  if (!statusOnly) return { lane: 'PRIMARY', why: 'the run may go on with the work' };
  if (!hasCheapConfig) return { lane: 'PRIMARY', why: 'the agent has no cheap configuration' };
  return { lane: 'CHEAP', why: 'the run only reports where the work stands' };
}

export const SILENCE = { suspiciousMs: HOUR, criticalMs: 4 * HOUR, rearmMs: 30 * MINUTE, tailBytes: 8 * 1024, snoozeMaxMs: 24 * HOUR } as const;

export type Silence = 'suspicious' | 'critical';

/** How worrying it is that a run has said nothing for so long; null while it is not, or while somebody said to wait. */
export function judgeSilence(facts: { lastWordAt: Date; now: Date; quietUntil: Date | null; isDismissed: boolean }): Silence | null {
  if (facts.isDismissed || (facts.quietUntil && facts.quietUntil > facts.now)) return null;
  const silentMs = facts.now.getTime() - facts.lastWordAt.getTime();
  if (silentMs >= SILENCE.criticalMs) return 'critical';
  return silentMs >= SILENCE.suspiciousMs ? 'suspicious' : null;
}

/** How pressing it is that somebody looks: a run that has been silent for hours costs money and holds its issue. */
export function pressing(cause: string): Extract<Priority, 'HIGH' | 'MEDIUM'> {
  return cause === 'critical_silence' ? 'HIGH' : 'MEDIUM';
}

export const PRODUCTIVITY = {
  silentRuns: 10, activeMs: 6 * HOUR, churnPerHour: 10, churnPerSixHours: 30, everyMs: 24 * HOUR, refreshMs: HOUR, refreshesMax: 3, snoozeMs: 6 * HOUR, idleMax: 3,
} as const;

export interface Productivity {
  /** Latest runs in a row that left no comment. */
  runsWithoutComment: number;
  /** Since its present run began. */
  activeMs: number;
  runsInHour: number;
  runsInSixHours: number;
}

/** Why somebody should look whether this work leads anywhere; null where it may. */
export function judgeProductivity(facts: Productivity): string | null {
  if (facts.runsWithoutComment >= PRODUCTIVITY.silentRuns) return 'no_comment_streak';
  if (facts.runsInHour > PRODUCTIVITY.churnPerHour || facts.runsInSixHours > PRODUCTIVITY.churnPerSixHours) return 'high_churn';
  return facts.activeMs > PRODUCTIVITY.activeMs ? 'long_active' : null;
}
