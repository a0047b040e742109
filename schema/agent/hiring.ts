import type { Agent, Company } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { isGranted } from '../access/grants.ts';
import { agentOf, type Principal } from '../access/principal.ts';
import { mustHaveStrategy } from '../approval/ceo-gate.ts';
import { Refusal } from '../shared/refusal.ts';
import { reportsTo } from './org.ts';
import type { AgentFields } from './settings.ts';

/**
 * Who may hire without asking: the board, and agents that it lets, into their own part of the company. The manager that the
 * new agent gets: an agent's own hire reports to it where nobody is named.
 */
export async function mayHire(tx: Tx, by: Principal, company: Company, fields: AgentFields): Promise<string | null | undefined> {
  const agentId = agentOf(by);
  if (!agentId) return fields.managerId;
  if (!(await isGranted(tx, by, 'AGENTS_CREATE'))) throw new Refusal('FORBIDDEN', 'only the board may hire agents, and agents that it lets: ask for it with requestApproval, type HIRE_AGENT');
  await mustHaveStrategy(tx, by, company.id, 'hire');
  if (company.hiresNeedApproval) throw new Refusal('RULE_VIOLATION', 'in this company the board approves each hire: ask for it with requestApproval, type HIRE_AGENT');
  mustNotCrown(fields);
  const managerId = fields.managerId ?? agentId;
  await mustBeBelow(tx, agentId, managerId);
  return managerId;
}

/** Whom an agent that may configure others may change: those who report to it, and so that they still do. */
export async function mayConfigure(tx: Tx, by: Principal, { id: subjectId, status }: Pick<Agent, 'id' | 'status'>, fields: AgentFields): Promise<void> {
  const agentId = agentOf(by);
  if (!agentId) return;
  if (!(await isGranted(tx, by, 'AGENTS_CONFIGURE'))) throw new Refusal('FORBIDDEN', 'only the board may change agents, and agents that it lets');
  if (subjectId === agentId || !(await reportsTo(tx, subjectId, agentId))) throw new Refusal('FORBIDDEN', 'an agent changes only agents that report to it, directly or through others');
  // Else the board might approve what it has not seen.
  if (status === 'PENDING_APPROVAL') throw new Refusal('RULE_VIOLATION', 'the board was asked for this agent as it is: what is to be hired changes by resubmitApproval');
  mustNotCrown(fields);
  if (fields.managerId !== undefined) await mustBeBelow(tx, agentId, fields.managerId);
}

/** A CEO may more than others without a grant: only the board makes one. */
function mustNotCrown({ role }: AgentFields): void {
  if (role === 'CEO') throw new Refusal('FORBIDDEN', 'only the board makes an agent the CEO', { field: 'role' });
}

async function mustBeBelow(tx: Tx, agentId: string, managerId: string | null): Promise<void> {
  if (managerId && (await reportsTo(tx, managerId, agentId))) return;
  throw new Refusal('FORBIDDEN', 'its manager must be the agent that asks, or one that reports to it', { field: 'managerId' });
}
