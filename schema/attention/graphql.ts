import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { issueById } from '../issue/reads.ts';
import { IssueRef } from '../issue/ref.ts';
import { BlockerStateEnum } from '../shared/enums.ts';
import { blockerAttention } from './reads.ts';
import type { Attention } from './rules.ts';

const SHOWN_MAX = 50;

const issuesOf = async (ctx: Context, ids: string[]) => (await Promise.all(ids.slice(0, SHOWN_MAX).map((id) => ctx.loading.load(issueById, id)))).filter((row) => row !== null);

const BlockerAttention = builder.objectRef<Attention>('BlockerAttention').implement({
  description: 'What an issue\'s blockers, and theirs, come down to: who has to do something so that it goes on. Followed over 8 levels and 2,000 issues.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'One sentence for people.' }),
    stalledLeaf: t.field({ type: IssueRef, nullable: true, description: 'The nearest issue at the end of a chain that nothing moves; null where all are on their way.', resolve: ({ leafId }, _args, ctx) => (leafId ? ctx.loading.load(issueById, leafId) : null) }),
    state: t.expose('state', { type: BlockerStateEnum, nullable: true, description: 'Why nothing moves that one.' }),
    path: t.field({ type: [IssueRef], complexity: { field: 1, multiplier: 4 }, description: 'From the blocker of this issue to that one.', resolve: ({ pathIds }, _args, ctx) => issuesOf(ctx, pathIds) }),
    openCount: t.exposeInt('openCount', { description: 'Issues that must be done first, directly or through others.' }),
    parked: t.field({ type: [IssueRef], complexity: { field: 1, multiplier: 4 }, description: 'Those of them that are parked in backlog, nearest first, at most 50.', resolve: ({ parkedIds }, _args, ctx) => issuesOf(ctx, parkedIds) }),
    cancelled: t.field({ type: [IssueRef], complexity: { field: 1, multiplier: 4 }, description: 'Those of them that were cancelled, and block until they are removed, nearest first, at most 50.', resolve: ({ cancelledIds }, _args, ctx) => issuesOf(ctx, cancelledIds) }),
    isTruncated: t.exposeBoolean('isTruncated', { description: 'There is more behind what was looked at.' }),
  }),
});

builder.objectFields(IssueRef, (t) => ({
  blockerAttention: t.field({ type: BlockerAttention, nullable: true, complexity: 5, description: 'Where its chain of blockers is stuck; null when nothing blocks it.', resolve: (issue, _args, ctx) => ctx.loading.load(blockerAttention, issue.id) }),
}));
