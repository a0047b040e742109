import { ask } from './ask.ts';
import { ApiError, UsageError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { Settings } from './settings.ts';

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const identifierPattern = /^[a-z][a-z0-9]*-\d+$/i;

const IssueIdQuery = graphql(`
  query IssueId($ref: String!) {
    issue(ref: $ref) { id }
  }
`);
const CompanyIdQuery = graphql(`
  query CompanyId($ref: String!) {
    company(ref: $ref) { id }
  }
`);
const OwnCompanyQuery = graphql(`
  query OwnCompany {
    viewer { company { id } }
    companies(first: 2, filter: { statuses: [ACTIVE, PAUSED] }) { nodes { id } }
  }
`);
const AgentIdQuery = graphql(`
  query AgentId($company: String!, $text: String) {
    viewer { agent { id } }
    company(ref: $company) {
      agents(first: 100, filter: { text: $text }) { nodes { id name } }
    }
  }
`);
const ProjectIdQuery = graphql(`
  query ProjectId($company: String!) {
    company(ref: $company) {
      projects(first: 100) { nodes { id name } }
    }
  }
`);
const LabelIdsQuery = graphql(`
  query LabelIds($company: String!) {
    company(ref: $company) {
      labels(first: 100) { nodes { id name } }
    }
  }
`);

/** Whether a word names an issue: an id or an identifier such as ACME-12. */
export function looksLikeIssue(text: string): boolean {
  return idPattern.test(text) || identifierPattern.test(text);
}

/** What an issue is called: the argument, else the issue of the run. */
export function issueRef(settings: Settings, given: string | undefined): string {
  const ref = given ?? settings.task;
  if (!ref) throw new UsageError('name an issue, as ACME-12 or by id, or set BOARDROOM_TASK_ID');
  return ref;
}

export async function issueId(settings: Settings, given: string | undefined): Promise<string> {
  const ref = issueRef(settings, given);
  if (idPattern.test(ref)) return ref;
  const { issue } = await ask(settings, IssueIdQuery, { ref });
  if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
  return issue.id;
}

/** The ids of issues that are named in one word, separated by commas. */
export async function issueIds(settings: Settings, refs: string): Promise<string[]> {
  const names = refs.split(',').map((ref) => ref.trim());
  return Promise.all(names.filter(Boolean).map((ref) => issueId(settings, ref)));
}

/** The company that was named, else the one of the key, else the only one there is. */
export async function companyId(settings: Settings): Promise<string> {
  if (settings.company && idPattern.test(settings.company)) return settings.company;
  if (settings.company) {
    const { company } = await ask(settings, CompanyIdQuery, { ref: settings.company });
    if (!company) throw new ApiError('NOT_FOUND', `no company ${settings.company}`);
    return company.id;
  }
  const { viewer, companies } = await ask(settings, OwnCompanyQuery, {});
  const [first, second] = companies.nodes;
  const id = viewer.company?.id ?? (second ? undefined : first?.id);
  if (!id) throw new UsageError('say which company: --company PREFIX (boardroom company list shows them)');
  return id;
}

/** An agent by id, by name, or `me`. */
export async function agentId(settings: Settings, named: string): Promise<string> {
  if (idPattern.test(named)) return named;
  const me = named.toLowerCase() === 'me';
  const company = await companyId(settings);
  const found = await ask(settings, AgentIdQuery, { company, text: me ? null : named });
  if (me && found.viewer.agent) return found.viewer.agent.id;
  return pick('agent', named, found.company?.agents.nodes ?? []);
}

/** A project by id or name. */
export async function projectId(settings: Settings, named: string): Promise<string> {
  if (idPattern.test(named)) return named;
  const found = await ask(settings, ProjectIdQuery, { company: await companyId(settings) });
  return pick('project', named, found.company?.projects.nodes ?? []);
}

/** Labels by id or name, separated by commas. */
export async function labelIds(settings: Settings, named: string): Promise<string[]> {
  const found = await ask(settings, LabelIdsQuery, { company: await companyId(settings) });
  const names = named.split(',').map((name) => name.trim());
  return names.map((name) => (idPattern.test(name) ? name : pick('label', name, found.company?.labels.nodes ?? [])));
}

/** By the whole name, else by its beginning, if only one fits. */
function pick(kind: string, named: string, from: { id: string; name: string }[]): string {
  const wanted = named.toLowerCase();
  const exact = from.filter(({ name }) => name.toLowerCase() === wanted);
  const close = exact.length > 0 ? exact : from.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const [only, other] = close;
  if (!only) throw new ApiError('NOT_FOUND', `no ${kind} ${named}`);
  if (other) throw new UsageError(`several of that name: ${close.map(({ id, name }) => `${name} ${id}`).join(', ')}; use the id`);
  return only.id;
}
