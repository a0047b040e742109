import { paths } from '../../app/company.ts';
import { dayTimeOf, plural, words as capital } from '../../ui/format.ts';
import type { ActivityLineFragment } from '../../graphql/generated/graphql.ts';
import type { Place, Sentence } from './sentence.ts';

interface Details {
  attempt?: number;
  childCount?: number;
  day?: string;
  error?: string;
  former?: string;
  isLast?: boolean;
  key?: string;
  mode?: string | null;
  name?: string;
  nextCheckAt?: string;
  number?: number;
  outcome?: string;
  preview?: string;
  quote?: string;
  quietUntil?: string | null;
  runId?: string;
  stages?: string[];
  stageType?: string;
  status?: string;
  title?: string;
  verdict?: string;
}

const words = (value: string): string => capital(value).toLowerCase();

const verdicts: Record<string, string> = { SNOOZE: 'will look later at', CONTINUE: 'let go on', DISMISSED_FALSE_POSITIVE: 'saw nothing amiss with' };

const phases: Record<string, { did: string; could: string }> = {
  'workspace.prepared': { did: 'prepared the workspace of', could: 'could not prepare the workspace of' },
  'workspace.provisioned': { did: 'set up the workspace of', could: 'could not set up the workspace of' },
  'workspace.finalized': { did: 'finalized the workspace of', could: 'could not finalize the workspace of' },
};

/** How work is kept moving, in words: monitors, who must agree, plans, workspaces, silent runs, threads, results. Null for all else. */
export function workSentence(activity: ActivityLineFragment, prefix: string): Sentence | null {
  const details = (activity.details ?? {}) as Details;
  const { entity } = activity;
  const issue: Place | null = activity.issue ? { text: activity.issue.identifier, href: paths.issue(activity.issue.identifier) } : null;
  const title = activity.issue?.title ?? null;
  const by = (verb: string, object: Place | null, tail: string | null = null, more: Partial<Sentence> = {}): Sentence => ({ lead: activity.actor, verb, object, tail, at: null, tone: 'plain', ...more });
  const named: Place | null = details.name || details.title ? { text: details.name ?? details.title ?? '', href: null } : null;

  switch (activity.action) {
    case 'issue.monitorSet':
      return by('set when to look again at', issue, details.nextCheckAt ? `for ${dayTimeOf(details.nextCheckAt)}` : title);
    case 'issue.monitorCleared':
      return by('called off looking again at', issue, title);
    case 'issue.monitorFired':
      return by('called for another look at', issue, details.isLast ? 'for the last time' : title);
    case 'issue.policySet':
      return details.stages?.length === 0 ? by('asks nobody any more to agree on', issue, title) : by('set who must agree on', issue, details.stages?.map(words).join(', ') ?? title);
    case 'issue.submitted':
      return by(details.stageType === 'APPROVAL' ? 'handed in for approval' : 'handed in for review', issue, title);
    case 'issue.stageDecided':
      if (details.outcome === 'CHANGES_REQUESTED') return by('wants changes to', issue, title);
      return by(details.stageType === 'APPROVAL' ? 'approved' : 'reviewed', issue, title, { tone: 'ok' });
    case 'plan.claimed':
      return by('began to file the parts of', issue, details.childCount === undefined ? title : plural(details.childCount, 'part'));
    case 'plan.takenOver':
      return by('took over filing the parts of', issue, title);
    case 'plan.childMade':
      return by('filed a part of', issue, details.number === undefined ? title : `${prefix}-${details.number}`);
    case 'workspace.created':
      return by('chose a workspace for', issue, details.mode ? words(details.mode) : null);
    case 'workspace.prepared':
    case 'workspace.provisioned':
    case 'workspace.finalized': {
      const phase = phases[activity.action];
      return details.status === 'FAILED' ? by(phase?.could ?? '', issue, details.error ?? null, { tone: 'bad' }) : by(phase?.did ?? '', issue, title);
    }
    case 'workspace.finalizeAsked':
      return by('asked to finalize again the workspace of', issue, title);
    case 'project.workspaceSet': {
      const project: Place = { text: entity?.__typename === 'Project' ? entity.name : 'a project', href: paths.project(prefix, activity.entityId) };
      return details.mode ? by('set where work is done in', project, words(details.mode)) : by('took away the workspace of', project);
    }
    case 'watchdog.decided':
      return by(verdicts[details.verdict ?? ''] ?? 'decided about', { text: 'a silent run', href: details.runId ? paths.run(prefix, details.runId) : null }, details.quietUntil ? `until ${dayTimeOf(details.quietUntil)}` : null, { at: issue });
    case 'agent.misconfigured':
      return by('could not start', entity?.__typename === 'Agent' ? { text: entity.name, href: paths.agent(prefix, entity.id) } : { text: 'an agent', href: null }, 'its settings are incomplete', { tone: 'bad' });
    case 'cost.repaired':
      return by('added up anew', { text: details.day ? `the costs of ${details.day}` : 'the costs', href: paths.costs(prefix) });
    case 'annotation.created':
      return by('opened a thread in', { text: details.key ?? 'a document', href: null }, details.quote ?? null, { at: issue });
    case 'annotation.commented':
      return by('said in a thread on', issue, details.preview ?? null);
    case 'annotation.resolved':
      return by('resolved a thread on', issue, title);
    case 'annotation.reopened':
      return by('reopened a thread on', issue, title);
    case 'workProduct.created':
      return by('handed over', named ?? { text: 'a result', href: null }, null, { at: issue });
    case 'workProduct.updated':
      return by('changed a result of', issue, title);
    case 'label.updated':
      return by('changed the label', named, details.former && details.former !== details.name ? `before: ${details.former}` : null);
    case 'label.deleted':
      return by('deleted the label', named);
    case 'inbox.read':
      return by('noted what was read in the inbox', null);
    case 'inbox.archived':
      return by('tidied the inbox', null);
    default:
      return null;
  }
}
