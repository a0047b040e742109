import type { BudgetIncident } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';

export type Resolve = { incidentId: string } & ({ resolution: 'RAISE_AND_RESUME'; amount: bigint } | { resolution: 'KEEP_PAUSED' });

/** Decides about a hard stop. Called by resolveBudgetIncident and, with the approval that was opened for it, by decideApproval. */
export function resolveIncident(_tx: Tx, _by: Principal, _input: Resolve): Promise<BudgetIncident> {
  throw new Error('not there yet');
}
