import { governanceSentence } from './governance.ts';
import { paths } from '../../app/company.ts';
import { money } from '../../ui/format.ts';
import { reasonInWords } from '../run/run.ts';
import { moneySentence } from '../budget/activity.ts';
import type { ActivityLineFragment, IssueStatus, RunStatus } from '../../graphql/generated/graphql.ts';
import { skipSentence } from '../../../../schema/wake/rules.ts';
import { workSentence } from './work.ts';

export interface Place {
  text: string;
  href: string | null;
}

/** An activity as a sentence: whoever it is about, what they did, to what, and a word more. */
export interface Sentence {
  lead: ActivityLineFragment['actor'];
  verb: string;
  object: Place | null;
  tail: string | null;
  /** A second place: the run, or the issue of a run. */
  at: Place | null;
  tone: 'plain' | 'bad' | 'ok';
}

interface Details {
  changed?: string[];
  from?: string;
  to?: string;
  name?: string;
  title?: string;
  preview?: string;
  status?: string;
  number?: number;
  reason?: string | null;
  skipReason?: string | null;
  costMicros?: string | null;
  errorCode?: string;
  key?: string;
  filename?: string;
  mode?: string;
}

const moved: Record<IssueStatus, string> = {
  BACKLOG: 'put back',
  TODO: 'readied',
  IN_PROGRESS: 'started on',
  IN_REVIEW: 'handed in',
  BLOCKED: 'marked as blocked',
  DONE: 'finished',
  CANCELLED: 'cancelled',
};

const ended: Partial<Record<RunStatus, { verb: string; tone: Sentence['tone'] }>> = {
  SUCCEEDED: { verb: 'ended', tone: 'ok' },
  FAILED: { verb: 'failed in', tone: 'bad' },
  TIMED_OUT: { verb: 'ran out of time in', tone: 'bad' },
  INTERRUPTED: { verb: 'was interrupted in', tone: 'bad' },
  CANCELLED: { verb: 'was stopped in', tone: 'plain' },
};

const fieldNames: Record<string, string> = {
  assigneeAgentId: 'the assignee of', assigneeId: 'the assignee of', assigneeUserId: 'the assignee of', priority: 'the priority of', title: 'the title of',
  description: 'the description of', projectId: 'the project of', parentId: 'the parent of', labelIds: 'the labels of', labels: 'the labels of', goalId: 'the goal of',
};

/** An error code in words, where it says more than the state does. */
const codeOf = ({ errorCode, status }: Details): string | null => (errorCode && errorCode !== status ? errorCode.toLowerCase().replaceAll('_', ' ') : null);

/** Why a wake came, in words; a reason that a person gave is theirs. */
function because(reason: string | null | undefined): string | null {
  const known: Record<string, string> = {
    issue_assigned: 'assigned to it', issue_commented: 'it has a new comment', issue_blockers_resolved: 'nothing blocks it any more',
    issue_children_completed: 'its parts are done', heartbeat_timer: 'its timer', manual: 'by hand', issue_comment_mentioned: 'a comment names it',
  };
  return reason ? (known[reason] ?? reasonInWords(reason) ?? reason) : null;
}

/** "the title and the priority of" for what was changed. */
function fieldsOf(changed: readonly string[] | undefined): string {
  const names = [...new Set((changed ?? []).map((field) => fieldNames[field]).filter((name) => name !== undefined))];
  return names.length === 1 ? `changed ${names[0]}` : 'changed';
}

/** The name of an action where the board has no words of its own for it. */
export const rawWords = (action: string): string => action.replace('.', ' ');

