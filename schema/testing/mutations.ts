import { write } from '../../prisma/transaction.ts';
import { permissions } from '../access/permission-table.ts';
import type { Principal } from '../access/principal.ts';
import { pauseAgent } from '../agent/commands.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { BOARD, type TestBoardroom } from './boardroom.ts';
import { accessCases } from './cases/access.ts';
import { approvalCases } from './cases/approval.ts';
import { breakerCases } from './cases/breaker.ts';
import { costCases } from './cases/cost.ts';
import { documentCases } from './cases/document.ts';
import { attachmentCases } from './cases/attachment.ts';
import { budgetCases } from './cases/budget.ts';
import { holdCases } from './cases/hold.ts';
import { inboxCases } from './cases/inbox.ts';
import { monitorCases } from './cases/monitor.ts';
import { labelCases } from './cases/label.ts';
import { workProductCases } from './cases/work-product.ts';
import { workspaceCases } from './cases/workspace.ts';
import { notificationCases } from './cases/notification.ts';
import type { Furnished } from './company.ts';
import { interactionCases } from './cases/interaction.ts';
import { recoveryCases } from './cases/recovery.ts';
import { planCases } from './cases/plan.ts';
import { policyCases } from './cases/policy.ts';
import { keyOf, tokenOf } from './runs.ts';

export interface MutationCase {
  /** Which agent may do it with this input; the engineer where absent. NOBODY: the input is within the limits of no agent. */
  agent?: 'ceo' | 'nobody';
  /** Brings the company into a state in which the mutation changes something. */
  prepare?(boardroom: TestBoardroom, rows: Furnished): Promise<unknown>;
  input(rows: Furnished): Record<string, unknown>;
  /** What it leaves in the activity log; none where it changes nothing. */
  records: string[];
  /** In how many transactions, where one would not do. */
  transactions?: number;
}

const checkedOut = ({ db }: TestBoardroom, rows: Furnished) => write(db, (tx) => checkoutIssue(tx, tokenOf(rows.running), { issueId: rows.issue.id }));

/** One case for each mutation of the schema, by its name: a test fails where one is missing. */
export const mutationCases: Record<string, MutationCase> = {
  createCompany: { input: () => ({ name: 'Another' }), records: ['company.created'] },
  updateCompany: { input: ({ company }) => ({ companyId: company.id, name: 'Changed' }), records: ['company.updated'] },
  archiveCompany: {
    input: ({ company }) => ({ companyId: company.id }), records: ['agent.paused', 'agent.paused', 'agent.paused', 'company.archived', 'run.cancelRequested', 'run.finished'],
  },
  createAgent: {
    input: ({ company }) => ({ companyId: company.id, name: 'New', adapterType: 'process', adapterConfig: { command: 'true' } }), records: ['agent.created'],
  },
  updateAgent: { agent: 'ceo', input: ({ engineer }) => ({ agentId: engineer.id, title: 'Changed' }), records: ['agent.updated'] },
  pauseAgent: { input: ({ engineer }) => ({ agentId: engineer.id }), records: ['agent.paused', 'run.cancelRequested'] },
  resumeAgent: {
    prepare: ({ db }, { engineer }) => write(db, (tx) => pauseAgent(tx, BOARD, { agentId: engineer.id })),
    input: ({ engineer }) => ({ agentId: engineer.id }), records: ['agent.resumed'],
  },
  terminateAgent: { input: ({ engineer }) => ({ agentId: engineer.id }), records: ['agent.terminated', 'run.cancelRequested'] },
  createAgentKey: { input: ({ engineer }) => ({ agentId: engineer.id, name: 'New' }), records: ['agentKey.created'] },
  revokeAgentKey: { input: ({ agentKey }) => ({ agentKeyId: agentKey.id }), records: ['agentKey.revoked'] },
  testAgent: { input: ({ company, engineer }) => ({ companyId: company.id, agentId: engineer.id }), records: [] },
  createGoal: { input: ({ company, goal }) => ({ companyId: company.id, title: 'New', parentId: goal.id }), records: ['goal.created'] },
  updateGoal: { input: ({ goal }) => ({ goalId: goal.id, status: 'ACTIVE' }), records: ['goal.updated'] },
  createProject: { input: ({ company, goal }) => ({ companyId: company.id, name: 'New', goalId: goal.id }), records: ['project.created'] },
  updateProject: { input: ({ project }) => ({ projectId: project.id, archived: true }), records: ['project.updated'] },
  createIssue: {
    input: ({ company, engineer, label, blocker }) => ({ companyId: company.id, title: 'New', assigneeId: engineer.id, labelIds: [label.id], blockedByIds: [blocker.id] }),
    records: ['agent.woken', 'issue.created'],
  },
  updateIssue: { input: ({ issue }) => ({ issueId: issue.id, title: 'Changed', comment: 'Why' }), records: ['comment.added', 'issue.updated'] },
  checkoutIssue: { input: ({ issue, engineer }) => ({ issueId: issue.id, agentId: engineer.id }), records: ['issue.checkedOut'] },
  releaseIssue: { prepare: checkedOut, input: ({ issue }) => ({ issueId: issue.id }), records: ['issue.released'] },
  forceReleaseIssue: { prepare: checkedOut, input: ({ issue }) => ({ issueId: issue.id }), records: ['issue.forceReleased'] },
  setBlockers: { input: ({ issue, blocker }) => ({ issueId: issue.id, blockedByIds: [blocker.id] }), records: ['issue.blockersSet'] },
  addComment: { input: ({ issue }) => ({ issueId: issue.id, body: 'New' }), records: ['comment.added'] },
  ...accessCases,
  ...attachmentCases,
  ...inboxCases,
  ...labelCases,
  ...workProductCases,
  ...workspaceCases,
  wakeAgent: { input: ({ engineer }) => ({ agentId: engineer.id }), records: ['agent.woken', 'run.queued'] },
  cancelRun: { input: ({ running }) => ({ runId: running.id }), records: ['run.cancelRequested'] },
  completeRun: { input: ({ running }) => ({ runId: running.id, outcome: 'SUCCEEDED', usage: { inputTokens: '1', outputTokens: '2' } }), records: ['cost.reported', 'run.finished'] },
  ...costCases,
  ...interactionCases,
  ...approvalCases,
  ...breakerCases,
  ...recoveryCases,
  ...planCases,
  ...policyCases,
  ...holdCases,
  ...budgetCases,
  ...monitorCases,
  ...documentCases,
  ...notificationCases,
};

/** As whom a case succeeds: the board where it may, else the agent that may. */
export function whoMay(name: string, rows: Furnished): Principal {
  const permission = permissions[name];
  if (permission?.board === 'yes') return BOARD;
  if (mutationCases[name]?.agent === 'ceo') return keyOf(rows.ceo);
  return tokenOf(rows.running);
}
