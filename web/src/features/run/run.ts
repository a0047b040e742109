import type { RunPageQuery, RunStatus, WakeSource } from '../../graphql/generated/graphql.ts';

export type RunDetail = NonNullable<RunPageQuery['run']>;

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
  heartbeat_timer: 'heartbeat',
  manual: 'woken by hand',
};

const sources: Record<WakeSource, string> = { TIMER: 'heartbeat', ASSIGNMENT: 'issue assigned', ON_DEMAND: 'woken by hand', AUTOMATION: 'automation' };

/** Why an agent was woken, in words. */
export function wakeInWords(source: WakeSource, reason: string | null): string {
  return (reason && (reasons[reason] ?? reason.replaceAll('_', ' '))) || sources[source];
}

/** Only adapters of agent programs can tell speech from tools; of others there is the log. */
export function makesTranscript(adapterType: string): boolean {
  return adapterType !== 'process' && adapterType !== 'http';
}
