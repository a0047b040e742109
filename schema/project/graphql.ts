import { agentById } from '../agent/reads.ts';
import { AgentRef } from '../agent/ref.ts';
import { builder } from '../builder.ts';
import { companyById } from '../company/reads.ts';
import { CompanyRef } from '../company/ref.ts';
import { CostSummaryType } from '../cost/graphql.ts';
import { costOf } from '../cost/reads.ts';
import { goalById } from '../goal/reads.ts';
import { GoalRef } from '../goal/ref.ts';
import { IssueConnection, IssueCounts, IssueFilterInput, IssueOrderInput } from '../issue/graphql/lists.ts';
import { issueConditions, issueOrder, issuesOfProject, projectStatusCounts } from '../issue/reads.ts';
import { connectionOf, listComplexity, pageArgs } from '../shared/connection.ts';
import { ProjectStatusEnum } from '../shared/enums.ts';
import { listOf } from '../shared/listing.ts';
import { checkedIds, seen } from '../shared/lookup.ts';
import { Node } from '../shared/node.ts';
import { createProject, updateProject } from './commands.ts';
import { projectById } from './reads.ts';
import { ProjectRef } from './ref.ts';

export const ProjectConnection = connectionOf(ProjectRef, 'Project');

ProjectRef.implement({
  description: 'Work with an end: issues that belong together.',
  interfaces: [Node],
  fields: (t) => ({
    company: t.field({ type: CompanyRef, description: 'Whose project it is.', resolve: async (project, _args, ctx) => (await ctx.loading.load(companyById, project.companyId)) as never }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    description: t.exposeString('description', { nullable: true, description: 'More about it, as markdown.' }),
    status: t.expose('status', { type: ProjectStatusEnum, description: 'Where it stands.' }),
    color: t.exposeString('color', { description: 'Its colour on the board: #rrggbb.' }),
    goal: t.field({ type: GoalRef, nullable: true, description: 'The goal it serves.', resolve: (project, _args, ctx) => (project.goalId ? ctx.loading.load(goalById, project.goalId) : null) }),
    lead: t.field({ type: AgentRef, nullable: true, description: 'The agent that leads it.', resolve: (project, _args, ctx) => (project.leadId ? ctx.loading.load(agentById, project.leadId) : null) }),
    targetDate: t.expose('targetDate', { type: 'Date', nullable: true, description: 'When it should be finished.' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true, description: 'When it was put away; null while in use.' }),
    issues: t.field({
      type: IssueConnection, complexity: listComplexity, description: 'Its issues, newest first.',
      args: { ...pageArgs(), filter: t.arg({ type: IssueFilterInput, description: 'Which.' }), orderBy: t.arg({ type: IssueOrderInput, description: 'In what order.' }) },
      resolve: async (project, args, ctx) => listOf(ctx, issuesOfProject, project.id, args, await issueConditions(ctx, args.filter), issueOrder(args.orderBy)),
    }),
    issueCounts: t.field({ type: IssueCounts, description: 'Its issues by status.', complexity: 5, resolve: (project, _args, ctx) => ctx.loading.load(projectStatusCounts, project.id) }),
    cost: t.field({
      type: CostSummaryType, description: 'What it cost.', complexity: 5,
      args: { since: t.arg({ type: 'DateTime', description: 'Only from this time on.' }) },
      resolve: (project, { since }, ctx) => costOf(ctx, { of: 'PROJECT', id: project.id, companyId: project.companyId }, { since: since ?? null, until: null }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was opened.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
});

builder.queryField('project', (t) =>
  t.field({
    type: ProjectRef, nullable: true, description: 'A project by id; null where there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, ctx) => seen(ctx, projectById, id),
  }),
);

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  description: 'A new project.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'In which company.' }),
    name: t.string({ required: true, description: '1 to 120 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    status: t.field({ type: ProjectStatusEnum, description: 'BACKLOG when absent.' }),
    color: t.string({ description: '#rrggbb; one is chosen when absent.' }),
    goalId: t.id({ description: 'The goal it serves.' }),
    leadId: t.id({ description: 'The agent that leads it.' }),
    targetDate: t.field({ type: 'Date', description: 'When it should be finished.' }),
    idempotencyKey: t.string({ description: 'Makes a retry safe for 24 h.' }),
  }),
});
const UpdateProjectInput = builder.inputType('UpdateProjectInput', {
  description: 'What to change: absent fields stay, null empties what may be empty.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Which project.' }),
    name: t.string({ description: '1 to 120 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    status: t.field({ type: ProjectStatusEnum, description: 'Where it stands.' }),
    color: t.string({ description: '#rrggbb.' }),
    goalId: t.id({ description: 'The goal it serves.' }),
    leadId: t.id({ description: 'The agent that leads it.' }),
    targetDate: t.field({ type: 'Date', description: 'When it should be finished.' }),
    archived: t.boolean({ description: 'Puts it away, or brings it back.' }),
  }),
});

builder.mutationField('createProject', (t) =>
  t.field({
    type: ProjectRef, description: 'Opens a project. Board and agents may.',
    args: { input: t.arg({ type: CreateProjectInput, required: true, description: 'The project.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createProject(tx, by, checkedIds(input))),
  }),
);
builder.mutationField('updateProject', (t) =>
  t.field({
    type: ProjectRef, description: 'Changes a project. Board and agents may.',
    args: { input: t.arg({ type: UpdateProjectInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => updateProject(tx, by, checkedIds(input))),
  }),
);
