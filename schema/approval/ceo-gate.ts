import type { Tx } from '../../prisma/transaction.ts';
import { agentOf, type Principal } from '../access/principal.ts';
import { Refusal } from '../shared/refusal.ts';

const HOW = 'ask for it with requestApproval, type CEO_STRATEGY, and draft in BACKLOG until then';

/**
 * Before the board has approved its first strategy, a CEO drafts and sets nothing in motion. Both rows are read by their keys,
 * and the company's only for a CEO: others pay for one read.
 */
export async function isBeforeStrategy(tx: Tx, by: Principal, companyId: string): Promise<boolean> {
  const agentId = agentOf(by);
  if (!agentId) return false;
  const agent = await tx.agent.findUnique({ where: { id: agentId }, select: { role: true } });
  if (agent?.role !== 'CEO') return false;
  const company = await tx.company.findUnique({ where: { id: companyId }, select: { strategyApprovedAt: true } });
  return company?.strategyApprovedAt === null;
}

/** Declines what a CEO may not do before its first approved strategy. */
export async function mustHaveStrategy(tx: Tx, by: Principal, companyId: string, doing: string): Promise<void> {
  if (await isBeforeStrategy(tx, by, companyId)) throw new Refusal('RULE_VIOLATION', `before the board has approved a strategy the CEO may not ${doing}: ${HOW}`);
}
