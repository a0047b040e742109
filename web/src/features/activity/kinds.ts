/** What one filters the log by: kinds of events that people tell apart. */
export type Kind = 'all' | 'issues' | 'asked' | 'comments' | 'runs' | 'agents' | 'governance' | 'company';

export const kindNames: readonly (readonly [Kind, string])[] = [
  ['all', 'All'],
  ['issues', 'Issues'],
  ['asked', 'Asked'],
  ['comments', 'Comments'],
  ['runs', 'Runs'],
  ['agents', 'Agents'],
  ['governance', 'Governance'],
  ['company', 'Company'],
];

const issueActions = [
  'issue.created', 'issue.updated', 'issue.checkedOut', 'issue.released', 'issue.forceReleased', 'issue.blockersSet', 'label.created', 'subtree.held', 'subtree.released',
  'document.created', 'document.updated', 'document.restored', 'attachment.uploaded', 'recovery.opened', 'recovery.resolved', 'plan.decomposed',
];
const askedActions = ['interaction.created', 'interaction.accepted', 'interaction.rejected', 'interaction.answered', 'interaction.cancelled', 'interaction.expired'];
const runActions = ['run.started', 'run.finished', 'run.cancelRequested'];
const agentActions = ['agent.created', 'agent.updated', 'agent.paused', 'agent.resumed', 'agent.terminated', 'agent.woken', 'agent.hired', 'agent.rolledBack', 'agentKey.created', 'agentKey.revoked'];
const governanceActions = [
  'approval.*', 'agent.hired', 'agent.rolledBack', 'company.strategyApproved', 'budget.*', 'breaker.*', 'breakers.*', 'agentGrant.*', 'price.*', 'notificationTarget.*', 'notification.*',
];
const companyActions = [
  'company.created', 'company.updated', 'company.archived', 'project.created', 'project.updated', 'goal.created', 'goal.updated', 'cost.reported',
  'budget.set', 'budget.removed', 'budget.warned', 'budget.stopped', 'budget.keptPaused', 'budget.resumed', 'price.set',
];

/** The actions of a kind; undefined asks for everything. */
export function actionsOf(kind: Kind): string[] | undefined {
  switch (kind) {
    case 'all':
      return undefined;
    case 'issues':
      return issueActions;
    case 'asked':
      return askedActions;
    case 'comments':
      return ['comment.added'];
    case 'runs':
      return runActions;
    case 'agents':
      return agentActions;
    case 'governance':
      return governanceActions;
    case 'company':
      return companyActions;
  }
}

/** What a glance at the dashboard should hold: decisions and results, not the engine's bookkeeping. */
export const headlineActions: string[] = [
  'issue.created', 'issue.updated', 'issue.checkedOut', 'issue.forceReleased', 'comment.added', 'run.finished', 'agent.created', 'agent.paused', 'agent.resumed',
  'agent.terminated', 'agent.hired', 'approval.requested', 'approval.approved', 'approval.rejected', 'budget.stopped', 'budget.resumed', 'breaker.tripped', 'breaker.reset', 'project.created', 'goal.created', 'company.created', 'budget.set', 'budget.warned', 'budget.stopped', 'budget.resumed',
];
