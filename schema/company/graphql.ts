import { sql } from '../../prisma/sql.ts';
import { isId } from '../../prisma/id.ts';
import { maySee } from '../access/principal.ts';
import { ActivityConnection, ActivityFilterInput } from '../activity/graphql/type.ts';
import { activityConditions, activityOf } from '../activity/reads.ts';
import { AgentConnection, AgentFilterInput } from '../agent/graphql.ts';
import { agentById, agentConditions, agentsOfCompany } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { CostSummaryType } from '../cost/graphql.ts';
import { costByAgent, type CostGroup } from '../cost/groups.ts';
import { costOf } from '../cost/reads.ts';
import { GoalConnection } from '../goal/graphql.ts';
import { goalConditions, goalsOfCompany } from '../goal/reads.ts';
import { IssueConnection, IssueCounts, IssueFilterInput, IssueOrderInput, LabelConnection } from '../issue/graphql/lists.ts';
import { issueConditions, issueOrder, issuesOfCompany, labelsOfCompany, statusCounts } from '../issue/reads.ts';
import { ProjectConnection } from '../project/graphql.ts';
import { projectConditions, projectsOfCompany } from '../project/reads.ts';
import { RunConnection } from '../run/graphql/connection.ts';
import { RunFilterInput } from '../run/graphql/filter.ts';
import { runConditions, runsOfCompany } from '../run/reads.ts';
import { allOf } from '../../prisma/sql.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { CompanyStatusEnum, GoalLevelEnum, GoalStatusEnum, ProjectStatusEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { whenRead } from '../shared/loading.ts';
import { Node } from '../shared/node.ts';
import { countsByStatus, issueTally } from './dashboard.ts';
import { Dashboard } from './graphql-dashboard.ts';
import { companiesOf, companyByRef } from './reads.ts';
import { CompanyRef } from './ref.ts';
import { PREFIX } from './rules.ts';

const CompanyConnection = connectionOf(CompanyRef, 'Company');

const GoalFilterInput = builder.inputType('GoalFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [GoalStatusEnum], description: 'In one of these.' }),
    levels: t.field({ type: [GoalLevelEnum], description: 'At one of these.' }),
    rootsOnly: t.boolean({ description: 'Without a parent.' }),
  }),
});
const ProjectFilterInput = builder.inputType('ProjectFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [ProjectStatusEnum], description: 'In one of these.' }),
    includeArchived: t.boolean({ description: 'Also those put away.' }),
  }),
});
const CompanyFilterInput = builder.inputType('CompanyFilter', {
  description: 'Every given part must hold.',
  fields: (t) => ({ statuses: t.field({ type: [CompanyStatusEnum], description: 'In one of these.' }) }),
});

const AgentCost = builder.objectRef<CostGroup>('AgentCost').implement({
  description: 'What one agent cost.',
  fields: (t) => ({
    agent: t.field({ type: AgentRef, description: 'Who.', resolve: async (row, _args, ctx) => (await ctx.loading.load(agentById, row.key)) as never }),
    cost: t.field({ type: CostSummaryType, description: 'How much.', resolve: (row) => row }),
  }),
});

