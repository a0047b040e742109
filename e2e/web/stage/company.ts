import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, askUntil, temporaryFolder } from '../../support/boardroom.ts';

export interface Company {
  address: string;
  id: string;
  prefix: string;
  /** Where its agents read what they are to do. */
  orders: string;
}

export interface Filed {
  id: string;
  identifier: string;
}

export const puppet = fileURLToPath(new URL('puppet.ts', import.meta.url));

/** A company made through the API, as the scene of a journey that is about something else. */
export async function foundCompany(address: string, name: string, prefix: string): Promise<Company> {
  const { createCompany } = await ask<{ createCompany: { id: string } }>(
    address, 'mutation($input: CreateCompanyInput!) { createCompany(input: $input) { id } }', { input: { name, prefix } },
  );
  return { address, id: createCompany.id, prefix, orders: await temporaryFolder('orders') };
}

/** An agent that does as it is told by `tell`, or runs the given script. */
export async function hire(company: Company, name: string, args: string[] = [puppet, company.orders]): Promise<string> {
  const input = { companyId: company.id, name, role: 'ENGINEER', adapterType: 'process', adapterConfig: { command: process.execPath, args, graceSec: 2 } };
  const { createAgent } = await ask<{ createAgent: { id: string } }>(
    company.address, 'mutation($input: CreateAgentInput!) { createAgent(input: $input) { id } }', { input },
  );
  return createAgent.id;
}

export async function file(company: Company, title: string, more: Record<string, unknown> = {}): Promise<Filed> {
  const { createIssue } = await ask<{ createIssue: Filed }>(
    company.address, 'mutation($input: CreateIssueInput!) { createIssue(input: $input) { id identifier } }',
    { input: { companyId: company.id, title, ...more } },
  );
  return createIssue;
}

/** An order for the agent at work on an issue: `issue checkout ACME-1`, `end`. */
export function tell(company: Company, issue: string, ...orders: string[]): void {
  appendFileSync(join(company.orders, issue), orders.map((order) => `${order}\n`).join(''));
}

/** The person who looks at the board. */
export async function boardUser(address: string): Promise<string> {
  return (await ask<{ viewer: { user: { id: string } } }>(address, '{ viewer { user { id } } }')).viewer.user.id;
}

export interface IssueState {
  id: string;
  identifier: string;
  status: string;
  holder: { id: string; number: number } | null;
  assignee: { id: string; name: string } | null;
  comments: { nodes: { body: string }[] };
  runs: { nodes: { id: string; number: number; status: string; pid: number | null; startedAt: string | null }[] };
}

const issueQuery = `query($ref: String!) { issue(ref: $ref) {
  id identifier status holder { id number } assignee { id name }
  comments(first: 50) { nodes { body } }
  runs(first: 20) { nodes { id number status pid startedAt } }
} }`;

/** What the server says of an issue. */
export async function issueNow(address: string, ref: string): Promise<IssueState> {
  return (await ask<{ issue: IssueState }>(address, issueQuery, { ref })).issue;
}

export function issueOnce(address: string, ref: string, satisfied: (issue: IssueState) => boolean): Promise<IssueState> {
  return askUntil(() => issueNow(address, ref), satisfied);
}
