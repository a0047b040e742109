import type { Asked, Resolved } from '../../interaction/reply.ts';
import type { IssueComment, IssueDetail, IssueRun } from './issue.ts';

type Activity = IssueDetail['activity']['nodes'][number];

/** One thing in an issue's thread, in the order of time. */
export type Moment =
  | { readonly kind: 'comment'; readonly key: string; readonly at: string; readonly comment: IssueComment }
  /** A run at work or waiting: a card, at the end. */
  | { readonly kind: 'live'; readonly key: string; readonly at: string; readonly run: IssueRun }
  /** What waits for the board: a card, behind all that was said. */
  | { readonly kind: 'asked'; readonly key: string; readonly at: string; readonly asked: Asked }
  | { readonly kind: 'resolved'; readonly key: string; readonly at: string; readonly asked: Resolved }
  | { readonly kind: 'run'; readonly key: string; readonly at: string; readonly run: IssueRun }
  | { readonly kind: 'notice'; readonly key: string; readonly at: string; readonly activity: Activity; readonly text: string };

/**
 * The thread: what was said, which runs ended, what was decided about the issue. Older notices and runs than the oldest
 * comment shown wait until that is loaded, so that nothing is out of its place.
 */
export function momentsOf(issue: Pick<IssueDetail, 'activity' | 'runs' | 'liveRuns' | 'interactions' | 'pending'>, comments: readonly IssueComment[], moreBefore: boolean): Moment[] {
  const since = moreBefore ? (comments[0]?.createdAt ?? '') : '';
  const live = new Set(issue.liveRuns.map((run) => run.id));
  const past: Moment[] = [
    ...comments.map((comment): Moment => ({ kind: 'comment', key: comment.id, at: comment.createdAt, comment })),
    ...issue.runs.nodes.flatMap((run): Moment[] => (live.has(run.id) || !run.finishedAt ? [] : [{ kind: 'run', key: run.id, at: run.finishedAt, run }])),
    ...issue.interactions.nodes.flatMap((asked): Moment[] => (asked.status === 'PENDING' ? [] : [{ kind: 'resolved', key: asked.id, at: asked.resolvedAt ?? asked.createdAt, asked }])),
    ...issue.activity.nodes.flatMap((activity): Moment[] => {
      const text = noticeOf(activity);
      return text ? [{ kind: 'notice', key: activity.id, at: activity.at, activity, text }] : [];
    }),
  ].filter((moment) => moment.at >= since);
  past.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1));
  const merged = mergeChanges(past);
  const now = [...issue.liveRuns].reverse().map((run): Moment => ({ kind: 'live', key: run.id, at: run.startedAt ?? run.queuedAt, run }));
  const waiting = issue.pending.nodes.flatMap((asked): Moment[] => (asked.status === 'PENDING' ? [{ kind: 'asked', key: asked.id, at: asked.createdAt, asked }] : []));
  return [...merged, ...waiting, ...now];
}

const TOGETHER_MS = 10 * 60_000;

/** Somebody who tidies an issue changes one field after the other: that is one line. */
function mergeChanges(moments: readonly Moment[]): Moment[] {
  const merged: Moment[] = [];
  for (const moment of moments) {
    const last = merged.at(-1);
    if (last?.kind === 'notice' && moment.kind === 'notice' && areTogether(last, moment)) {
      const names = [...new Set([...namesIn(last.text), ...namesIn(moment.text)])];
      merged[merged.length - 1] = { ...last, at: moment.at, text: `${CHANGED}${listed(names)}` };
    } else merged.push(moment);
  }
  return merged;
}

const CHANGED = 'changed the ';

function areTogether(a: Extract<Moment, { kind: 'notice' }>, b: Extract<Moment, { kind: 'notice' }>): boolean {
  return a.text.startsWith(CHANGED) && b.text.startsWith(CHANGED) && a.activity.actor.name === b.activity.actor.name && a.activity.run?.id === b.activity.run?.id && Date.parse(b.at) - Date.parse(a.at) < TOGETHER_MS;
}

const namesIn = (text: string): string[] => text.slice(CHANGED.length).split(/, | and /);

