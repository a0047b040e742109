import type { RecoveryKind } from '../../prisma/generated/enums.ts';
import type { Cause } from './rules.ts';

/** What is found wrong with an issue where no run is to blame. */
export type Finding =
  | 'blocked_by_unassigned_issue' | 'blocked_by_assigned_backlog_issue' | 'blocked_by_uninvokable_assignee' | 'blocked_by_cancelled_issue' | 'blocked_by_failed_finalize'
  | 'invalid_review_participant' | 'review_undecided' | 'in_review_without_action_path' | 'blocked_without_blocker' | 'uninvokable_assignee' | 'children_without_owner'
  | 'monitor_exhausted' | 'suspicious_silence' | 'critical_silence' | 'no_comment_streak' | 'high_churn' | 'long_active';

interface Words { kind: RecoveryKind; next: string; isBoards?: boolean }

const failed = (next: string): Words => ({ kind: 'STRANDED_ISSUE', next });
const undecided = (next: string): Words => ({ kind: 'MISSING_DISPOSITION', next });
const graph = (next: string): Words => ({ kind: 'GRAPH_LIVENESS', next });
const review = (next: string): Words => ({ kind: 'PRODUCTIVITY_REVIEW', next });

/** What kind of action a cause or finding makes, and what its owner is to do. What only the board can mend is the board's. */
export const WORDS: Readonly<Record<Cause | Finding, Words>> = {
  process_lost: failed('its process was lost more than once. Look at the machine and the log, then wake the agent.'),
  adapter_failed: failed('its runs keep failing. Read the log of the last one, mend the cause, then wake the agent.'),
  timeout: failed('its runs keep timing out. Split the issue, or raise the agent’s timeout.'),
  transient_upstream: failed('the model service keeps failing. Wake the agent once it answers again.'),
  provider_quota: failed('the usage limit is reached. Wake the agent once it has reset, or use another key or plan.'),
  target_not_ready: failed('there was no machine to run on. Look at the target, then wake the agent.'),
  max_turns: failed('its runs keep using up their turns. Split the issue, or raise maxTurns.'),
  plan_only: undecided('its runs only plan. Confirm the plan, or say what is to be done first.'),
  empty: undecided('its runs leave nothing. Say what is wanted, or give it to somebody else.'),
  missing_comment: undecided('its run ended without a word. Look what was done, and decide how it goes on.'),
  no_disposition: undecided('its run ended without saying what comes next. Finish it, send it to review, or wake the agent.'),
  stranded_todo: failed('it was not begun although its agent was woken again. Give it to somebody else, or wake the agent.'),
  stranded_in_progress: failed('it stopped half way although its agent was woken again. Look at its last run, then decide.'),
  configuration_incomplete: { kind: 'CONFIGURATION_VALIDATION', next: 'complete the configuration of its agent, then wake the agent.', isBoards: true },
  workspace_invalid: { kind: 'WORKSPACE_VALIDATION', next: 'mend its workspace, then wake the agent.', isBoards: true },
  permanent_auth: { kind: 'CONFIGURATION_VALIDATION', next: 'the agent’s credentials were refused and it was paused. Correct them, then resume it.', isBoards: true },
  unknown_adapter: { kind: 'CONFIGURATION_VALIDATION', next: 'the agent’s adapter is unknown and it was paused. Choose another, then resume it.', isBoards: true },
  refused: failed('the model declined it. Reword the issue, or choose another model.'),
  not_retryable: failed('its run failed in a way that trying again does not mend. Read why, and change the issue or the agent.'),
  stopped_by_hand: { kind: 'STRANDED_ISSUE', next: 'its run was stopped by hand. Wake the agent, hand it on, or call it off.', isBoards: true },
  blocked_by_unassigned_issue: graph('it waits for an issue that is assigned to nobody. Assign it, or remove the blocker.'),
  blocked_by_assigned_backlog_issue: graph('it waits for an issue that is parked. Move that one to todo, or remove the blocker.'),
  blocked_by_uninvokable_assignee: graph('it waits for an issue whose agent takes no work. Resume that agent, or assign another.'),
  blocked_by_cancelled_issue: graph('it waits for an issue that was cancelled. Remove the blocker, or replace it.'),
  blocked_by_failed_finalize: { kind: 'WORKSPACE_VALIDATION', next: 'it waits for work that did not get into its workspace. Finalize that workspace again.', isBoards: true },
  invalid_review_participant: graph('its reviewer cannot be woken. Name another, or decide yourself.'),
  review_undecided: undecided('its reviewer was asked again and has not decided. Look at the last run, wake the reviewer, or name another by a new policy.'),
  in_review_without_action_path: graph('it is in review and nobody is named who reviews it. Accept it as done, or send it back.'),
  blocked_without_blocker: graph('it says that it is blocked, and nothing named blocks it. Name the blocker, or move it to todo.'),
  uninvokable_assignee: graph('its agent takes no work any more. Assign somebody else.'),
  children_without_owner: graph('it waits for sub-issues that nobody has. Assign them, or finish it without them.'),
  monitor_exhausted: { kind: 'MISSING_DISPOSITION', next: 'what it waits for did not come in time. Decide how it goes on.', isBoards: true },
  suspicious_silence: { kind: 'SILENT_RUN', next: 'its run has said nothing for an hour. Look whether it still works.' },
  critical_silence: { kind: 'SILENT_RUN', next: 'its run has said nothing for four hours. Stop it, or say that it may go on.', isBoards: true },
  no_comment_streak: review('ten runs have left no comment. Look whether the work leads anywhere.'),
  high_churn: review('it is run very often. Look whether the work leads anywhere.'),
  long_active: review('one run has worked on it for more than six hours. Look whether the work leads anywhere.'),
};
