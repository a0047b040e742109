import { ask } from '../cli/ask.ts';
import { graphql } from '../cli/generated/gql.ts';
import type { Settings } from '../cli/settings.ts';
import { company, goal, labels, project, rootIssue } from './company.ts';
import type { Workshop } from './workspace.ts';

const FindCompanyQuery = graphql(`
  query DemoFindCompany {
    companies(first: 100) { nodes { id name prefix status description } }
  }
`);
const FoundCompanyMutation = graphql(`
  mutation DemoFoundCompany($input: CreateCompanyInput!) {
    createCompany(input: $input) { id name prefix status description }
  }
`);
const PlansQuery = graphql(`
  query DemoPlans($company: String!, $text: String!) {
    company(ref: $company) {
      goals(first: 100) { nodes { id title } }
      projects(first: 100) { nodes { id name workspace { mode } } }
      labels(first: 100) { nodes { name } }
      issues(first: 100, filter: { rootsOnly: true, text: $text }) { nodes { id title identifier status } }
    }
  }
`);
const SetGoalMutation = graphql(`
  mutation DemoSetGoal($input: CreateGoalInput!) {
    createGoal(input: $input) { id }
  }
`);
const StartProjectMutation = graphql(`
  mutation DemoStartProject($input: CreateProjectInput!) {
    createProject(input: $input) { id }
  }
`);
const SetWorkspaceMutation = graphql(`
  mutation DemoSetWorkspace($input: SetProjectWorkspaceInput!) {
    setProjectWorkspace(input: $input) { id }
  }
`);
const MakeLabelMutation = graphql(`
  mutation DemoMakeLabel($input: CreateLabelInput!) {
    createLabel(input: $input) { id }
  }
`);
const FileIssueMutation = graphql(`
  mutation DemoFileIssue($input: CreateIssueInput!) {
    createIssue(input: $input) { id title identifier status }
  }
`);

/** The demo's company, founded if there is none yet. */
export async function findCompany(settings: Settings) {
  const { companies } = await ask(settings, FindCompanyQuery, {});
  const ours = companies.nodes.find(({ name, description }) => name === company.name && description === company.description);
  return ours ?? (await ask(settings, FoundCompanyMutation, { input: company }, { once: true })).createCompany;
}

/** Goal, project, labels and the issue that starts it all; what exists already is kept. */
export async function fileWork(settings: Settings, companyId: string, leaderId: string, workshop: Workshop) {
  const found = (await ask(settings, PlansQuery, { company: companyId, text: rootIssue.title })).company;
  const root = found?.issues.nodes.find(({ title }) => title === rootIssue.title);
  const known = found?.projects.nodes.find(({ name }) => name === project.name);
  if (root) {
    if (known && root.status !== 'DONE') await giveWorktrees(settings, known, workshop);
    return root;
  }
  const goalId =
    found?.goals.nodes.find(({ title }) => title === goal.title)?.id ??
    (await ask(settings, SetGoalMutation, { input: { ...goal, companyId, level: 'COMPANY', status: 'ACTIVE', ownerId: leaderId } })).createGoal.id;
  const projectId =
    known?.id ??
    (await ask(settings, StartProjectMutation, { input: { ...project, companyId, goalId, leadId: leaderId, status: 'IN_PROGRESS' } })).createProject.id;
  await giveWorktrees(settings, { id: projectId, workspace: known?.workspace ?? null }, workshop);
  for (const label of labels) {
    if (found?.labels.nodes.some(({ name }) => name === label.name)) continue;
    await ask(settings, MakeLabelMutation, { input: { ...label, companyId } }, { once: true });
  }
  const input = { ...rootIssue, companyId, goalId, projectId, assigneeId: leaderId, priority: 'HIGH' as const, idempotencyKey: 'demo-root-issue' };
  return (await ask(settings, FileIssueMutation, { input })).createIssue;
}

/** Each issue gets a worktree of its own. What somebody has set since stays; without a git all work in the one folder. */
async function giveWorktrees(settings: Settings, { id: projectId, workspace }: { id: string; workspace: object | null }, { folder, hasGit }: Workshop): Promise<void> {
  if (workspace || !hasGit) return;
  await ask(settings, SetWorkspaceMutation, { input: { projectId, workspace: { mode: 'GIT_WORKTREE', path: folder } } });
}
