import { isId, newId } from '../../../prisma/id.ts';
import type { Issue, PlanDecomposition, Prisma, Run } from '../../../prisma/generated/client.ts';
import type { Priority } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf, visible } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { mustHaveStrategy } from '../../approval/ceo-gate.ts';
import { PLAN_KEY } from '../../document/rules.ts';
import { heldAgainst, issueFor, mustBeAssignable, mustDirect } from '../../issue/commands/access.ts';
import type { IssueHeld } from '../../issue/conflicts.ts';
import { isTerminal } from '../../issue/rules.ts';
import { mustWriteDeliverables } from '../../recovery/lane.ts';
import { canonicalHash } from '../../shared/canonical.ts';
import { badInput, notFound, Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../../shared/text.ts';
import { DecompositionDiffers, DecompositionInFlight } from '../conflicts.ts';
import { flawOfChildren, isSameOwner, mayGoOn, type Owner, type PlannedChild } from '../rules.ts';

export interface PlannedChildInput {
  key: string;
  title: string;
  description?: string | null | undefined;
  assigneeId?: string | null | undefined;
  priority?: Priority | null | undefined;
  afterKeys?: string[] | null | undefined;
}

export interface DecomposePlan {
  issueId: string;
  revisionId: string;
  children: PlannedChildInput[];
}

export type ClaimConflict = IssueHeld | DecompositionInFlight | DecompositionDiffers;

/**
 * The right to make the children of an accepted revision: one row for each revision, which whoever asks first writes and who
 * asks later for the same children finds, to go on with it where its owner is gone.
 */
export async function claimDecomposition(tx: Tx, by: Principal, input: DecomposePlan): Promise<PlanDecomposition | ClaimConflict> {
  const source = await issueFor(tx, by, input.issueId);
  const revision = visible(by, await tx.documentRevision.findUnique({ where: { id: input.revisionId }, include: { document: true } }), 'revision');
  if (revision.companyId !== source.companyId) throw notFound('revision');
  const children = input.children.map(shaped);
  await mustKnowAssignees(tx, source, children);
  const flaw = flawOfChildren(children);
  if (flaw) throw badInput(flaw.field, flaw.message);

  const held = await heldAgainst(tx, by, source);
  if (held) return held;
  await mustDirect(tx, by, source, 'decompose the plan of');
  await mustWriteDeliverables(tx, by);
  await mustHaveStrategy(tx, by, source.companyId, 'decompose plans');
  const childrenHash = canonicalHash(children);
  const claimed = await tx.planDecomposition.findUnique({ where: { companyId_sourceIssueId_revisionId: { companyId: source.companyId, sourceIssueId: source.id, revisionId: revision.id } } });
  if (claimed) {
    if (claimed.childrenHash !== childrenHash) return new DecompositionDiffers(claimed);
    return claimed.status === 'COMPLETED' ? claimed : takeOver(tx, by, claimed);
  }
  if (revision.document.issueId !== source.id || revision.document.key !== PLAN_KEY) throw new Refusal('RULE_VIOLATION', `the revision is not one of the issue's document ${PLAN_KEY}`, { field: 'revisionId' });
  if (isTerminal(source.status)) throw new Refusal('RULE_VIOLATION', 'a finished issue is not decomposed');
  const confirmation = await tx.interaction.findFirst({ where: { issueId: source.id, kind: 'CONFIRMATION', status: 'ACCEPTED', targetRevisionId: revision.id }, orderBy: { id: 'asc' }, select: { id: true } });
  if (!confirmation) throw new Refusal('RULE_VIOLATION', 'the board has not accepted this revision: ask it for a confirmation that targets it', { field: 'revisionId' });
  for (const { assigneeId } of children) if (assigneeId) await mustBeAssignable(tx, by, source, assigneeId);
  return insertClaim(tx, by, { source, revisionId: revision.id, interactionId: confirmation.id, children, childrenHash });
}

async function insertClaim(
  tx: Tx, by: Principal, claim: { source: Issue; revisionId: string; interactionId: string; children: PlannedChild[]; childrenHash: string },
): Promise<PlanDecomposition> {
  const { source, children, ...rest } = claim;
  const id = newId();
  const made = await tx.planDecomposition.create({
    data: { id, companyId: source.companyId, sourceIssueId: source.id, ...rest, ...ownerOf(by), children: children as unknown as Prisma.InputJsonArray, childCount: children.length },
  });
  await recordActivity(tx, by, {
    companyId: source.companyId, action: 'plan.claimed', entityType: 'planDecomposition', entityId: id, issueId: source.id, details: { revisionId: claim.revisionId, childCount: children.length },
  });
  return made;
}

/** The claim in the hands of who asks; refused as data while the run that has it lives. */
export async function takeOver(tx: Tx, by: Principal, claimed: PlanDecomposition): Promise<PlanDecomposition | DecompositionInFlight> {
  const owner = ownerOf(by);
  if (isSameOwner(owner, claimed)) return claimed;
  if (!mayGoOn(owner, claimed, await isAlive(tx, claimed.ownerRunId))) return new DecompositionInFlight(claimed);
  const taken = await tx.planDecomposition.update({ where: { id: claimed.id }, data: owner });
  await recordActivity(tx, by, {
    companyId: claimed.companyId, action: 'plan.takenOver', entityType: 'planDecomposition', entityId: claimed.id, issueId: claimed.sourceIssueId, details: { formerRunId: claimed.ownerRunId },
  });
  return taken;
}

const ALIVE: Run['status'][] = ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'];

async function isAlive(tx: Tx, runId: string | null): Promise<boolean> {
  const run = runId === null ? null : await tx.run.findUnique({ where: { id: runId }, select: { status: true } });
  return run !== null && ALIVE.includes(run.status);
}

export function ownerOf(by: Principal): Owner {
  const { actorType, actorId } = actorOf(by);
  return { ownerType: actorType, ownerId: actorId, ownerRunId: runOf(by) };
}

/** A child as it is kept and compared: trimmed, and with nothing left out. */
function shaped({ key, title, description, assigneeId, priority, afterKeys }: PlannedChildInput): PlannedChild {
  if (typeof assigneeId === 'string' && !isId(assigneeId)) throw badInput('children.assigneeId', 'is not an id');
  return {
    key: requiredText('children.key', key, 64), title: requiredText('children.title', title, LIMITS.title),
    description: optionalText('children.description', description, LIMITS.description), assigneeId: assigneeId ?? null, priority: priority ?? null,
    afterKeys: (afterKeys ?? []).map((each) => requiredText('children.afterKeys', each, 64)).sort(),
  };
}

async function mustKnowAssignees(tx: Tx, source: Issue, children: PlannedChild[]): Promise<void> {
  const ids = [...new Set(children.flatMap(({ assigneeId }) => assigneeId ?? []))];
  if (ids.length > 0 && (await tx.agent.count({ where: { id: { in: ids }, companyId: source.companyId } })) !== ids.length) {
    throw new Refusal('NOT_FOUND', 'no such assignee', { field: 'children.assigneeId' });
  }
}
