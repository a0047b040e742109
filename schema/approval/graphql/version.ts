import { Actor, actorFrom } from '../../access/graphql.ts';
import { SettingChangeType } from '../../agent/graphql-revisions.ts';
import { diffOf } from '../../document/diff.ts';
import { DiffHunkType } from '../../document/graphql/type.ts';
import { runById } from '../../run/reads.ts';
import { RunRef } from '../../run/ref.ts';
import { connectionOf } from '../../shared/connection.ts';
import { whenRead } from '../../shared/loading.ts';
import { Node } from '../../shared/node.ts';
import type { HirePayload } from '../commands/hire.ts';
import { approvalById, versionBefore } from '../reads.ts';
import { ApprovalRef, ApprovalVersionRef } from '../ref.ts';
import { askedChanges } from '../version-rules.ts';
import { HireBudgetType } from './hire-budget.ts';

ApprovalVersionRef.implement({
  description: 'What was put before the board at one time, as it was then, without secrets.',
  interfaces: [Node],
  fields: (t) => ({
    approval: t.field({ type: ApprovalRef, description: 'Of what.', resolve: async (row, _args, ctx) => (await ctx.loading.load(approvalById, row.approvalId)) as never }),
    number: t.exposeInt('number', { description: '1 for the first; each resubmission adds one.' }),
    title: t.exposeString('title', { description: 'What was asked for, in a line.' }),
    body: t.exposeString('body', { nullable: true, description: 'More about it, as markdown.' }),
    settings: t.field({ type: 'JSON', nullable: true, description: 'HIRE_AGENT: all settings of the agent by name, in the shape of HireInput. Secrets are •••. Null for other types.', resolve: ({ hire }) => (hire as HirePayload | null)?.settings ?? null }),
    hireBudget: t.field({ type: HireBudgetType, nullable: true, description: 'HIRE_AGENT: the budget that was asked for with the agent; null where none was.', resolve: ({ hire }) => (hire as HirePayload | null)?.budget ?? null }),
    changes: t.field({
      type: [SettingChangeType], complexity: { field: 2, multiplier: 3 }, description: 'What is not as in the version before, but for the body: title, hire.managerId, hire.adapterConfig.args, hire.budget.amount. Empty for the first. A secret that was replaced is named.',
      resolve: (row, _args, ctx) => whenRead(ctx.loading.load(versionBefore, row.id), (before) => askedChanges(row.changed, before, row)),
    }),
    bodyDiff: t.field({
      type: [DiffHunkType], complexity: 100, description: 'What of the body is not as in the version before, line by line; empty for the first, and where it is the same.',
      resolve: (row, _args, ctx) => (row.changed.includes('body') ? whenRead(ctx.loading.load(versionBefore, row.id), (before) => diffOf(wholeLines(before?.body), wholeLines(row.body)).hunks) : []),
    }),
    submittedBy: t.field({ type: Actor, description: 'Who put it before the board.', resolve: (row, _args, ctx) => actorFrom(ctx, row.actorType, row.actorId) }),
    run: t.field({ type: RunRef, nullable: true, description: 'In which run; null where it was none.', resolve: (row, _args, ctx) => (row.runId ? ctx.loading.load(runById, row.runId) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

/** The last line ends like all others: that none does in what was asked for is no news to who reads what changed. */
function wholeLines(text: string | null | undefined): string {
  return !text || text.endsWith('\n') ? (text ?? '') : `${text}\n`;
}

export const ApprovalVersionConnection = connectionOf(ApprovalVersionRef, 'ApprovalVersion');
