import { AgentRef } from '../../agent/ref.ts';
import { builder } from '../../builder.ts';
import { CompanyRef } from '../../company/ref.ts';
import { IssueRef } from '../../issue/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { ApprovalStatusEnum, ApprovalTypeEnum } from '../../shared/enums.ts';
import { listOf } from '../../shared/listing.ts';
import { seen } from '../../shared/lookup.ts';
import { approvalById, approvalConditions, approvalsOfCompany, approvalsOfIssue, hireOfAgent } from '../reads.ts';
import { ApprovalRef } from '../ref.ts';

const ApprovalConnection = connectionOf(ApprovalRef, 'Approval', { totalCount: true });

const ApprovalFilterInput = builder.inputType('ApprovalFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [ApprovalStatusEnum], description: 'In one of these.' }),
    types: t.field({ type: [ApprovalTypeEnum], description: 'Of one of these types.' }),
  }),
});

builder.objectField(CompanyRef, 'approvals', (t) =>
  t.field({
    type: ApprovalConnection, complexity: listComplexity, description: 'What the board was asked to approve, newest first.',
    args: { ...pageArgs(), filter: t.arg({ type: ApprovalFilterInput, description: 'Which.' }) },
    resolve: (company, args, ctx) => listOf(ctx, approvalsOfCompany, company.id, args, approvalConditions(args.filter)),
  }),
);

builder.objectField(IssueRef, 'approvals', (t) =>
  t.field({
    type: ApprovalConnection, complexity: listComplexity, description: 'What the board was asked to approve about it, newest first.',
    args: { ...pageArgs(), filter: t.arg({ type: ApprovalFilterInput, description: 'Which.' }) },
    resolve: (issue, args, ctx) => listOf(ctx, approvalsOfIssue, issue.id, args, approvalConditions(args.filter)),
  }),
);

builder.objectField(AgentRef, 'approval', (t) =>
  t.field({ type: ApprovalRef, nullable: true, description: 'By which it was, or is to be, hired; null where the board hired it directly.', resolve: (agent, _args, ctx) => ctx.loading.load(hireOfAgent, agent.id) }),
);

builder.queryField('approval', (t) =>
  t.field({
    type: ApprovalRef, nullable: true, description: 'An approval by id; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, ctx) => seen(ctx, approvalById, id),
  }),
);
