import { now } from '../../prisma/clock.ts';
import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { monthStart } from '../company/dashboard.ts';
import { CompanyRef } from '../company/ref.ts';
import type { Context } from '../context.ts';
import { goalById } from '../goal/reads.ts';
import { GoalRef } from '../goal/ref.ts';
import { IssueRef } from '../issue/ref.ts';
import { projectById } from '../project/reads.ts';
import { ProjectRef } from '../project/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { BillingTypeEnum, described } from '../shared/enums.ts';
import type { PageArgs } from '../shared/paging.ts';
import { CostSummaryType } from './graphql.ts';
import { type CostGroup, costGroups, type GroupBy } from './groups.ts';
import { costOf, type Span } from './reads.ts';
import type { Slice } from './slice.ts';

const CostGroupRef = builder.objectRef<CostGroup>('CostGroup').implement({
  description: 'A part of what something cost. Set is what its list tells the parts apart by; all null is the part that belongs to none, such as what was spent outside of any project.',
  fields: (t) => ({
    agent: t.field({ type: AgentRef, nullable: true, description: 'Who spent it.', resolve: ({ by, key }, _args, ctx) => (by === 'AGENT' ? ctx.loading.load(agentById, key) : null) }),
    provider: t.string({ nullable: true, description: 'Who ran the model; in lists of models too.', resolve: ({ by, key }) => (by === 'PROVIDER' ? key : isOfModel(by) ? key.slice(0, key.indexOf('\n')) : null) }),
    model: t.string({ nullable: true, description: 'The model.', resolve: ({ by, key }) => (isOfModel(by) ? key.slice(key.indexOf('\n') + 1) : null) }),
    biller: t.string({ nullable: true, description: 'Who sends the bill.', resolve: ({ by, key }) => (by === 'BILLER' ? key : null) }),
    billingType: t.field({ type: BillingTypeEnum, nullable: true, description: 'How it is paid.', resolve: ({ by, key }) => (by === 'BILLING_TYPE' ? (key as never) : null) }),
    project: t.field({ type: ProjectRef, nullable: true, description: 'The project.', resolve: ({ by, key }, _args, ctx) => (by === 'PROJECT' && key ? ctx.loading.load(projectById, key) : null) }),
    goal: t.field({ type: GoalRef, nullable: true, description: 'The goal itself, without goals below it.', resolve: ({ by, key }, _args, ctx) => (by === 'GOAL' && key ? ctx.loading.load(goalById, key) : null) }),
    billingCode: t.string({ nullable: true, description: 'The billing code.', resolve: ({ by, key }) => (by === 'BILLING_CODE' && key ? key : null) }),
    day: t.field({ type: 'Date', nullable: true, description: 'The day, in UTC.', resolve: ({ day }) => day }),
    cost: t.field({ type: CostSummaryType, description: 'What the part cost.', resolve: (group) => group }),
  }),
});

function isOfModel(by: GroupBy): boolean {
  return by === 'MODEL' || by === 'UNPRICED_MODEL';
}

const CostGroupConnection = connectionOf(CostGroupRef, 'CostGroup');

const CostPartEnum = described('CostPart', 'By what costs are told apart.', {
  AGENT: 'Agents.', MODEL: 'Providers and models.', PROVIDER: 'Providers.', BILLER: 'Billers.', BILLING_TYPE: 'How they are paid.', PROJECT: 'Projects.', GOAL: 'Goals, each without goals below it.',
  BILLING_CODE: 'Billing codes.', DAY: 'Days, UTC, latest first.', UNPRICED_MODEL: 'Models, of the uses that no price is known for.',
} satisfies Record<GroupBy, string>);

interface Report { slice: Slice; span: Span }

const HOUR_MS = 3_600_000;
/** What was used in the last hours, whatever span the report is of. To the second, so that one request asks for one time. */
const lastHours = (hours: number) => ({ slice }: Report, _args: unknown, ctx: Context) =>
  costOf(ctx, slice, { since: new Date(Math.floor(now().getTime() / 1000) * 1000 - hours * HOUR_MS), until: null });
const parts = (by: GroupBy) => ({ slice, span }: Report, args: PageArgs, ctx: Context) => costGroups(ctx, slice, span, by, args);

