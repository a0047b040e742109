import { now } from '../../../prisma/clock.ts';
import { newId } from '../../../prisma/id.ts';
import type { Approval, Prisma } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { mustBeBoard, type Principal } from '../../access/principal.ts';
import { recordActivity } from '../../activity/record.ts';
import type { Adapters } from '../../agent/adapters.ts';
import { changeAgent } from '../../agent/commands.ts';
import type { Settings } from '../../agent/revision-rules.ts';
import { settingsOf } from '../../agent/revisions.ts';
import type { AgentFields } from '../../agent/settings.ts';
import { openCompanyOf } from '../../company/commands.ts';
import { badInput, notFound, Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../../shared/text.ts';
import { ApprovalDecided } from '../conflicts.ts';
import { announce, keepVersion } from '../open.ts';
import { judgeApproval } from '../rules.ts';
import { changedSince } from '../version-rules.ts';
import { approvalFor, checkedNote, mustBeRequester } from './access.ts';
import { addApprovalComment } from './comment-approval.ts';
import { type HireBudget, hireOf, hirePayload } from './hire.ts';
import { wakeRequester } from './wake-requester.ts';

/**
 * The board wants another version of it, and says what is amiss. To ask the same again before there is one changes nothing; what
 * somebody else of the board wants changed as well is not lost: it is told as a comment.
 */
export async function requestApprovalRevision(tx: Tx, by: Principal, input: { approvalId: string; note: string }): Promise<Approval | ApprovalDecided> {
  const open = await approvalFor(tx, by, input.approvalId);
  mustBeBoard(by, 'ask for another version');
  const note = checkedNote(input.note);
  if (!note) throw badInput('note', 'must not be empty: what is to be changed');
  if (open.type === 'BUDGET_OVERRIDE') throw new Refusal('RULE_VIOLATION', 'nobody writes another version of a budget override: approve it with a limit, or reject it');
  const verdict = judgeApproval(open.status, 'revise');
  if ('same' in verdict) {
    if (await isSaid(tx, open, note)) return open;
    await addApprovalComment(tx, by, { approvalId: open.id, body: note });
    return tx.approval.findUniqueOrThrow({ where: { id: open.id } });
  }
  if (!('to' in verdict)) return new ApprovalDecided(open);
  const asked = await tx.approval.update({ where: { id: open.id }, data: { status: verdict.to, decisionNote: note, updatedAt: now() } });
  await recordActivity(tx, by, { companyId: open.companyId, action: 'approval.revisionRequested', entityType: 'approval', entityId: open.id, agentId: open.agentId, details: { type: open.type, title: open.title } });
  await wakeRequester(tx, by, asked, 'approval_revision_requested');
  return asked;
}

async function isSaid(tx: Tx, { id: approvalId, decisionNote }: Approval, note: string): Promise<boolean> {
  return note === decisionNote || (await tx.approvalComment.count({ where: { approvalId, authorType: 'USER', body: note } })) > 0;
}

export interface ResubmitApproval {
  approvalId: string;
  title?: string | null | undefined;
  body?: string | null | undefined;
  hire?: (AgentFields & { budget?: HireBudget | null | undefined }) | null | undefined;
}

/** Puts another version before the board: what is given is changed, the rest stays. */
export async function resubmitApproval(tx: Tx, by: Principal, adapters: Adapters, input: ResubmitApproval): Promise<Approval | ApprovalDecided> {
  const open = await approvalFor(tx, by, input.approvalId);
  mustBeRequester(by, open, 'resubmit');
  await openCompanyOf(tx, by, open.companyId);
  const { hire } = input;
  if (hire?.managerId) await mustKnowManager(tx, open.companyId, hire.managerId);
  if (hire && open.type !== 'HIRE_AGENT') throw badInput('hire', 'belongs to approvals of type HIRE_AGENT');
  const title = typeof input.title === 'string' ? requiredText('title', input.title, LIMITS.title) : open.title;
  const body = input.body === undefined ? open.body : optionalText('body', input.body, LIMITS.body);
  if (open.type === 'CEO_STRATEGY' && !body) throw badInput('body', 'is needed: the strategy');
  const verdict = judgeApproval(open.status, 'resubmit');
  if ('unfit' in verdict) throw new Refusal('RULE_VIOLATION', verdict.unfit);
  if (!('to' in verdict)) return new ApprovalDecided(open);
  const changed = open.type === 'HIRE_AGENT' ? await changedHire(tx, by, adapters, open, hire ?? {}) : undefined;
  const at = now();
  await keepNote(tx, open);
  const sent = await tx.approval.update({
    where: { id: open.id }, data: { status: verdict.to, title, body, revision: { increment: 1 }, decisionNote: null, updatedAt: at, ...(changed ? { payload: changed.payload } : {}) },
  });
  await keepVersion(tx, by, sent, changedSince(askedIn(open), askedIn(sent), changed));
  await recordActivity(tx, by, { companyId: open.companyId, action: 'approval.resubmitted', entityType: 'approval', entityId: open.id, agentId: open.agentId, details: { type: open.type, title, revision: sent.revision } });
  await announce(tx, sent);
  return sent;
}

function askedIn({ type, title, body, payload }: Approval) {
  return { title, body, hire: type === 'HIRE_AGENT' ? payload : null };
}

/** What the board wanted changed stays to be read beside the new version: as its comment, of when it was said. */
async function keepNote(tx: Tx, { id, companyId, decisionNote }: Approval): Promise<void> {
  const asked = await tx.activity.findFirst({
    where: { entityId: id, action: 'approval.revisionRequested' }, orderBy: [{ txid: 'desc' }, { seq: 'desc' }], select: { actorType: true, actorId: true, createdAt: true },
  });
  if (!decisionNote || !asked) return;
  await tx.approvalComment.create({ data: { id: newId(), companyId, approvalId: id, authorType: asked.actorType, authorId: asked.actorId, body: decisionNote, createdAt: asked.createdAt } });
}

async function mustKnowManager(tx: Tx, companyId: string, managerId: string): Promise<void> {
  const manager = await tx.agent.findUnique({ where: { id: managerId }, select: { companyId: true } });
  if (manager?.companyId !== companyId) throw notFound('manager');
}

/** The agent as it is asked for now, with what the board has changed of it itself; its secrets stay where they are sent back redacted. */
async function changedHire(tx: Tx, by: Principal, adapters: Adapters, open: Approval, { budget, ...fields }: NonNullable<ResubmitApproval['hire']>): Promise<{ payload: Prisma.InputJsonObject; before: Settings; after: Settings }> {
  const candidate = await tx.agent.findUniqueOrThrow({ where: { id: open.agentId as string } });
  const changed = Object.keys(fields).length > 0 ? await changeAgent(tx, by, adapters, candidate, fields) : candidate;
  const payload = hirePayload(adapters, changed, budget);
  return {
    payload: budget === undefined ? ({ ...payload, budget: hireOf(open).budget } as Prisma.InputJsonObject) : payload,
    before: settingsOf(candidate), after: settingsOf(changed),
  };
}