const listed = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

const statuses: Record<string, string> = {
  BACKLOG: 'put it back in backlog',
  TODO: 'moved it to todo',
  IN_PROGRESS: 'started it',
  IN_REVIEW: 'handed it in for review',
  BLOCKED: 'marked it blocked',
  DONE: 'finished it',
  CANCELLED: 'cancelled it',
};

const fields: Record<string, string> = {
  title: 'title', description: 'description', priority: 'priority', assigneeId: 'assignee', assigneeUserId: 'assignee', projectId: 'project',
  parentId: 'parent', goalId: 'goal', labelIds: 'labels', labels: 'labels', billingCode: 'billing code',
};

/** What somebody did to the issue, after their name; null for what its own line already tells. */
export function noticeOf(activity: Pick<Activity, 'action' | 'details'>): string | null {
  const details = (activity.details ?? {}) as { from?: string; to?: string; changed?: string[]; key?: string; number?: number; filename?: string; mode?: string; outcome?: string; stages?: string[]; stageType?: string };
  switch (activity.action) {
    case 'issue.created':
      return 'filed it';
    case 'issue.checkedOut':
      return 'checked it out';
    case 'issue.released':
      return 'released it';
    case 'issue.forceReleased':
      return 'took its lock away';
    case 'issue.unlocked':
      return 'freed it: its run had ended';
    case 'issue.blockersSet':
      return `${CHANGED}blockers`;
    case 'issue.updated': {
      const reopened = (details.from === 'DONE' || details.from === 'CANCELLED') && details.to === 'TODO';
      if (reopened) return 'reopened it';
      if (details.to && details.to !== details.from) return statuses[details.to] ?? `moved it to ${details.to.toLowerCase()}`;
      const names = [...new Set((details.changed ?? []).flatMap((name) => fields[name] ?? []))];
      return names.length > 0 ? `${CHANGED}${listed(names)}` : 'changed it';
    }
    case 'document.created':
      return `wrote ${details.key ?? 'a document'}`;
    case 'document.updated':
      return `wrote revision ${details.number ?? ''} of ${details.key ?? 'a document'}`;
    case 'document.restored':
      return `brought back an earlier ${details.key ?? 'document'}`;
    case 'document.locked':
      return `locked ${details.key ?? 'a document'}`;
    case 'document.unlocked':
      return `unlocked ${details.key ?? 'a document'}`;
    case 'document.deleted':
      return `deleted ${details.key ?? 'a document'}`;
    case 'attachment.uploaded':
      return `attached ${details.filename ?? 'a file'}`;
    case 'attachment.deleted':
      return `removed ${details.filename ?? 'a file'}`;
    case 'subtree.held':
      return details.mode === 'CANCEL' ? 'called off this and all below it' : 'held this and all below it';
    case 'subtree.released':
      return details.mode === 'CANCEL' ? 'lifted the cancellation' : 'let it go on';
    case 'recovery.opened':
      return 'saw that nothing moves it';
    case 'recovery.escalated':
      return 'handed its recovery up to the board';
    case 'recovery.resolved':
      return 'resolved its recovery';
    case 'plan.decomposed':
      return 'filed all sub-issues of the plan';
    case 'plan.takenOver':
      return 'took over filing the sub-issues of the plan';
    case 'issue.monitorSet':
      return 'set when to look again';
    case 'issue.monitorCleared':
      return 'called off looking again';
    case 'issue.monitorFired':
      return 'called for another look';
    case 'issue.policySet':
      return details.stages?.length === 0 ? 'asks nobody any more to agree' : 'set who must agree';
    case 'issue.submitted':
      return details.stageType === 'APPROVAL' ? 'handed it in for approval' : 'handed it in for review';
    case 'issue.stageDecided':
      return details.outcome === 'CHANGES_REQUESTED' ? 'wants changes' : details.stageType === 'APPROVAL' ? 'approved it' : 'reviewed it';
    case 'watchdog.decided':
      return 'decided about its silent run';
    case 'workspace.finalizeAsked':
      return 'asked to finalize its workspace again';
    default:
      return null;
  }
}
