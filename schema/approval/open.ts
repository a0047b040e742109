import { now } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import type { Approval, ApprovalStatus, ApprovalType, Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../../prisma/transaction.ts';
import { type Principal, runOf } from '../access/principal.ts';
import { actorOf, recordActivity } from '../activity/record.ts';
import { notify } from '../notification/notify.ts';
import { linkIssues } from './commands/link-issues.ts';
import { isOpenApproval } from './rules.ts';

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
export async function openApproval(tx: Tx, by: Principal, input: OpenApproval): Promise<Approval> {
  const { issueIds = [], ...fields } = input;
  const { actorType, actorId } = actorOf(by);
  const at = now();
  const approval = await tx.approval.create({
    data: { id: newId(), ...fields, payload: fields.payload ?? {}, requesterType: actorType, requesterId: actorId, runId: runOf(by), createdAt: at, updatedAt: at },
  });
  await keepVersion(tx, by, approval, []);
  const ids = [...new Set(issueIds)];
  await linkIssues(tx, approval, ids, at);
  await recordActivity(tx, by, {
    companyId: approval.companyId, action: 'approval.requested', entityType: 'approval', entityId: approval.id, agentId: approval.agentId, issueId: ids[0] ?? null,
    details: { type: approval.type, title: approval.title },
  });
  await announce(tx, approval);
  return approval;
}

/** Keeps what is put before the board now: it can still be read, and compared, when there is another version. */
export async function keepVersion(tx: Tx, by: Principal, { id: approvalId, companyId, type, revision, title, body, payload, updatedAt }: Approval, changed: string[]): Promise<void> {
  const hire = type === 'HIRE_AGENT' ? { hire: payload as Prisma.InputJsonObject } : {};
  await tx.approvalVersion.create({ data: { id: newId(), companyId, approvalId, number: revision, title, body, ...hire, changed, ...actorOf(by), runId: runOf(by), createdAt: updatedAt } });
}

/** Tells whoever wants to hear that it waits for the board; once for each version of it. A stop tells of the approval that it opened by itself. */
export async function announce(tx: Tx, approval: Approval): Promise<void> {
  const { id, companyId, type, title, revision } = approval;
  await notify(tx, { companyId, event: 'APPROVAL_WAITING', subject: `${id} ${revision}`, payload: { approvalId: id, type, title, revision }, ...(type === 'BUDGET_OVERRIDE' ? { unlessToldBy: 'BUDGET_STOPPED' as const } : {}) });
}

/**
 * Ends an approval whose question was settled otherwise: a stop whose budget was raised, a month that is over. One that was
 * decided stays as it is, so that a decision may call what calls this.
 */
export async function closeApproval(tx: Tx, by: Principal, approvalId: string, status: Extract<ApprovalStatus, 'APPROVED' | 'REJECTED' | 'CANCELLED'>): Promise<void> {
  const open = await tx.approval.findUnique({ where: { id: approvalId } });
  if (!open || !isOpenApproval(open.status)) return;
  await settleApproval(tx, by, open, status, null);
}

const pastTense = { APPROVED: 'approved', REJECTED: 'rejected', CANCELLED: 'cancelled' } as const;

/** Stores how an approval ended, and by whom. */
export async function settleApproval(tx: Tx, by: Principal, open: Approval, status: keyof typeof pastTense, note: string | null, payload?: Prisma.InputJsonObject): Promise<Approval> {
  const { actorType, actorId } = actorOf(by);
  const at = now();
  const settled = await tx.approval.update({
    where: { id: open.id },
    data: { status, decisionNote: note, deciderType: actorType, deciderId: actorId, decidedAt: at, updatedAt: at, ...(payload ? { payload } : {}) },
  });
  await recordActivity(tx, by, {
    companyId: open.companyId, action: `approval.${pastTense[status]}`, entityType: 'approval', entityId: open.id, agentId: open.agentId, details: { type: open.type, title: open.title },
  });
  return settled;
}
