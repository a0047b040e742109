import type { Approval, ApprovalStatus, ApprovalType, Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';

export interface OpenApproval {
  companyId: string;
  type: ApprovalType;
  title: string;
  body?: string | null;
  payload?: Prisma.InputJsonObject;
  agentId?: string | null;
  incidentId?: string | null;
  issueIds?: string[];
}

/** Puts something before the board: stores it, records it, and tells whoever wants to know. */
export function openApproval(_tx: Tx, _by: Principal, _input: OpenApproval): Promise<Approval> {
  throw new Error('not there yet');
}

/** Ends an approval whose question was settled otherwise: a stop whose budget was raised, a month that is over. */
export async function closeApproval(_tx: Tx, _by: Principal, _approvalId: string, _status: Extract<ApprovalStatus, 'APPROVED' | 'REJECTED' | 'CANCELLED'>): Promise<void> {}
