import type { AgentPermission } from '../../prisma/generated/enums.ts';

/** A finer rule that a command holds its caller to. What each means is in LIMITS; a test breaks each of them in each mutation. */
export type Limit =
  | 'ASKED' | 'ASSIGNABLE' | 'CHECKOUT' | 'DIRECTS' | 'FILED_BY_IT' | 'NOT_ITS_WORK' | 'OWN_RUN' | 'PARTICIPANT' | 'REASSIGN' | 'RECOVERY_OWNER' | 'SELF' | 'SELF_OR_BELOW' | 'ITS_OWN' | 'ITS_WORK'
  | 'BELOW' | 'CEO_ONLY' | 'MANAGER_BELOW' | 'MOVES' | 'NO_CEO' | 'SET_ABOVE' | 'SPENT_ON' | 'STRATEGY' | 'WITHIN_ITS_OWN';

export interface LimitText {
  says: string;
  /** What one gets who breaks it; CONFLICT: told as data, as a member of the result's union. */
  refusal: 'FORBIDDEN' | 'RULE_VIOLATION' | 'CONFLICT';
  /** The grants that lift it. */
  liftedBy: readonly AgentPermission[];
}

export const LIMITS: Record<Limit, LimitText> = {
  ASKED: { says: 'only the agent that was asked to look', refusal: 'FORBIDDEN', liftedBy: [] },
  ASSIGNABLE: { says: 'new work goes to the agent itself, to those who report to it and to its own manager', refusal: 'FORBIDDEN', liftedBy: ['TASKS_ASSIGN', 'TASKS_ASSIGN_SCOPE'] },
  BELOW: { says: 'only for agents that report to it, directly or through others', refusal: 'FORBIDDEN', liftedBy: [] },
  CEO_ONLY: { says: 'a strategy only by an agent with the role CEO', refusal: 'FORBIDDEN', liftedBy: [] },
  CHECKOUT: { says: 'not while a run of another agent has the issue checked out, unless that agent reports to it', refusal: 'CONFLICT', liftedBy: ['TASKS_MANAGE_ACTIVE_CHECKOUTS'] },
  DIRECTS: { says: 'only its own work, what nobody has, that of agents who report to it, and what it filed', refusal: 'FORBIDDEN', liftedBy: [] },
  FILED_BY_IT: { says: 'only what it asked itself', refusal: 'FORBIDDEN', liftedBy: [] },
  ITS_OWN: { says: 'only what it made itself', refusal: 'FORBIDDEN', liftedBy: [] },
  ITS_WORK: { says: 'only its own work, and while a run has it checked out only that run', refusal: 'CONFLICT', liftedBy: [] },
  MANAGER_BELOW: { says: 'the manager is the agent itself or one that reports to it', refusal: 'FORBIDDEN', liftedBy: [] },
  MOVES: { says: 'into another project only its own work, what nobody has, that of agents who report to it, and what it filed', refusal: 'FORBIDDEN', liftedBy: ['TASKS_ASSIGN', 'TASKS_ASSIGN_SCOPE'] },
  NO_CEO: { says: 'nobody is made the CEO', refusal: 'FORBIDDEN', liftedBy: [] },
  NOT_ITS_WORK: { says: 'not for its own work, nor where the board or somebody above it has decided', refusal: 'FORBIDDEN', liftedBy: [] },
  OWN_RUN: { says: 'only the run itself', refusal: 'FORBIDDEN', liftedBy: [] },
  PARTICIPANT: { says: 'only the participant of the stage that waits', refusal: 'RULE_VIOLATION', liftedBy: [] },
  REASSIGN: { says: 'of the assignee: it takes what nobody has, and gives its own work up, to nobody, to who filed it or to its manager', refusal: 'FORBIDDEN', liftedBy: ['TASKS_ASSIGN', 'TASKS_ASSIGN_SCOPE'] },
  RECOVERY_OWNER: { says: 'only its owner, and the managers of the agent whose issue it is', refusal: 'FORBIDDEN', liftedBy: [] },
  SELF: { says: 'only for itself', refusal: 'FORBIDDEN', liftedBy: [] },
  SELF_OR_BELOW: { says: 'only itself and agents that report to it', refusal: 'FORBIDDEN', liftedBy: [] },
  SET_ABOVE: { says: 'not what the board or somebody above it has set', refusal: 'FORBIDDEN', liftedBy: [] },
  SPENT_ON: { says: 'for no issue, or for that of its run, its own, one that it had a run for, and what is below those', refusal: 'FORBIDDEN', liftedBy: ['TASKS_ASSIGN', 'TASKS_ASSIGN_SCOPE'] },
  STRATEGY: { says: 'the CEO only drafts until the board has approved its first strategy', refusal: 'RULE_VIOLATION', liftedBy: [] },
  WITHIN_ITS_OWN: { says: 'of agents only, and together no more than its own budget of the same metric and window', refusal: 'RULE_VIOLATION', liftedBy: [] },
};

