import { paths } from '../../app/company.ts';
import type { ActivityLineFragment } from '../../graphql/generated/graphql.ts';
import type { Place, Sentence } from './sentence.ts';

interface Details {
  title?: string;
  name?: string;
  target?: string;
  preview?: string;
  permission?: string;
  to?: number | string;
}

/** What approvals, limits, permissions and notifications did, as verbs; their object is found by `placeOf`. */
const verbs: Record<string, string> = {
  'approval.requested': 'asked the board for', 'approval.resubmitted': 'asked again for', 'approval.approved': 'approved', 'approval.rejected': 'rejected',
  'approval.revisionRequested': 'wants another version of', 'approval.cancelled': 'withdrew', 'approval.commented': 'commented on', 'approval.issuesSet': 'changed the issues of',
  'agent.hired': 'approved the hire of', 'agent.rolledBack': 'rolled back the settings of', 'company.strategyApproved': 'approved the first strategy of the company',
  'breaker.tripped': 'tripped the circuit breaker of', 'breaker.reset': 'reset the circuit breaker of', 'breakers.set': 'changed the circuit breakers of',
  'agentGrant.set': 'gave a permission to', 'agentGrant.removed': 'took a permission from',
  'notificationTarget.created': 'added the notification target', 'notificationTarget.updated': 'changed the notification target', 'notificationTarget.removed': 'removed the notification target',
  'notificationTarget.keyRotated': 'replaced the signing key of', 'notificationTarget.tested': 'sent a test to', 'notificationTarget.disabled': 'switched off', 'notification.retried': 'sent again to', 'notification.delivered': 'told', 'notification.failed': 'gave up a message to',
};

const loud = new Set(['breaker.tripped', 'approval.rejected', 'notificationTarget.disabled', 'notification.failed']);
const good = new Set(['approval.approved', 'agent.hired', 'breaker.reset', 'company.strategyApproved']);

/** Null where it is about something else. */
export function governanceSentence(activity: ActivityLineFragment, prefix: string): Sentence | null {
  const verb = activity.action === 'approval.requested' && activity.actor.__typename === 'User' ? 'asked for' : verbs[activity.action];
  if (!verb) return null;
  const details = (activity.details ?? {}) as Details;
  return {
    lead: activity.actor,
    verb,
    object: placeOf(activity, details, prefix),
    tail: tailOf(activity.action, details),
    at: null,
    tone: loud.has(activity.action) ? 'bad' : good.has(activity.action) ? 'ok' : 'plain',
  };
}

function placeOf({ action, entity, entityId, entityType }: ActivityLineFragment, details: Details, prefix: string): Place | null {
  const agent = (it: { id: string; name: string }): Place => ({ text: it.name, href: paths.agent(prefix, it.id) });
  if (entity?.__typename === 'Agent') return agent(entity);
  if (entity?.__typename === 'BreakerTrip' || entity?.__typename === 'AgentGrant' || entity?.__typename === 'AgentRevision') return agent(entity.agent);
  if (entity?.__typename === 'ApprovalComment') return { text: entity.approval.title, href: paths.approval(prefix, entity.approval.id) };
  if (entityType === 'approval') return { text: (entity?.__typename === 'Approval' ? entity.title : details.title) ?? 'an approval', href: paths.approval(prefix, entityId) };
  if (action === 'breakers.set') return { text: 'the company', href: `${paths.settings(prefix)}?view=limits` };
  if (action === 'company.strategyApproved') return null;
  const name = details.target ?? details.name;
  return name ? { text: name, href: entityType.startsWith('notification') ? `${paths.settings(prefix)}?view=notifications` : null } : null;
}

function tailOf(action: string, details: Details): string | null {
  if (action.startsWith('agentGrant.')) return details.permission?.toLowerCase().replaceAll('_', ' ') ?? null;
  if (action === 'agent.rolledBack') return details.to === undefined ? null : `to change ${details.to}`;
  return details.preview ?? null;
}