export function sentenceOf(activity: ActivityLineFragment, prefix: string): Sentence {
  const details = (activity.details ?? {}) as Details;
  const { entity } = activity;
  const issue: Place | null = activity.issue ? { text: activity.issue.identifier, href: paths.issue(activity.issue.identifier) } : null;
  const title = activity.issue?.title ?? null;
  const runOf = (id: string, number: number | undefined): Place => ({ text: number === undefined ? 'a run' : `run ${number}`, href: paths.run(prefix, number ?? id) });
  const agent: Place | null = entity?.__typename === 'Agent' ? { text: entity.name, href: paths.agent(prefix, entity.id) } : null;
  const named: Place | null = details.name || details.title ? { text: details.name ?? details.title ?? '', href: null } : null;
  const by = (verb: string, object: Place | null, tail: string | null = null, at: Place | null = null): Sentence => ({ lead: activity.actor, verb, object, tail, at, tone: 'plain' });

  switch (activity.action) {
    case 'issue.created':
      return by('filed', issue, title);
    case 'issue.updated': {
      if (!details.to || details.from === details.to) return by(fieldsOf(details.changed), issue, title);
      const reopened = (details.from === 'DONE' || details.from === 'CANCELLED') && details.to === 'TODO';
      return { ...by(reopened ? 'reopened' : (moved[details.to as IssueStatus] ?? 'moved'), issue, title), tone: details.to === 'BLOCKED' ? 'bad' : details.to === 'DONE' ? 'ok' : 'plain' };
    }
    case 'issue.checkedOut':
      return by('checked out', issue, title);
    case 'issue.released':
      return by('released', issue, title);
    case 'issue.forceReleased':
      return by('took back', issue, title);
    case 'issue.unlocked':
      return by('freed', issue, 'its run had ended');
    case 'issue.blockersSet':
      return by('changed what blocks', issue, title);
    case 'comment.added':
      return by('commented on', issue, details.preview ?? null);
    case 'run.queued':
    case 'run.started':
    case 'run.finished':
    case 'run.cancelRequested':
      return runSentence(activity, details, runOf(activity.entityId, entity?.__typename === 'Run' ? entity.number : details.number), issue, by);
    case 'agent.created':
      return by('hired', agent ?? named);
    case 'agent.paused':
      return by('paused', agent);
    case 'agent.resumed':
      return by('resumed', agent);
    case 'agent.terminated':
      return by('let go', agent);
    case 'agent.updated':
      return by('changed the settings of', agent);
    case 'agent.woken':
      return by(details.status === 'SKIPPED' ? 'could not wake' : 'woke', entity?.__typename === 'Wakeup' ? { text: entity.agent.name, href: paths.agent(prefix, entity.agent.id) } : agent, details.skipReason ? skipSentence(details.skipReason) : because(details.reason), issue);
    case 'agentKey.created':
      return by('made the key', named);
    case 'agentKey.revoked':
      return by('revoked a key', null);
    case 'cost.reported':
      return by('reported', { text: details.costMicros ? money(details.costMicros) : 'an unpriced use', href: null }, null, issue);
    case 'company.created':
      return by('founded', named);
    case 'company.archived':
      return by('archived the company', null);
    case 'company.updated':
      return by('changed the company', null);
    case 'project.created':
      return by('started the project', { text: details.name ?? 'without name', href: paths.project(prefix, activity.entityId) });
    case 'project.updated':
      return by('changed the project', entity?.__typename === 'Project' ? { text: entity.name, href: paths.project(prefix, entity.id) } : null);
    case 'goal.created':
      return by('set the goal', named);
    case 'goal.updated':
      return by('changed the goal', entity?.__typename === 'Goal' ? { text: entity.title, href: null } : null);
    case 'interaction.created':
      return by(activity.actor.__typename === 'User' ? 'asked a question on' : 'asked the board on', issue, title);
    case 'interaction.accepted':
    case 'interaction.rejected':
    case 'interaction.answered':
      return by(`${activity.action.slice('interaction.'.length)} what was asked on`, issue, title);
    case 'interaction.cancelled':
      return by('withdrew what was asked on', issue, title);
    case 'interaction.expired':
      return by('overtook what was asked on', issue, details.reason?.replaceAll('_', ' ') ?? null);
    case 'document.created':
    case 'document.updated':
      return by('wrote', { text: details.key ?? 'a document', href: null }, details.number ? `revision ${details.number}` : null, issue);
    case 'document.restored':
    case 'document.locked':
    case 'document.unlocked':
    case 'document.deleted':
      return by(activity.action.slice('document.'.length), { text: details.key ?? 'a document', href: null }, null, issue);
    case 'attachment.uploaded':
      return by('attached', { text: details.filename ?? 'a file', href: null }, null, issue);
    case 'attachment.deleted':
      return by('removed', { text: details.filename ?? 'a file', href: null }, null, issue);
    case 'subtree.held':
      return by(details.mode === 'CANCEL' ? 'called off' : 'held', issue, 'and all below it');
    case 'subtree.released':
      return by(details.mode === 'CANCEL' ? 'lifted the cancellation of' : 'let go on', issue, title);
    case 'recovery.opened':
      return { ...by('found stuck', issue, title), tone: 'bad' };
    case 'recovery.escalated':
      return by('handed up to the board', issue, title);
    case 'recovery.resolved':
      return by('resolved the recovery of', issue, title);
    case 'plan.decomposed':
      return by('filed all parts of', issue, title);
    case 'label.created':
      return by('made the label', named);
    default: {
      const said = moneySentence(activity.action, activity.details, prefix);
      if (said) return { ...by(said.verb, said.object, said.tail, issue), tone: said.tone };
      // What a newer server records, before this page is loaded anew, still shows: in the log's own words.
      return governanceSentence(activity, prefix) ?? workSentence(activity, prefix) ?? by(rawWords(activity.action), issue ?? agent ?? named);
    }
  }
}

/** A run is told from its agent's side, whoever or whatever caused it. */
function runSentence(
  activity: ActivityLineFragment,
  details: Details,
  run: Place,
  issue: Place | null,
  by: (verb: string, object: Place | null, tail?: string | null, at?: Place | null) => Sentence,
): Sentence {
  const agent = activity.entity?.__typename === 'Run' ? { ...activity.entity.agent, status: 'IDLE' as const, __typename: 'Agent' as const } : activity.actor;
  if (activity.action === 'run.cancelRequested') return by('asked to stop', run, details.reason ?? null, issue);
  if (activity.action === 'run.queued') return { ...by('waits with', run, because(details.reason), issue), lead: agent };
  if (activity.action === 'run.started') return { ...by('began', run, null, issue), lead: agent };
  const end = ended[details.status as RunStatus];
  return { ...by(end?.verb ?? 'ended', run, codeOf(details), issue), lead: agent, tone: end?.tone ?? 'plain' };
}