CompanyRef.implement({
  description: 'A company: every other record belongs to exactly one.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for, as markdown.' }),
    prefix: t.exposeString('prefix', { description: 'The letters before the dash in ACME-12; unique, never changes.' }),
    status: t.expose('status', { type: CompanyStatusEnum, description: 'Whether it works.' }),
    brandColor: t.exposeString('brandColor', { nullable: true, description: '#rrggbb.' }),
    attachmentMaxBytes: t.expose('attachmentMaxBytes', { type: 'BigInt', description: 'The most that one attachment may weigh, in bytes.' }),
    hiresNeedApproval: t.exposeBoolean('hiresNeedApproval', { description: 'Agents that may hire still ask the board each time. False at first.' }),
    strategyApprovedAt: t.expose('strategyApprovedAt', { type: 'DateTime', nullable: true, description: 'When the board first approved a strategy of its CEO, who drafts until then and sets nothing in motion.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was founded.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true, description: 'When it was closed.' }),
    dashboard: t.field({ type: Dashboard, description: 'Its figures at a glance.', resolve: (company) => company }),
    agents: t.field({
      type: AgentConnection, complexity: listComplexity, description: 'Its agents, oldest first.',
      args: { ...pageArgs(), filter: t.arg({ type: AgentFilterInput, description: 'Which.' }) },
      resolve: (company, args, ctx) => listOf(ctx, agentsOfCompany, company.id, args, agentConditions(args.filter)),
    }),
    goals: t.field({
      type: GoalConnection, complexity: listComplexity, description: 'Its goals, oldest first.',
      args: { ...pageArgs(), filter: t.arg({ type: GoalFilterInput, description: 'Which.' }) },
      resolve: (company, args, ctx) => listOf(ctx, goalsOfCompany, company.id, args, goalConditions(args.filter)),
    }),
    projects: t.field({
      type: ProjectConnection, complexity: listComplexity, description: 'Its projects, oldest first, without archived ones unless asked.',
      args: { ...pageArgs(), filter: t.arg({ type: ProjectFilterInput, description: 'Which.' }) },
      resolve: (company, args, ctx) => listOf(ctx, projectsOfCompany, company.id, args, projectConditions(args.filter)),
    }),
    issues: t.field({
      type: IssueConnection, complexity: listComplexity, description: 'Its issues, newest first unless asked otherwise.',
      args: { ...pageArgs(), filter: t.arg({ type: IssueFilterInput, description: 'Which.' }), orderBy: t.arg({ type: IssueOrderInput, description: 'In what order.' }) },
      resolve: async (company, args, ctx) => listOf(ctx, issuesOfCompany, company.id, args, await issueConditions(ctx, args.filter), issueOrder(args.orderBy)),
    }),
    issueCounts: t.field({
      type: IssueCounts, complexity: 5, description: 'Its issues by status.',
      args: { filter: t.arg({ type: IssueFilterInput, description: 'Which.' }) },
      resolve: async (company, { filter }, ctx) => {
        const conditions = await issueConditions(ctx, filter);
        if (conditions.length === 0) return whenRead(ctx.loading.load(issueTally, company.id), countsByStatus);
        return ctx.loading.load(ctx.loading.keyed(`issueCounts ${JSON.stringify(filter)}`, () => statusCounts(sql`i.company_id`, allOf(conditions))), company.id);
      },
    }),
    labels: t.field({ type: LabelConnection, args: pageArgs(), complexity: listComplexity, description: 'Its labels, oldest first.', resolve: (company, args, ctx) => listOf(ctx, labelsOfCompany, company.id, args) }),
    runs: t.field({
      type: RunConnection, complexity: listComplexity, description: 'Its runs, newest first.',
      args: { ...pageArgs(), filter: t.arg({ type: RunFilterInput, description: 'Which.' }) },
      resolve: (company, args, ctx) => listOf(ctx, runsOfCompany, company.id, args, runConditions(args.filter)),
    }),
    activity: t.field({
      type: ActivityConnection, complexity: listComplexity, description: 'What happened in it, newest first.',
      args: { ...pageArgs(), filter: t.arg({ type: ActivityFilterInput, description: 'Which.' }) },
      resolve: (company, args, ctx) => listOf(ctx, activityOf.company, company.id, args, activityConditions(args.filter)),
    }),
    cost: t.field({
      type: CostSummaryType, complexity: 5, description: 'What it cost.',
      args: { since: t.arg({ type: 'DateTime', description: 'Only from this time on.' }) },
      resolve: (company, { since }, ctx) => costOf(ctx, { of: 'COMPANY', id: company.id, companyId: company.id }, { since: since ?? null, until: null }),
    }),
    costByAgent: t.field({
      type: [AgentCost], complexity: 10, description: 'What its agents cost, dearest first, at most 500.',
      args: { since: t.arg({ type: 'DateTime', description: 'Only from this time on.' }) },
      resolve: (company, { since }, ctx) => costByAgent(ctx, company.id, since ?? null),
    }),
  }),
});

builder.queryFields((t) => ({
  companies: t.field({
    type: CompanyConnection, complexity: listComplexity, description: 'Companies that the viewer may see, oldest first.',
    args: { ...pageArgs(), filter: t.arg({ type: CompanyFilterInput, description: 'Which.' }) },
    resolve: (_root, args, ctx) => companiesOf(ctx, args, args.filter?.statuses ? [sql`c.status = ANY(${args.filter.statuses}::company_status[])`] : []),
  }),
  company: t.field({
    type: CompanyRef, nullable: true, description: 'A company by id or prefix; null where there is none that the viewer may see.',
    args: { ref: t.arg.string({ required: true, description: 'Id, or prefix such as ACME.' }) },
    resolve: async (_root, { ref }, ctx) => {
      if (!isId(ref) && !PREFIX.test(ref.toUpperCase())) return null;
      const company = await companyByRef(ctx, ref, isId(ref));
      return company && maySee(ctx.principal, company.id) ? company : null;
    },
  }),
}));
