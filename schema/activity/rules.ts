/**
 * Every action that the log can hold, by what it is done to. `recordActivity` takes no other, so that the board's words for
 * them (web/src/features/activity) can be tested against all there are.
 */
export const ACTIONS = [
  'agent.created', 'agent.hired', 'agent.misconfigured', 'agent.paused', 'agent.resumed', 'agent.rolledBack', 'agent.terminated', 'agent.updated', 'agent.woken',
  'agentGrant.removed', 'agentGrant.set',
  'agentKey.created', 'agentKey.revoked',
  'annotation.commented', 'annotation.created', 'annotation.reopened', 'annotation.resolved',
  'approval.approved', 'approval.cancelled', 'approval.commented', 'approval.issuesSet', 'approval.rejected', 'approval.requested', 'approval.resubmitted', 'approval.revisionRequested',
  'attachment.deleted', 'attachment.uploaded',
  'breaker.reset', 'breaker.tripped', 'breakers.set',
  'budget.keptPaused', 'budget.removed', 'budget.resumed', 'budget.set', 'budget.stopped', 'budget.warned',
  'comment.added',
  'company.archived', 'company.created', 'company.strategyApproved', 'company.updated',
  'cost.repaired', 'cost.reported',
  'document.created', 'document.deleted', 'document.locked', 'document.restored', 'document.unlocked', 'document.updated',
  'goal.created', 'goal.updated',
  'inbox.archived', 'inbox.read',
  'interaction.accepted', 'interaction.answered', 'interaction.cancelled', 'interaction.created', 'interaction.expired', 'interaction.rejected',
  'issue.blockersSet', 'issue.checkedOut', 'issue.created', 'issue.forceReleased', 'issue.monitorCleared', 'issue.monitorFired', 'issue.monitorSet', 'issue.policySet',
  'issue.released', 'issue.stageDecided', 'issue.submitted', 'issue.unlocked', 'issue.updated',
  'label.created', 'label.deleted', 'label.updated',
  'notification.delivered', 'notification.failed', 'notification.retried',
  'notificationTarget.created', 'notificationTarget.disabled', 'notificationTarget.keyRotated', 'notificationTarget.removed', 'notificationTarget.tested', 'notificationTarget.updated',
  'plan.childMade', 'plan.claimed', 'plan.decomposed', 'plan.takenOver',
  'price.set',
  'project.created', 'project.updated', 'project.workspaceSet',
  'recovery.escalated', 'recovery.opened', 'recovery.resolved',
  'run.cancelRequested', 'run.finished', 'run.queued', 'run.started',
  'subtree.held', 'subtree.released',
  'watchdog.decided',
  'workProduct.created', 'workProduct.updated',
  'workspace.created', 'workspace.finalizeAsked', 'workspace.finalized', 'workspace.prepared', 'workspace.provisioned',
] as const;

export type Action = (typeof ACTIONS)[number];
