import type { MutationCase } from '../mutations.ts';

export const policyCases: Record<string, MutationCase> = {
  setIssuePolicy: {
    // The engineer, whom tests of permissions take for an agent, may not: it is its own work.
    agent: 'nobody', input: ({ issue, ceo }) => ({ issueId: issue.id, stages: { type: 'REVIEW', participants: { agentId: ceo.id } } }), records: ['issue.policySet'],
  },
  decidePolicyStage: {
    agent: 'ceo',
    async prepare({ db: { prisma } }, { issue, ceo, engineer }) {
      const stages = [{ id: issue.id, type: 'REVIEW', participants: [{ type: 'AGENT', id: ceo.id }] }];
      const waiting = { stageId: issue.id, participantType: 'AGENT', participantId: ceo.id, executorType: 'AGENT', executorId: engineer.id } as const;
      await prisma.issuePolicy.create({ data: { issueId: issue.id, companyId: issue.companyId, stages, ...waiting } });
      await prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_REVIEW' } });
    },
    input: ({ issue }) => ({ issueId: issue.id, outcome: 'APPROVED', comment: 'Good' }), records: ['comment.added', 'issue.stageDecided', 'issue.updated'],
  },
};