export interface Permission {
  /** What is done, as it goes on after "may". */
  does: string;
  /** Limited: as the limits say, like everybody. */
  board: 'yes' | 'limited' | 'no';
  /** By a key or a run token; or only by the token of a running run. */
  agent: 'yes' | 'run' | 'no';
  /** Agents need this one besides. */
  grant?: AgentPermission;
  /** What agents are held to besides. */
  limits?: readonly Limit[];
}

const board = (does: string): Permission => ({ does, board: 'yes', agent: 'no' });
const both = (does: string, ...limits: Limit[]): Permission => ({ does, board: 'yes', agent: 'yes', ...(limits.length > 0 ? { limits } : {}) });

/**
 * Who may do what: one row for each mutation of the schema, by its name. It is asked before a command runs (enforce.ts); what
 * depends on rows (grants and limits) the command asks itself, in its transaction. docs/permissions.md is made from it.
 */
export const groups: Record<string, Record<string, Permission>> = {
  Companies: {
    createCompany: board('create companies'),
    updateCompany: board('change the company'),
    archiveCompany: board('archive the company'),
  },
  Agents: {
    createAgent: { ...both('hire agents', 'MANAGER_BELOW', 'NO_CEO', 'STRATEGY'), grant: 'AGENTS_CREATE' },
    updateAgent: { ...both('change agents', 'BELOW', 'MANAGER_BELOW', 'NO_CEO'), grant: 'AGENTS_CONFIGURE' },
    rollbackAgentConfig: { ...both('bring back the settings of agents', 'BELOW', 'MANAGER_BELOW', 'NO_CEO'), grant: 'AGENTS_CONFIGURE' },
    pauseAgent: board('pause agents'),
    resumeAgent: board('resume agents'),
    terminateAgent: board('terminate agents'),
    testAgent: board('test agents'),
    createAgentKey: board('make agent keys'),
    revokeAgentKey: board('revoke agent keys'),
    wakeAgent: both('wake agents', 'SELF_OR_BELOW', 'STRATEGY'),
    setGrant: board('say what an agent may'),
  },
  'Goals and projects': {
    createGoal: both('state goals'),
    updateGoal: both('change goals'),
    createProject: both('start projects'),
    updateProject: both('change projects'),
    setProjectWorkspace: board("say where a project's work is done"),
    retryFinalize: board('have a workspace finalized again'),
  },
  Issues: {
    createIssue: both('file issues', 'ASSIGNABLE', 'STRATEGY'),
    updateIssue: both('change issues', 'CHECKOUT', 'REASSIGN', 'MOVES', 'DIRECTS', 'STRATEGY'),
    checkoutIssue: { does: 'check issues out', board: 'yes', agent: 'run', limits: ['SELF'] },
    releaseIssue: { does: 'release issues (the board uses forceReleaseIssue)', board: 'no', agent: 'yes', limits: ['ITS_WORK'] },
    forceReleaseIssue: board('force a release'),
    setBlockers: both('say what blocks an issue', 'CHECKOUT', 'STRATEGY'),
    addComment: both('comment'),
    createLabel: both('make labels'),
    updateLabel: both('change labels'),
    deleteLabel: board('delete labels'),
    setMonitor: both('have an issue looked at again', 'CHECKOUT', 'DIRECTS'),
    holdSubtree: board('hold work'),
    releaseSubtree: board('release a hold'),
    uploadAttachment: both('attach files', 'CHECKOUT'),
    deleteAttachment: both('delete files', 'ITS_OWN', 'CHECKOUT'),
    createWorkProduct: both('say what came of work', 'CHECKOUT'),
    updateWorkProduct: both('change what came of work', 'CHECKOUT'),
    archiveFromInbox: board('archive from the inbox of the board'),
    markRead: board('mark as read for the board'),
  },
  Documents: {
    putDocument: both('write documents', 'CHECKOUT'),
    restoreDocument: both('restore documents', 'CHECKOUT'),
    lockDocument: board('lock a document'),
    unlockDocument: board('unlock a document'),
    deleteDocument: board('delete a document'),
    createAnnotation: both('remark on documents'),
    replyToAnnotation: both('answer remarks'),
    resolveAnnotation: both('settle remarks'),
    reopenAnnotation: both('reopen remarks'),
  },
  'Questions, plans and policies': {
    createInteraction: both('ask the board', 'CHECKOUT'),
    acceptInteraction: board('accept'),
    rejectInteraction: board('reject'),
    answerInteraction: board('answer'),
    cancelInteraction: both('withdraw what was asked', 'FILED_BY_IT'),
    decomposePlan: both('decompose an accepted plan', 'CHECKOUT', 'DIRECTS', 'ASSIGNABLE', 'STRATEGY'),
    setIssuePolicy: both('say who must look at an issue', 'CHECKOUT', 'NOT_ITS_WORK', 'DIRECTS'),
    decidePolicyStage: { does: 'decide a stage of a policy', board: 'limited', agent: 'yes', limits: ['PARTICIPANT'] },
  },
  'Runs and recovery': {
    cancelRun: both('stop runs', 'SELF_OR_BELOW'),
    completeRun: { does: 'complete a run whose work is done elsewhere', board: 'yes', agent: 'run', limits: ['OWN_RUN'] },
    resolveRecovery: both('resolve recovery actions', 'RECOVERY_OWNER'),
    decideWatchdog: both('decide about silent runs', 'ASKED'),
  },
  Approvals: {
    requestApproval: both('request approvals', 'CEO_ONLY', 'STRATEGY'),
    decideApproval: board('decide approvals'),
    requestApprovalRevision: board('ask for a revision of an approval'),
    resubmitApproval: both('resubmit approvals', 'ITS_OWN'),
    withdrawApproval: both('withdraw approvals', 'ITS_OWN'),
    addApprovalComment: both('comment on approvals'),
    setApprovalIssues: both('say which issues an approval is about', 'ITS_OWN'),
  },
  'Money and limits': {
    reportCost: both('report cost', 'SELF', 'SPENT_ON'),
    setPrice: board('set prices'),
    repairCosts: board('put sums of costs right'),
    setBudget: both('set budgets', 'BELOW', 'SET_ABOVE', 'WITHIN_ITS_OWN'),
    removeBudget: both('remove budgets', 'BELOW', 'SET_ABOVE'),
    resolveBudgetIncident: board('resolve budget incidents'),
    setBreakers: board('set circuit breakers'),
    resetBreaker: board('reset circuit breakers'),
  },
  Notifications: {
    createNotificationTarget: board('create notification targets'),
    updateNotificationTarget: board('change notification targets'),
    removeNotificationTarget: board('remove notification targets'),
    testNotificationTarget: board('test notification targets'),
    rotateNotificationKey: board('rotate notification keys'),
    retryNotificationDelivery: board('retry notification deliveries'),
  },
};

/** The same by the name of the mutation. */
export const permissions: Readonly<Record<string, Permission>> = Object.assign({}, ...Object.values(groups)) as Record<string, Permission>;
