import type { Interaction, Issue } from '../../../prisma/generated/client.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import type { Principal } from '../../access/principal.ts';
import { createIssue } from '../../issue/commands/create-issue.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { GateShut, gateOf } from '../../workspace/gate.ts';
import { InteractionStale, type InteractionOver } from '../conflicts.ts';
import { chosenTasks, flawOfSelection, type Result } from '../rules.ts';
import { checkedNote, interactionFor, isConfirmation, overFor, payloadOf, settle } from './resolve.ts';
import { mustBeFlawless, shapedKeys } from './shape.ts';

export interface AcceptInteraction {
  interactionId: string;
  /** Of a task suggestion: which drafts to file; each with the one that it stands under. All when absent. */
  taskKeys?: string[] | null | undefined;
  /** Of a checkbox confirmation: what was ticked. */
  optionKeys?: string[] | null | undefined;
  note?: string | null | undefined;
}

/**
 * The board says yes. What a confirmation is about must be as it was asked, and the work of the run that asked must be safely in
 * its workspace; both are judged in this transaction. Accepted drafts are filed in it too.
 */
export async function acceptInteraction(
  tx: Tx, by: Principal, input: AcceptInteraction,
): Promise<Interaction | InteractionOver | InteractionStale | GateShut> {
  const open = await interactionFor(tx, by, input.interactionId, 'accept what is asked of the board');
  const note = checkedNote('note', input.note);
  const taskKeys = shapedKeys('taskKeys', input.taskKeys);
  const optionKeys = shapedKeys('optionKeys', input.optionKeys);
  if (taskKeys && open.kind !== 'SUGGEST_TASKS') throw badInput('taskKeys', 'nothing here is a suggestion of tasks');
  if (optionKeys && open.kind !== 'CHECKBOX_CONFIRMATION') throw badInput('optionKeys', 'there are no options to choose');
  const over = overFor(open, 'accept');
  const latest = await latestOfTarget(tx, open);
  const newer = latest && latest.revisionId !== open.targetRevisionId ? latest : null;
  if (over) return newer && open.endReason === 'stale_target' ? new InteractionStale(over.interaction, newer) : over;
  if (newer) return new InteractionStale(await settle(tx, by, open, { move: 'expire', endReason: 'stale_target' }), newer);
  if (open.targetDocumentId && !latest) throw new Refusal('RULE_VIOLATION', 'the document that it is about was deleted: reject or cancel it');
  if (open.issue.status === 'CANCELLED') throw new Refusal('RULE_VIOLATION', 'its issue was cancelled: reject it, or reopen the issue');
  if (isConfirmation(open.kind)) {
    const shut = await gateOf(tx, open.issueId, open.sourceRunId);
    if (shut) return new GateShut(shut);
  }
  const result = await effectOf(tx, by, open, { taskKeys, optionKeys });
  return settle(tx, by, open, { move: 'accept', note, result });
}

/** The latest revision of what it is about; null where it is about nothing, or that is gone. */
async function latestOfTarget(tx: Tx, { targetDocumentId }: Interaction): Promise<{ revisionId: string; number: number } | null> {
  if (!targetDocumentId) return null;
  const document = await tx.document.findUnique({ where: { id: targetDocumentId }, select: { latestRevisionId: true, latestNumber: true } });
  return document && { revisionId: document.latestRevisionId, number: document.latestNumber };
}

async function effectOf(tx: Tx, by: Principal, open: Interaction & { issue: Issue }, chosen: { taskKeys: string[] | null; optionKeys: string[] | null }): Promise<Result> {
  const payload = payloadOf(open);
  if (open.kind === 'CHECKBOX_CONFIRMATION') {
    const optionKeys = chosen.optionKeys ?? [];
    mustBeFlawless(flawOfSelection(payload, optionKeys));
    return { optionKeys };
  }
  if (open.kind !== 'SUGGEST_TASKS') return {};
  const tasks = chosenTasks(payload.tasks, chosen.taskKeys);
  if (!Array.isArray(tasks)) throw badInput(tasks.field, tasks.message);
  const made = new Map<string | null, string>([[null, open.issueId]]);
  const created: { key: string; issueId: string }[] = [];
  for (const { key, parentKey, ...fields } of tasks) {
    const issue = await createIssue(tx, by, { ...fields, companyId: open.companyId, parentId: made.get(parentKey) ?? open.issueId });
    await tx.issue.update({ where: { id: issue.id }, data: { origin: 'SUGGESTION', originId: open.id } });
    made.set(key, issue.id);
    created.push({ key, issueId: issue.id });
  }
  return { created };
}
