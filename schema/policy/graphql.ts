import type { IssuePolicy, PolicyDecision } from '../../prisma/generated/client.ts';
import { Actor, actorFrom } from '../access/graphql.ts';
import { builder } from '../builder.ts';
import { IssueHeld } from '../issue/conflicts.ts';
import { Held } from '../issue/graphql/conflicts.ts';
import { IssueRef } from '../issue/ref.ts';
import { runById } from '../run/reads.ts';
import { RunRef } from '../run/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { PolicyOutcomeEnum, PolicyStageTypeEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds } from '../shared/lookup.ts';
import { decidePolicyStage } from './commands/decide-policy-stage.ts';
import { setIssuePolicy } from './commands/set-issue-policy.ts';
import { stagesOf } from './commands/submit.ts';
import { decisionsOfIssue, policyOfIssue } from './reads.ts';
import type { Stage } from './rules.ts';

const PolicyStage = builder.objectRef<Stage>('PolicyStage').implement({
  description: 'One look at the work before it is done.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Decisions name it.' }),
    type: t.expose('type', { type: PolicyStageTypeEnum, description: 'What it is for.' }),
    participants: t.field({
      type: [Actor], complexity: { field: 1, multiplier: 3 }, description: 'Who can decide it: the first who is not the executor, not paused and not terminated.',
      resolve: ({ participants }, _args, ctx) => Promise.all(participants.map(({ type, id }) => actorFrom(ctx, type, id))),
    }),
  }),
});

const Policy = builder.objectRef<IssuePolicy>('IssuePolicy').implement({
  description: 'Who must look at an issue before it is done, and how far that has come.',
  fields: (t) => ({
    stages: t.field({ type: [PolicyStage], complexity: { field: 1, multiplier: 3 }, description: 'In their order.', resolve: (policy) => stagesOf(policy) }),
    pendingStage: t.field({ type: PolicyStage, nullable: true, description: 'The stage that waits for a decision.', resolve: (policy) => stagesOf(policy).find(({ id }) => id === policy.stageId) ?? null }),
    participant: t.field({ type: Actor, nullable: true, description: 'Who is to decide it.', resolve: (policy, _args, ctx) => (policy.participantType ? actorFrom(ctx, policy.participantType, policy.participantId) : null) }),
    executor: t.field({ type: Actor, nullable: true, description: 'Who did the work, and gets it back when changes are wanted.', resolve: (policy, _args, ctx) => (policy.executorType ? actorFrom(ctx, policy.executorType, policy.executorId) : null) }),
  }),
});

const Decision = builder.objectRef<PolicyDecision>('PolicyDecision').implement({
  description: 'How a stage was decided. Never changed.',
  fields: (t) => ({
    stageId: t.exposeID('stageId', { description: 'Which stage; the policy may have others by now.' }),
    stageType: t.expose('stageType', { type: PolicyStageTypeEnum, description: 'What it was for.' }),
    outcome: t.expose('outcome', { type: PolicyOutcomeEnum, description: 'The decision.' }),
    comment: t.exposeString('body', { description: 'Why.' }),
    actor: t.field({ type: Actor, description: 'Who decided.', resolve: (row, _args, ctx) => actorFrom(ctx, row.actorType, row.actorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'In which run.', resolve: (row, _args, ctx) => (row.runId ? ctx.loading.load(runById, row.runId) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

const DecisionConnection = connectionOf(Decision, 'PolicyDecision');

builder.objectFields(IssueRef, (t) => ({
  policy: t.field({ type: Policy, nullable: true, description: 'Who must look at it before it is done; null where nobody must.', resolve: (issue, _args, ctx) => ctx.loading.load(policyOfIssue, issue.id) }),
  policyDecisions: t.field({
    type: DecisionConnection, args: pageArgs(), complexity: listComplexity, description: 'How the stages of its policy were decided, oldest first.',
    resolve: (issue, args, ctx) => listOf(ctx, decisionsOfIssue, issue.id, args),
  }),
}));

const PolicyParticipantInput = builder.inputType('PolicyParticipantInput', {
  description: 'An agent or a person.',
  fields: (t) => ({
    agentId: t.id({ description: 'The agent.' }),
    userId: t.id({ description: 'The person.' }),
  }),
});
const PolicyStageInput = builder.inputType('PolicyStageInput', {
  description: 'One look at the work.',
  fields: (t) => ({
    type: t.field({ type: PolicyStageTypeEnum, required: true, description: 'What it is for.' }),
    participants: t.field({ type: [PolicyParticipantInput], required: true, description: '1 to 20 who can decide it; the first who can is asked.' }),
  }),
});
const SetIssuePolicyInput = builder.inputType('SetIssuePolicyInput', {
  description: 'Who is to look at an issue.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'Which issue.' }),
    stages: t.field({ type: [PolicyStageInput], required: true, description: 'At most 10, in their order; none takes the policy away.' }),
  }),
});
const DecidePolicyStageInput = builder.inputType('DecidePolicyStageInput', {
  description: 'A decision.',
  fields: (t) => ({
    issueId: t.id({ required: true, description: 'On which issue.' }),
    outcome: t.field({ type: PolicyOutcomeEnum, required: true, description: 'The decision.' }),
    comment: t.string({ required: true, description: 'Why, 1 to 100,000 characters; it also goes into the thread.' }),
  }),
});

const SetIssuePolicyResult = builder.unionType('SetIssuePolicyResult', {
  description: 'The issue, or who has it.', types: [IssueRef, Held], resolveType: (value) => (value instanceof IssueHeld ? 'IssueHeld' : 'Issue'),
});

builder.mutationFields((t) => ({
  setIssuePolicy: t.field({
    type: SetIssuePolicyResult,
    description: 'Says who must look at an issue before it is done. Board, and agents for work of their reports and what they filed, never for their own, nor one that the board or somebody above them has set. What waits for a decision is submitted anew.',
    args: { input: t.arg({ type: SetIssuePolicyInput, required: true, description: 'The stages.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => setIssuePolicy(tx, by, checkedIds(input))),
  }),
  decidePolicyStage: t.field({
    type: IssueRef,
    description: 'Approves the stage that waits, or asks for changes. Anybody but its participant gets a RULE_VIOLATION. After the last approval the issue is done; changes send it back to who did the work, in progress.',
    args: { input: t.arg({ type: DecidePolicyStageInput, required: true, description: 'The decision.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => decidePolicyStage(tx, by, checkedIds(input))),
  }),
}));
