import { write } from '../../../prisma/transaction.ts';
import { updateAgent } from '../../agent/commands.ts';
import { requestApprovalRevision } from '../../approval/commands/revise-approval.ts';
import { BOARD } from '../boardroom.ts';
import type { MutationCase } from '../mutations.ts';

export const approvalCases: Record<string, MutationCase> = {
  requestApproval: {
    input: ({ company, issue }) => ({ companyId: company.id, type: 'HIRE_AGENT', title: 'New', issueIds: [issue.id], hire: { name: 'New', adapterType: 'process', adapterConfig: { command: 'true' }, budget: { metric: 'TOKENS', window: 'ROLLING', windowHours: 5, amount: '5' } } }),
    records: ['agent.created', 'approval.requested'],
  },
  decideApproval: { input: ({ approval }) => ({ approvalId: approval.id, decision: 'APPROVED' }), records: ['agent.woken', 'approval.approved', 'run.queued'] },
  requestApprovalRevision: { input: ({ approval }) => ({ approvalId: approval.id, note: 'New' }), records: ['agent.woken', 'approval.revisionRequested', 'run.queued'] },
  resubmitApproval: {
    prepare: ({ db }, { sentBack }) => write(db, (tx) => requestApprovalRevision(tx, BOARD, { approvalId: sentBack.id, note: 'Again' })),
    input: ({ sentBack }) => ({ approvalId: sentBack.id, title: 'New' }), records: ['approval.resubmitted'],
  },
  withdrawApproval: { input: ({ sentBack }) => ({ approvalId: sentBack.id }), records: ['approval.cancelled'] },
  addApprovalComment: { input: ({ approval }) => ({ approvalId: approval.id, body: 'New' }), records: ['agent.woken', 'approval.commented', 'run.queued'] },
  setApprovalIssues: { input: ({ approval, blocker }) => ({ approvalId: approval.id, issueIds: [blocker.id] }), records: ['approval.issuesSet'] },
  rollbackAgentConfig: {
    agent: 'ceo',
    prepare: (boardroom, { engineer }) => write(boardroom.db, (tx) => updateAgent(tx, BOARD, boardroom.contextFor(BOARD).adapters, { agentId: engineer.id, title: 'Changed' })),
    input: ({ engineer, agentRevision }) => ({ agentId: engineer.id, revisionId: agentRevision.id }), records: ['agent.rolledBack'],
  },
};
