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
  'issue.*', 'label.*', 'subtree.*', 'document.*', 'annotation.*', 'attachment.*', 'workProduct.*', 'workspace.*', 'plan.*', 'recovery.*', 'watchdog.*',
];
const runActions = ['run.started', 'run.finished', 'run.cancelRequested'];
const agentActions = ['agent.*', 'agentKey.*', 'agentGrant.*'];
const governanceActions = [
  'approval.*', 'agent.hired', 'agent.rolledBack', 'company.strategyApproved', 'budget.*', 'breaker.*', 'breakers.*', 'agentGrant.*', 'price.*', 'notificationTarget.*', 'notification.*',
];
const companyActions = ['company.*', 'project.*', 'goal.*', 'cost.*', 'budget.*', 'price.*'];

/** The actions of a kind; undefined asks for everything. */
export function actionsOf(kind: Kind): string[] | undefined {
  switch (kind) {
    case 'all':
      return undefined;
    case 'issues':
      return issueActions;
    case 'asked':
      return ['interaction.*'];
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
  'agent.terminated', 'agent.hired', 'approval.requested', 'approval.approved', 'approval.rejected', 'budget.stopped', 'budget.resumed', 'breaker.tripped', 'breaker.reset', 'project.created', 'goal.created', 'company.created', 'budget.set', 'budget.warned',
];
