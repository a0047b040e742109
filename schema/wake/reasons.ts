import type { WakeSource } from '../shared/values.ts';

/** What a wake of a reason may and must, other than the usual. */
interface Traits {
  /** Where it comes from when nobody says otherwise. */
  source: WakeSource;
  /** One line for agents and people. */
  says: string;
  /** News that a running agent cannot know yet: such a wake waits for the run's end instead of merging into it. */
  isNews?: true;
  /** Only says again that there is work: it is throttled while runs lead to nothing. All others are new input. */
  isAssertion?: true;
  /** May wake an agent that the issue is not assigned to. */
  forOthers?: true;
  /** Blockers do not stop it: they never do, or not where a person asks. The agent then answers, and does not work. */
  passesBlockers?: 'always' | 'fromPerson';
}

/** Everything that wakes an agent. A reason that is not here does not exist. */
const traits = {
  heartbeat_timer: { source: 'TIMER', says: 'Its heartbeat was due.' },
  manual: { source: 'ON_DEMAND', says: 'Somebody asked for a run.', isNews: true },
  issue_assigned: { source: 'ASSIGNMENT', says: 'Work was given to it.', isAssertion: true },
  issue_checked_out: { source: 'ASSIGNMENT', says: 'The board checked work out for it.' },
  issue_status_changed: { source: 'ASSIGNMENT', says: 'Somebody moved its work.', isNews: true },
  issue_commented: { source: 'AUTOMATION', says: 'A person commented on its work.', isNews: true, passesBlockers: 'fromPerson' },
  issue_comment_mentioned: { source: 'AUTOMATION', says: 'A comment names it.', isNews: true, forOthers: true, passesBlockers: 'fromPerson' },
  issue_reopened_via_comment: { source: 'AUTOMATION', says: 'A comment reopened its work.', isNews: true, passesBlockers: 'fromPerson' },
  issue_blockers_resolved: { source: 'AUTOMATION', says: 'The last thing that its work waited for is done.', isNews: true },
  issue_children_completed: { source: 'AUTOMATION', says: 'The last issue below its own is finished.', isNews: true },
  issue_monitor_due: { source: 'AUTOMATION', says: 'The time has come to look at what it waits for.', isNews: true },
  issue_tree_restored: { source: 'AUTOMATION', says: 'A hold on its work was released.', isNews: true },
  issue_recovery_action_restored: { source: 'AUTOMATION', says: 'What kept its work from moving was mended.', isNews: true },
  interaction_resolved: { source: 'AUTOMATION', says: 'The board answered what was asked.', isNews: true },
  approval_approved: { source: 'AUTOMATION', says: 'The board approved.', isNews: true, passesBlockers: 'always' },
  approval_rejected: { source: 'AUTOMATION', says: 'The board rejected.', isNews: true, passesBlockers: 'always' },
  approval_revision_requested: { source: 'AUTOMATION', says: 'The board wants another version of what it was asked for.', isNews: true, passesBlockers: 'always' },
  approval_commented: { source: 'AUTOMATION', says: 'The board commented on what it was asked for.', isNews: true, passesBlockers: 'always' },
  execution_review_requested: { source: 'AUTOMATION', says: 'Its review is asked for.', isNews: true, forOthers: true, passesBlockers: 'always' },
  execution_approval_requested: { source: 'AUTOMATION', says: 'Its approval is asked for.', isNews: true, forOthers: true, passesBlockers: 'always' },
  execution_changes_requested: { source: 'AUTOMATION', says: 'A reviewer wants changes.', isNews: true },
  issue_continuation_needed: { source: 'AUTOMATION', says: 'Its work is not finished, and nothing else moves it.', isAssertion: true },
  issue_assignment_recovery: { source: 'AUTOMATION', says: 'Its work was never begun.', isAssertion: true },
  liveness_backstop: { source: 'AUTOMATION', says: 'Nothing moves its work.', isAssertion: true },
  process_lost_retry: { source: 'AUTOMATION', says: 'The last run was lost.' },
  session_lost_retry: { source: 'AUTOMATION', says: 'The last run could not resume its session.' },
  transient_failure_retry: { source: 'AUTOMATION', says: 'The last run failed for a reason that passes.' },
  max_turns_continuation_retry: { source: 'AUTOMATION', says: 'The last run used up its turns.' },
  missing_issue_comment: { source: 'AUTOMATION', says: 'The last run said nothing of what it did.' },
  finish_successful_run_handoff: { source: 'AUTOMATION', says: 'The last run left the work without a next step.' },
  source_scoped_recovery_action: { source: 'AUTOMATION', says: 'Work that does not move is its to mend.', forOthers: true, passesBlockers: 'always' },
} as const satisfies Record<string, Traits>;

export type WakeReason = keyof typeof traits;
export const WAKE_REASONS = Object.keys(traits) as WakeReason[];

/** What is special about a reason. One that an older version stored, and this one does not know, has nothing special. */
function traitsOf(reason: string): Partial<Traits> {
  return (traits as Record<string, Traits>)[reason] ?? {};
}

export const mustNotLose = (reason: string): boolean => traitsOf(reason).isNews === true;
export const isAssertion = (reason: string): boolean => traitsOf(reason).isAssertion === true;
export const isForOthers = (reason: string): boolean => traitsOf(reason).forOthers === true;
export const sourceOf = (reason: WakeReason): WakeSource => traits[reason].source;
export const reasonSentence = (reason: string): string => traitsOf(reason).says ?? reason;

export function passesBlockers(reason: string, isFromPerson: boolean): boolean {
  const { passesBlockers: when } = traitsOf(reason);
  return when === 'always' || (when === 'fromPerson' && isFromPerson);
}
