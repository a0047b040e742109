import type { Approval } from '../../../prisma/generated/client.ts';
import type { ApprovalType } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, type Principal } from '../../access/principal.ts';
import type { Adapters } from '../../agent/adapters.ts';
import type { NewAgent } from '../../agent/settings.ts';
import { openCompanyOf } from '../../company/commands.ts';
import { once } from '../../shared/idempotency.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../../shared/text.ts';
import { mustHaveStrategy } from '../ceo-gate.ts';
import { openApproval } from '../open.ts';
import { OPEN_STATUSES } from '../rules.ts';
import { type HireBudget, hireOf, hirePayload, insertCandidate } from './hire.ts';
import { checkedIssues } from './link-issues.ts';

export interface RequestApproval {
  /** An agent's own when absent. */
  companyId?: string | null | undefined;
  type: ApprovalType;
  title: string;
  body?: string | null | undefined;
  hire?: (NewAgent & { budget?: HireBudget | null | undefined }) | null | undefined;
  issueIds?: string[] | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/** What one agent may have before the board at once: one that asks in a loop is stopped here. */
export const OPEN_MAX = 50;

/** Puts something before the board. A hire is made with it, and takes no work until it is approved. */
export async function requestApproval(tx: Tx, by: Principal, adapters: Adapters, input: RequestApproval): Promise<Approval> {
  const { idempotencyKey, companyId: asked, ...rest } = input;
  const companyId = asked ?? ('companyId' in by ? by.companyId : null);
  if (!companyId) throw badInput('companyId', 'is needed: in which company');
  await openCompanyOf(tx, by, companyId);
  const id = await once(tx, by, { companyId, operation: 'requestApproval', key: idempotencyKey, input: rest }, async () => (await open(tx, by, adapters, companyId, input)).id);
  return tx.approval.findUniqueOrThrow({ where: { id } });
}

async function open(tx: Tx, by: Principal, adapters: Adapters, companyId: string, input: RequestApproval): Promise<Approval> {
  const { type, hire } = input;
  const title = requiredText('title', input.title, LIMITS.title);
  const body = optionalText('body', input.body, LIMITS.body);
  if (type === 'BUDGET_OVERRIDE') throw new Refusal('RULE_VIOLATION', 'Boardroom asks for this itself, when a budget stops something', { field: 'type' });
  if (type === 'HIRE_AGENT' && !hire) throw badInput('hire', 'is needed: whom to hire');
  if (type !== 'HIRE_AGENT' && hire) throw badInput('hire', 'belongs to approvals of type HIRE_AGENT');
  if (type === 'CEO_STRATEGY') await mustBeCeo(tx, by, companyId, body);
  const before = await sameAsked(tx, by, companyId, input, { title, body });
  if (before) return before;
  await mustNotFlood(tx, by, companyId);
  const issueIds = await checkedIssues(tx, companyId, aboutOf(by, input));
  if (!hire) return openApproval(tx, by, { companyId, type, title, body, issueIds });
  await mustHaveStrategy(tx, by, companyId, 'hire');
  const { budget, ...fields } = hire;
  const candidate = await insertCandidate(tx, by, adapters, companyId, fields);
  return openApproval(tx, by, { companyId, type, title, body, issueIds, agentId: candidate.id, payload: hirePayload(adapters, candidate, budget) });
}

/** What is asked for in a run is about its issue, unless it says otherwise. */
function aboutOf(by: Principal, { issueIds }: RequestApproval): string[] {
  return issueIds ?? (by.kind === 'run' && by.issueId ? [by.issueId] : []);
}

const plain = (title: string): string => title.toLowerCase().replaceAll(/\s+/g, ' ');

/**
 * An agent that forgets what it asked for, or is run again, asks once more: the board sees one thing once. What is said otherwise
 * than the first time is not dropped in silence.
 */
async function sameAsked(tx: Tx, by: Principal, companyId: string, input: RequestApproval, { title, body }: { title: string; body: string | null }): Promise<Approval | null> {
  const requesterId = agentOf(by);
  if (!requesterId) return null;
  const about = [...new Set(aboutOf(by, input))].toSorted().join();
  const open = await tx.approval.findMany({
    where: { companyId, requesterId, type: input.type, status: { in: [...OPEN_STATUSES] } }, include: { issues: { select: { issueId: true } } },
  });
  const same = open.find((each) =>
    plain(each.title) === plain(title) && each.issues.map(({ issueId }) => issueId).toSorted().join() === about && (!input.hire || hireOf(each).settings['name'] === input.hire.name.trim()));
  if (!same) return null;
  if (!input.hire && same.body === body) return same;
  throw new Refusal('CONFLICT', `it has asked the board for this already (approval ${same.id}): withdraw that, change it once the board sends it back, or say by the title what differs`, { details: { approvalId: same.id } });
}

/** A strategy is the CEO's to write, one at a time, and in words. */
async function mustBeCeo(tx: Tx, by: Principal, companyId: string, body: string | null): Promise<void> {
  const agentId = agentOf(by);
  const agent = agentId ? await tx.agent.findUnique({ where: { id: agentId }, select: { role: true } }) : null;
  if (agent?.role !== 'CEO') throw new Refusal('FORBIDDEN', 'only an agent with the role CEO asks for its strategy to be approved');
  if (!body) throw badInput('body', 'is needed: the strategy');
  const before = await tx.approval.findFirst({ where: { companyId, type: 'CEO_STRATEGY', status: { in: [...OPEN_STATUSES] } }, select: { id: true } });
  if (before) throw new Refusal('CONFLICT', 'a strategy is before the board already: change it with resubmitApproval, or withdraw it', { details: { approvalId: before.id } });
}

async function mustNotFlood(tx: Tx, by: Principal, companyId: string): Promise<void> {
  const agentId = agentOf(by);
  if (!agentId) return;
  const open = await tx.approval.count({ where: { companyId, requesterId: agentId, status: { in: [...OPEN_STATUSES] } } });
  if (open >= OPEN_MAX) throw new Refusal('RULE_VIOLATION', `${OPEN_MAX} things that it asked for wait for the board: withdraw some first`);
}
