import { write } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { pauseAgent } from '../agent/commands.ts';
import { checkoutIssue } from '../issue/commands/checkout-issue.ts';
import { BOARD, type TestBoardroom } from './boardroom.ts';
import { documentCases } from './cases/document.ts';
import { attachmentCases } from './cases/attachment.ts';
import { holdCases } from './cases/hold.ts';
import { inboxCases } from './cases/inbox.ts';
import { monitorCases } from './cases/monitor.ts';
import { labelCases } from './cases/label.ts';
import { workProductCases } from './cases/work-product.ts';
import { workspaceCases } from './cases/workspace.ts';
import type { Furnished } from './company.ts';
import { interactionCases } from './cases/interaction.ts';
import { recoveryCases } from './cases/recovery.ts';
import { planCases } from './cases/plan.ts';
import { policyCases } from './cases/policy.ts';
import { keyOf, tokenOf } from './runs.ts';

export interface MutationCase {
  /** The board alone; the board and agents; only a running run; or only the CEO, whom the rows name. */
  who: 'board' | 'anyone' | 'run' | 'ceo';
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
  createCompany: { who: 'board', input: () => ({ name: 'Another' }), records: ['company.created'] },
  updateCompany: { who: 'board', input: ({ company }) => ({ companyId: company.id, name: 'Changed' }), records: ['company.updated'] },
  archiveCompany: {
    who: 'board', input: ({ company }) => ({ companyId: company.id }), records: ['agent.paused', 'agent.paused', 'agent.paused', 'company.archived', 'run.cancelRequested', 'run.finished'],
  },
  createAgent: {
    who: 'board', input: ({ company }) => ({ companyId: company.id, name: 'New', adapterType: 'process', adapterConfig: { command: 'true' } }), records: ['agent.created'],
  },
  updateAgent: { who: 'board', input: ({ engineer }) => ({ agentId: engineer.id, title: 'Changed' }), records: ['agent.updated'] },
  pauseAgent: { who: 'board', input: ({ engineer }) => ({ agentId: engineer.id }), records: ['agent.paused', 'run.cancelRequested'] },
  resumeAgent: {
    who: 'board', prepare: ({ db }, { engineer }) => write(db, (tx) => pauseAgent(tx, BOARD, { agentId: engineer.id })),
    input: ({ engineer }) => ({ agentId: engineer.id }), records: ['agent.resumed'],
  },
  terminateAgent: { who: 'board', input: ({ engineer }) => ({ agentId: engineer.id }), records: ['agent.terminated', 'run.cancelRequested'] },
  createAgentKey: { who: 'board', input: ({ engineer }) => ({ agentId: engineer.id, name: 'New' }), records: ['agentKey.created'] },
  revokeAgentKey: { who: 'board', input: ({ agentKey }) => ({ agentKeyId: agentKey.id }), records: ['agentKey.revoked'] },
  testAgent: { who: 'board', input: ({ company, engineer }) => ({ companyId: company.id, agentId: engineer.id }), records: [] },
  createGoal: { who: 'anyone', input: ({ company, goal }) => ({ companyId: company.id, title: 'New', parentId: goal.id }), records: ['goal.created'] },
  updateGoal: { who: 'anyone', input: ({ goal }) => ({ goalId: goal.id, status: 'ACTIVE' }), records: ['goal.updated'] },
  createProject: { who: 'anyone', input: ({ company, goal }) => ({ companyId: company.id, name: 'New', goalId: goal.id }), records: ['project.created'] },
  updateProject: { who: 'anyone', input: ({ project }) => ({ projectId: project.id, archived: true }), records: ['project.updated'] },
  createIssue: {
    who: 'anyone', input: ({ company, engineer, label, blocker }) => ({ companyId: company.id, title: 'New', assigneeId: engineer.id, labelIds: [label.id], blockedByIds: [blocker.id] }),
    records: ['agent.woken', 'issue.created'],
  },
  updateIssue: { who: 'anyone', input: ({ issue }) => ({ issueId: issue.id, title: 'Changed', comment: 'Why' }), records: ['comment.added', 'issue.updated'] },
  checkoutIssue: { who: 'run', input: ({ issue }) => ({ issueId: issue.id }), records: ['issue.checkedOut'] },
  releaseIssue: { who: 'run', prepare: checkedOut, input: ({ issue }) => ({ issueId: issue.id }), records: ['issue.released'] },
  forceReleaseIssue: { who: 'board', prepare: checkedOut, input: ({ issue }) => ({ issueId: issue.id }), records: ['issue.forceReleased'] },
  setBlockers: { who: 'anyone', input: ({ issue, blocker }) => ({ issueId: issue.id, blockedByIds: [blocker.id] }), records: ['issue.blockersSet'] },
  addComment: { who: 'anyone', input: ({ issue }) => ({ issueId: issue.id, body: 'New' }), records: ['comment.added'] },
  ...attachmentCases,
  ...inboxCases,
  ...labelCases,
  ...workProductCases,
  ...workspaceCases,
  wakeAgent: { who: 'anyone', input: ({ engineer }) => ({ agentId: engineer.id }), records: ['agent.woken', 'run.queued'] },
  cancelRun: { who: 'anyone', input: ({ running }) => ({ runId: running.id }), records: ['run.cancelRequested'] },
  completeRun: { who: 'run', input: () => ({ outcome: 'SUCCEEDED', usage: { inputTokens: '1', outputTokens: '2' } }), records: ['cost.reported', 'run.finished'] },
  reportCost: { who: 'anyone', input: ({ engineer }) => ({ agentId: engineer.id, provider: 'p', model: 'm', costMicros: '1' }), records: ['cost.reported'] },
  ...interactionCases,
  ...recoveryCases,
  ...planCases,
  ...policyCases,
  ...holdCases,
  ...monitorCases,
  ...documentCases,
};

/** As whom a case succeeds. */
export function whoMay(mutation: MutationCase, rows: Furnished): Principal {
  if (mutation.who === 'ceo') return keyOf(rows.ceo);
  return mutation.who === 'run' ? tokenOf(rows.running) : BOARD;
}
