import type { EnumRef } from '@pothos/core';
import { builder, type SchemaTypes } from '../builder.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** An enum whose values each say what they mean; the type of a value is its name. */
export function described<Values extends Record<string, string>>(name: string, description: string, values: Values): EnumRef<Types, keyof Values & string> {
  const described = Object.fromEntries(Object.entries(values).map(([value, text]) => [value, { description: text }]));
  return builder.enumType(name, { description, values: described }) as unknown as EnumRef<Types, keyof Values & string>;
}

export const CompanyStatusEnum = described('CompanyStatus', 'Whether a company works.', {
  ACTIVE: 'Runs are started.', PAUSED: 'No run is started; everything else works.', ARCHIVED: 'Closed: agents paused, data readable.',
});
export const AgentStatusEnum = described('AgentStatus', 'What an agent does now.', {
  IDLE: 'Ready, nothing running.', RUNNING: 'At least one run is live.', ERROR: 'Its last run failed; it still takes work.',
  PAUSED: 'Gets no runs until resumed.', TERMINATED: 'Ended for good.', PENDING_APPROVAL: 'Asked for, and not hired yet: the board decides.',
});
export const AgentRoleEnum = described('AgentRole', 'The job of an agent.', {
  CEO: 'Leads the company.', CTO: 'Leads technology.', CMO: 'Leads marketing.', CFO: 'Leads finance.', SECURITY: 'Security.', ENGINEER: 'Engineering.',
  DESIGNER: 'Design.', PM: 'Product management.', QA: 'Quality assurance.', DEVOPS: 'Operations.', RESEARCHER: 'Research.', GENERAL: 'Anything else.',
});
export const PauseReasonEnum = described('PauseReason', 'Why an agent is paused.', {
  MANUAL: 'The board paused it.', COMPANY_ARCHIVED: 'Its company was archived.', FAILURES: 'Too many runs failed alike.',
  BUDGET: 'A budget of its own is used up; see Agent.budgetStop.', BREAKER: 'A circuit breaker tripped; see Agent.breakerTrip.',
});
export const GoalLevelEnum = described('GoalLevel', 'How far a goal reaches.', { COMPANY: 'The whole company.', TEAM: 'A team.', AGENT: 'One agent.', TASK: 'One piece of work.' });
export const GoalStatusEnum = described('GoalStatus', 'Where a goal stands.', { PLANNED: 'Not yet pursued.', ACTIVE: 'Pursued now.', ACHIEVED: 'Reached.', CANCELLED: 'Given up.' });
export const ProjectStatusEnum = described('ProjectStatus', 'Where a project stands.', {
  BACKLOG: 'An idea.', PLANNED: 'Decided, not begun.', IN_PROGRESS: 'Under way.', COMPLETED: 'Finished.', CANCELLED: 'Given up.',
});
export const IssueStatusEnum = described('IssueStatus', 'Where an issue stands. The moves between them are one table; see Issue.allowedStatuses.', {
  BACKLOG: 'Parked: nobody is woken for it.', TODO: 'Ready to be taken.', IN_PROGRESS: 'Somebody works on it.', IN_REVIEW: 'Waits for a reviewer.',
  BLOCKED: 'Waits for something named.', DONE: 'Finished.', CANCELLED: 'Given up. It does not free what it blocks.',
});
export const PriorityEnum = described('Priority', 'How urgent an issue is; sorts from CRITICAL to LOW.', {
  CRITICAL: 'Drop everything.', HIGH: 'Before the rest.', MEDIUM: 'The default.', LOW: 'When there is time.',
});
export const RunStatusEnum = described('RunStatus', 'Where a run stands. The last five are final.', {
  QUEUED: 'Waits for a worker and open gates.', SCHEDULED_RETRY: 'Will be queued again at a set time.', RUNNING: 'Its process lives, supervised by a worker.',
  SUCCEEDED: 'Ended as it should.', INTERRUPTED: 'Stopped because Boardroom was stopped.', FAILED: 'Ended badly; see error.', CANCELLED: 'Stopped on request.',
  TIMED_OUT: 'Ran longer than it may.',
});
export const WakeSourceEnum = described('WakeSource', 'What kind of event asked for a run.', {
  TIMER: 'A heartbeat was due.', ASSIGNMENT: 'Work was assigned or moved.', ON_DEMAND: 'Somebody asked for it.', AUTOMATION: 'A rule of the company: a comment, resolved blockers, finished children.',
});
export const WakeStatusEnum = described('WakeStatus', 'What became of a request to wake.', {
  QUEUED: 'It led to a queued run.', DEFERRED: 'Waits for a live run on the issue to end.', CLAIMED: 'Its run has started.', COALESCED: 'A run that waited or ran already covers it.',
  SKIPPED: 'A gate was shut; see skipReason.', COMPLETED: 'Its run ended well.', FAILED: 'Its run did not.', CANCELLED: 'Withdrawn before it ran.',
});
export const LogStreamEnum = described('LogStream', 'Where a piece of log comes from.', { STDOUT: 'Standard output.', STDERR: 'Standard error.', SYSTEM: 'Boardroom itself.' });
export const TranscriptKindEnum = described('TranscriptKind', 'What a transcript entry is.', {
  INIT: 'The session began.', ASSISTANT: 'The agent speaks.', THINKING: 'The agent thinks.', TOOL_CALL: 'A tool is used.', TOOL_RESULT: 'What the tool answered.',
  USER: 'What the agent was told.', RESULT: 'The final result.', SYSTEM: 'A notice of the agent program.', ERROR: 'A failure.',
});
export const BillingTypeEnum = described('BillingType', 'How a use of a model is paid.', {
  METERED_API: 'By use.', SUBSCRIPTION_INCLUDED: 'Within a subscription.', SUBSCRIPTION_OVERAGE: 'Beyond what a subscription includes.', CREDITS: 'From prepaid credits.',
  FIXED: 'A fixed price.', UNKNOWN: 'Not reported.',
});
export const CostStatusEnum = described('CostStatus', 'Whether a cost is known.', { REPORTED: 'A price was reported.', PRICED: 'Not reported, and taken from the price list.', UNPRICED: 'Tokens are known, the price is not. Never taken for zero.' });
export const OrderDirectionEnum = described('OrderDirection', 'Which end of a list comes first.', { ASC: 'Smallest or oldest first.', DESC: 'Largest or newest first.' });
export const ReferenceKindEnum = described('ReferenceKind', 'Where an issue is named.', { TITLE: 'In a title.', DESCRIPTION: 'In a description.', COMMENT: 'In a comment.', DOCUMENT: 'In a document.' });
export const SearchKindEnum = described('SearchKind', 'What a text that was found is.', { ISSUE: 'Title or description of an issue.', COMMENT: 'A comment.', DOCUMENT: 'A document.' });
export const WorkProductTypeEnum = described('WorkProductType', 'What kind of thing came of work.', {
  PREVIEW_URL: 'A place to look at it.', PULL_REQUEST: 'A pull or merge request.', BRANCH: 'A branch.', COMMIT: 'A commit.', ARTIFACT: 'A file or build.', DOCUMENT: 'A text kept elsewhere.',
});
export const WorkProductStatusEnum = described('WorkProductStatus', 'Where a work product stands.', {
  DRAFT: 'Not to be looked at yet.', ACTIVE: 'In use or in work.', READY_FOR_REVIEW: 'To be looked at.', APPROVED: 'Looked at and good.', CHANGES_REQUESTED: 'Looked at and not good yet.',
  MERGED: 'Part of the whole.', CLOSED: 'Given up.', FAILED: 'It did not work.', ARCHIVED: 'Kept for the record.',
});
export const WorkspaceModeEnum = described('WorkspaceMode', 'In what kind of folder runs work.', {
  SHARED_FOLDER: 'One folder for all runs of a project.', GIT_WORKTREE: 'A worktree of a git repository for each issue, on a branch of its own.',
});
export const WorkspaceStatusEnum = described('WorkspaceStatus', 'Whether a workspace can be worked in.', {
  ACTIVE: 'Runs use it.', BROKEN: 'It could not be prepared or finalized; see its last operation. The next run tries again.', ARCHIVED: 'Runs use another; its folder was left as it is.',
});
export const WorkspacePhaseEnum = described('WorkspacePhase', 'What Boardroom does to a workspace.', {
  PREPARE: 'The folder is made, or found as it should be.', PROVISION: 'The project\'s command sets up a new worktree.', FINALIZE: 'After a run: the worktree is on its branch, and its newest commit is noted.',
});
export const OperationStatusEnum = described('OperationStatus', 'How an operation went.', { RUNNING: 'Under way.', SUCCEEDED: 'Done.', FAILED: 'Not done; see errorMessage.' });
export const InteractionKindEnum = described('InteractionKind', 'What the board is asked for.', {
  SUGGEST_TASKS: 'To accept all or some of a tree of drafted issues.', ASK_QUESTIONS: 'To answer questions.', CONFIRMATION: 'To say yes or no.',
  CHECKBOX_CONFIRMATION: 'To say yes and tick what applies, or no.', ITEM_VERDICTS: 'To approve, reject or defer each of a list of items.',
});
export const InteractionStatusEnum = described('InteractionStatus', 'Where something asked of the board stands. All but PENDING are final.', {
  PENDING: 'Waits for the board.', ACCEPTED: 'The board said yes.', REJECTED: 'The board said no.', ANSWERED: 'The board answered.', CANCELLED: 'Withdrawn.',
  EXPIRED: 'Overtaken by a comment or by a newer revision; see endReason.', FAILED: 'What it was to do could not be done.',
});
export const InteractionContinuationEnum = described('InteractionContinuation', 'Whether the answer wakes the agent whose issue it is.', {
  NONE: 'It does not.', WAKE_ASSIGNEE: 'Any answer does.', WAKE_ASSIGNEE_ON_ACCEPT: 'A yes or an answer does, a no does not.',
});
export const VerdictEnum = described('Verdict', 'What the board says of one item.', { APPROVE: 'Good.', REJECT: 'Not wanted.', DEFER: 'Not now.' });
export const ApprovalTypeEnum = described('ApprovalType', 'What kind of thing the board is to approve.', {
  HIRE_AGENT: 'An agent is to be hired; it is there, and takes no work until then.', CEO_STRATEGY: 'How the CEO means to lead. Before the first that is approved it drafts, and sets nothing in motion.',
  BUDGET_OVERRIDE: 'A budget stopped something: is it to have more? Boardroom asks for this itself.', BOARD_REQUEST: 'Anything else that an agent wants a word of the board on. Nothing follows by itself.',
});
export const ApprovalStatusEnum = described('ApprovalStatus', 'Where an approval stands. The last three are final.', {
  PENDING: 'Waits for the board.', REVISION_REQUESTED: 'The board wants another version; waits for who asked.', APPROVED: 'The board said yes, and what follows has happened.', REJECTED: 'The board said no.',
  CANCELLED: 'Withdrawn, or settled otherwise.',
});
export const ApprovalDecisionEnum = described('ApprovalDecision', 'What the board says.', { APPROVED: 'Yes.', REJECTED: 'No.' });
export const RevisionSourceEnum = described('RevisionSource', 'What made a revision of an agent.', { HIRED: 'It was hired, or asked for.', UPDATED: 'Its settings were changed.', ROLLED_BACK: 'Earlier settings were brought back.' });
export const DecompositionStatusEnum = described('DecompositionStatus', 'How far the making of children from a plan has come.', {
  IN_FLIGHT: 'Some are made; who owns it makes the rest.', COMPLETED: 'All are made.',
});
export const PolicyStageTypeEnum = described('PolicyStageType', 'What a stage of a policy is for.', { REVIEW: 'Somebody else looks at the work.', APPROVAL: 'Somebody says that it may count as done.' });
export const PolicyOutcomeEnum = described('PolicyOutcome', 'How a stage was decided.', { APPROVED: 'Good: on to the next stage, or done.', CHANGES_REQUESTED: 'Back to who did the work.' });
export const ModelLaneEnum = described('ModelLane', 'Which model a run uses.', { PRIMARY: 'The agent\'s own.', CHEAP: 'The one of its cheapConfig: only for runs that report where work stands.' });
export const HoldModeEnum = described('HoldMode', 'What a hold does to its issues.', {
  PAUSE: 'They stay as they are, and nobody works on them.', CANCEL: 'What is not finished is cancelled; a release may bring it back.',
});
export const HoldReleaseEnum = described('HoldRelease', 'How a hold ends.', {
  MANUAL: 'By the board. What runs there is cancelled.', AFTER_ACTIVE_RUNS_FINISH: 'By itself, once what runs there now has finished. Nothing new starts meanwhile.',
});
export const MonitorPolicyEnum = described('MonitorPolicy', 'What happens when a monitor has come due for the last time.', {
  WAKE_OWNER: 'The owner is woken, as each time before.', CREATE_RECOVERY_ISSUE: 'An issue of its own is filed for it.', ESCALATE_TO_BOARD: 'The board is told.',
});
export const ChangeKindEnum = described('ChangeKind', 'What became of a file.', {
  ADDED: 'It is new.', MODIFIED: 'It is another.', DELETED: 'It is gone.', RENAMED: 'It lies elsewhere.', UNTRACKED: 'It is new, and not committed.',
});
export const EntryKindEnum = described('EntryKind', 'What lies in a folder.', { FILE: 'A file.', FOLDER: 'A folder.', LINK: 'A link to something else; it is not followed.', OTHER: 'Something else, as a pipe.' });
export const InboxReasonEnum = described('InboxReason', 'Why an issue or an approval asks for a look.', {
  APPROVAL: 'It waits for the board to approve it.',
  INTERACTION: 'It asks the board something.', REVIEW: 'It waits for a review by a person.', FAILED_RUN: 'Its last run failed.', RECOVERY: 'It does not move, and somebody of the board is to mend that.',
  COMMENT: 'An agent commented on what the viewer filed or is assigned.', MENTION: 'The viewer is mentioned in a comment, as [@Name](user:id).',
});
export const BlockerStateEnum = described('BlockerState', 'Where an issue at the end of a chain of blockers stands.', {
  MOVING: 'It is worked on, or will be.', WITH_PERSON: 'A person has it.', CANCELLED: 'It was cancelled, and blocks until it is removed.',
  NOT_FINALIZED: 'It is done, but its workspace could not be finalized.', HELD: 'It is on hold.', UNASSIGNED: 'Nobody has it.',
  AGENT_UNAVAILABLE: 'Its agent is paused or terminated.', PARKED: 'It is in backlog.', WITHOUT_REVIEWER: 'It is in review, and nobody is named who reviews it.',
  BLOCKED_BY_NOTHING: 'It is marked blocked, but nothing named blocks it.', IDLE: 'Nothing is queued for its agent.',
});
