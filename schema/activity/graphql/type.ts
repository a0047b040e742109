import type { Activity } from '../../../prisma/generated/client.ts';
import { Actor, actorFrom } from '../../access/graphql.ts';
import { builder } from '../../builder.ts';
import { issueById } from '../../issue/reads.ts';
import { IssueRef } from '../../issue/ref.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { connectionOf } from '../../shared/connection.ts';
import { described } from '../../shared/enums.ts';
import { Node } from '../../shared/node.ts';
import { cursorOf } from '../reads.ts';
import { EventEntity, entityOf } from './entity.ts';

const ActivityType = builder.objectRef<Activity>('Activity').implement({
  description: 'One row of the activity log: who did what, when.',
  interfaces: [Node],
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: 'Its place in the company\'s log.', resolve: cursorOf }),
    action: t.exposeString('action', { description: '<entity>.<what happened>: issue.created, run.finished …' }),
    actor: t.field({ type: Actor, description: 'Who did it.', resolve: (row, _args, ctx) => actorFrom(ctx, row.actorType, row.actorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run it was done in.', resolve: (row, _args, ctx) => (row.runId ? ctx.loading.load(runById, row.runId) : null) }),
    entityType: t.exposeString('entityType', { description: 'What it was done to: company, agent, goal, project, issue, comment, run, document, approval, budget …' }),
    entityId: t.exposeID('entityId', { description: 'Its id.' }),
    entity: t.field({ type: EventEntity, nullable: true, description: 'It, as it is now; null when gone or not public.', resolve: (row, _args, ctx) => entityOf(ctx, row.entityType, row.entityId) }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'The issue it concerns.', resolve: (row, _args, ctx) => (row.issueId ? ctx.loading.load(issueById, row.issueId) : null) }),
    details: t.field({ type: 'JSON', description: 'What changed, by action. Never a secret.', resolve: (row) => row.details }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: (row) => row.createdAt }),
  }),
});

export const ActivityConnection = connectionOf(ActivityType, 'Activity');

const ActorTypeEnum = described('ActorType', 'What kind of somebody did something.', { USER: 'A person of the board.', AGENT: 'An agent.', SYSTEM: 'Boardroom itself.' });

export const ActivityFilterInput = builder.inputType('ActivityFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    actions: t.stringList({ description: 'One of these actions, at most 100: `issue.created`, or `issue.*` for all of one thing.' }),
    actorType: t.field({ type: ActorTypeEnum, description: 'Done by this kind of somebody.' }),
    actorId: t.id({ description: 'Done by this person or agent.' }),
    since: t.field({ type: 'DateTime', description: 'At this time or later.' }),
    until: t.field({ type: 'DateTime', description: 'Before this time.' }),
    entityType: t.string({ description: 'Done to this kind of thing.' }),
    entityId: t.id({ description: 'Done to this thing.' }),
    agentId: t.id({ description: 'Concerning this agent.' }),
    runId: t.id({ description: 'Done in this run.' }),
    issueId: t.id({ description: 'Concerning this issue.' }),
  }),
});