const CostReport = builder.objectRef<Report>('CostReport').implement({
  description:
    'What something cost, as a whole and in parts. Sums of folded hours and days, with what is not folded yet: exact at any moment. Of a company, models and providers of an agent, and days are read from sums; ' +
    'other parts of an agent, project, goal or issue are added up from its events when asked for.',
  fields: (t) => {
    const list = (by: GroupBy, description: string) => t.field({ type: CostGroupConnection, args: pageArgs(), complexity: listComplexity, description, resolve: parts(by) });
    const window = (hours: number) => t.field({ type: CostSummaryType, complexity: 5, description: `The last ${hours >= 168 ? `${hours / 24} days` : `${hours} hours`}, whatever span was asked for.`, resolve: lastHours(hours) });
    return {
      total: t.field({ type: CostSummaryType, complexity: 5, description: 'The whole.', resolve: ({ slice, span }, _args, ctx) => costOf(ctx, slice, span) }),
      monthToDate: t.field({ type: CostSummaryType, complexity: 5, description: 'Since the first of this month, UTC, whatever span was asked for.', resolve: ({ slice }, _args, ctx) => costOf(ctx, slice, { since: monthStart(now()), until: null }) }),
      last5Hours: window(5),
      last24Hours: window(24),
      last7Days: window(168),
      parts: t.field({
        type: CostGroupConnection, complexity: listComplexity, description: 'Its parts of one kind, as the field of that kind lists them: for who lets people choose.',
        args: { by: t.arg({ type: CostPartEnum, defaultValue: 'AGENT', description: 'Which kind.' }), ...pageArgs() },
        resolve: ({ slice, span }, { by, ...args }, ctx) => costGroups(ctx, slice, span, by ?? 'AGENT', args),
      }),
      byAgent: list('AGENT', 'By agent, dearest first.'),
      byModel: list('MODEL', 'By provider and model, dearest first.'),
      byProvider: list('PROVIDER', 'By provider, dearest first.'),
      byBiller: list('BILLER', 'By biller, dearest first.'),
      byBillingType: list('BILLING_TYPE', 'By how it is paid, dearest first.'),
      byProject: list('PROJECT', 'By project, dearest first; with one part for what belongs to none.'),
      byGoal: list('GOAL', 'By goal, dearest first, each without goals below it; with one part for what belongs to none.'),
      byBillingCode: list('BILLING_CODE', 'By billing code, dearest first; with one part for what has none.'),
      byDay: list('DAY', 'By day, UTC, latest first. Days without costs are absent.'),
      unpricedModels: list('UNPRICED_MODEL', 'Models that no price is known for, with the uses that therefore have no imputed cost. setPrice gives them one.'),
    };
  },
});

const spanArgs = () => ({
  since: builder.args((t) => ({ since: t.field({ type: 'DateTime', description: 'Only from this time on.' }) })).since,
  until: builder.args((t) => ({ until: t.field({ type: 'DateTime', description: 'Only before this time.' }) })).until,
});
const spanOf = ({ since, until }: { since?: Date | null | undefined; until?: Date | null | undefined }): Span => ({ since: since ?? null, until: until ?? null });

builder.objectField(CompanyRef, 'costs', (t) =>
  t.field({
    type: CostReport, args: spanArgs(), description: 'What it cost, as a whole and in parts.',
    resolve: ({ id }, args): Report => ({ slice: { of: 'COMPANY', id, companyId: id }, span: spanOf(args) }),
  }),
);
builder.objectField(AgentRef, 'costs', (t) =>
  t.field({
    type: CostReport, args: spanArgs(), description: 'What it cost, as a whole and in parts.',
    resolve: ({ id, companyId }, args): Report => ({ slice: { of: 'AGENT', id, companyId }, span: spanOf(args) }),
  }),
);
builder.objectField(ProjectRef, 'costs', (t) =>
  t.field({
    type: CostReport, args: spanArgs(), description: 'What its issues cost while they belonged to it, as a whole and in parts.',
    resolve: ({ id, companyId }, args): Report => ({ slice: { of: 'PROJECT', id, companyId }, span: spanOf(args) }),
  }),
);
builder.objectField(GoalRef, 'costs', (t) =>
  t.field({
    type: CostReport, args: spanArgs(), description: 'What was spent for it and for the goals below it, as a whole and in parts. Work counts for the goal of its issue, else of the nearest issue above with one, else of its project.',
    resolve: ({ id, companyId }, args): Report => ({ slice: { of: 'GOAL', id, companyId }, span: spanOf(args) }),
  }),
);
builder.objectField(IssueRef, 'costs', (t) =>
  t.field({
    type: CostReport, description: 'What it cost, as a whole and in parts.',
    args: {
      ...spanArgs(),
      subtree: t.arg.boolean({ defaultValue: true, description: 'With everything below it.' }),
      includeRoot: t.arg.boolean({ defaultValue: true, description: 'With the issue itself; false leaves what is below it.' }),
      onlyBillingCode: t.arg.boolean({ defaultValue: false, description: 'Only what was booked on the billing code that the issue has now; on none, where it has none.' }),
    },
    resolve: ({ id, companyId }, { subtree, includeRoot, onlyBillingCode, ...args }): Report => ({
      // Without the issue itself there is only what is below it.
      slice: { of: 'ISSUE', id, companyId, subtree: (subtree ?? true) || includeRoot === false, withoutRoot: includeRoot === false, sameBillingCode: onlyBillingCode ?? false },
      span: spanOf(args),
    }),
  }),
);
