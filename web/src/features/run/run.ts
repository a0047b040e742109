import type { RunDetailFragment, RunPageQueryVariables, RunStatus, WakeSource } from '../../graphql/generated/graphql.ts';

export type RunDetail = RunDetailFragment;

/** What an address asks for: `/ACME/runs/12` is the company's run 12, anything else the id of a run. */
export const askedBy = (prefix: string, run: string): RunPageQueryVariables =>
  /^[1-9]\d{0,8}$/.test(run) ? { id: '', prefix, number: Number(run), byNumber: true } : { id: run, prefix, number: 0, byNumber: false };

/** What stands between who and what: "Brick *is running* Normalise surcharges". */
export const doing: Record<RunStatus, string> = {
  QUEUED: 'is waiting to run',
  SCHEDULED_RETRY: 'will try again',
  RUNNING: 'is running',
  SUCCEEDED: 'finished',
  INTERRUPTED: 'was interrupted in',
  FAILED: 'failed in',
  CANCELLED: 'was stopped in',
  TIMED_OUT: 'ran out of time in',
};

export const isLive = (status: RunStatus): boolean => status === 'RUNNING' || status === 'QUEUED' || status === 'SCHEDULED_RETRY';

const reasons: Record<string, string> = {
  issue_assigned: 'issue assigned',
  issue_commented: 'a comment',
  issue_reopened_via_comment: 'reopened by a comment',
  issue_status_changed: 'status changed',
  issue_blockers_resolved: 'blockers resolved',
  issue_children_completed: 'sub-issues done',
  issue_comment_mentioned: 'named in a comment',
  issue_monitor_due: 'time to look again',
  issue_tree_restored: 'hold released',
  issue_recovery_action_restored: 'mended',
  interaction_resolved: 'the board answered',
  approval_approved: 'the board approved',
  approval_rejected: 'the board rejected',
  approval_revision_requested: 'another version wanted',
  approval_commented: 'a word on an approval',
  execution_review_requested: 'review asked for',
  execution_approval_requested: 'approval asked for',
  execution_changes_requested: 'changes wanted',
  issue_continuation_needed: 'not finished yet',
  issue_assignment_recovery: 'never begun',
  liveness_backstop: 'nothing moved it',
  process_lost_retry: 'tried again',
  session_lost_retry: 'tried again',
  transient_failure_retry: 'tried again',
  max_turns_continuation_retry: 'out of turns',
  missing_issue_comment: 'said nothing',
  finish_successful_run_handoff: 'left no next step',
  source_scoped_recovery_action: 'asked to look',
  heartbeat_timer: 'heartbeat',
  manual: 'woken by hand',
};

const sources: Record<WakeSource, string> = { TIMER: 'heartbeat', ASSIGNMENT: 'issue assigned', ON_DEMAND: 'woken by hand', AUTOMATION: 'automation' };

/** A reason of Boardroom's in words; undefined where it is none. */
export const reasonInWords = (reason: string): string | undefined => reasons[reason];

/** Why an agent was woken, in words. */
export function wakeInWords(source: WakeSource, reason: string | null): string {
  return (reason && (reasons[reason] ?? reason.replaceAll('_', ' '))) || sources[source];
}

/** Only adapters of agent programs can tell speech from tools; of others there is the log. */
export function makesTranscript(adapterType: string): boolean {
  return adapterType !== 'process' && adapterType !== 'http';
}
