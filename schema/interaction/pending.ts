import type { InteractionKind } from '../../prisma/generated/enums.ts';
import type { Tx } from '../../prisma/transaction.ts';

/** What the board has not answered yet on an issue, oldest first: while there is such a thing, the issue waits for the board. */
export function pendingOn(tx: Tx, issueId: string): Promise<{ id: string; kind: InteractionKind; title: string | null }[]> {
  return tx.interaction.findMany({ where: { issueId, status: 'PENDING' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 20, select: { id: true, kind: true, title: true } });
}
