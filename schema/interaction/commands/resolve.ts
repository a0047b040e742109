import type { Interaction, Issue, Prisma } from '../../../prisma/generated/client.ts';
import type { InteractionKind } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { agentOf, mustBeBoard, type Principal, visible } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { clip, optionalText } from '../../shared/text.ts';
import { Refusal } from '../../shared/refusal.ts';
import { enqueueWake } from '../../wake/enqueue-wake.ts';
import { InteractionOver } from '../conflicts.ts';
import { type InteractionMove, judgeInteraction, LIMIT, type Payload, type Result, wakesAssignee } from '../rules.ts';

/** Characters of an answer that a wake carries inline; the agent fetches the rest. */
const INLINE_MAX = 12_000;

type Open = Interaction & { issue: Issue };

/** The interaction as the board is about to resolve it. Agents may see it, and that is all. */
export async function interactionFor(tx: Tx, by: Principal, interactionId: string, doing: string): Promise<Open> {
  const interaction = visible(by, await tx.interaction.findUnique({ where: { id: interactionId }, include: { issue: true } }), 'interaction');
  mustBeBoard(by, doing);
  return interaction;
}

/** Who says it is over, where it is; a move that its kind does not know is declined. */
export function overFor(interaction: Open, move: InteractionMove): InteractionOver | null {
  const verdict = judgeInteraction(interaction.kind, interaction.status, move);
  if ('unfit' in verdict) throw new Refusal('RULE_VIOLATION', verdict.unfit, { details: { kind: interaction.kind } });
  return 'over' in verdict ? new InteractionOver(bare(interaction)) : null;
}

export function payloadOf({ payload }: Pick<Interaction, 'payload'>): Payload {
  return payload as unknown as Payload;
}

export function resultOf({ result }: Pick<Interaction, 'result'>): Result {
  return (result ?? {}) as Result;
}

export function bare({ issue: _issue, ...interaction }: Open): Interaction {
  return interaction;
}

interface Resolution {
  move: Exclude<InteractionMove, 'fail'>;
  result?: Result;
  note?: string | null | undefined;
  endReason?: string;
}

const pastTense = { accept: 'accepted', reject: 'rejected', answer: 'answered', cancel: 'cancelled', expire: 'expired' } as const satisfies Record<Resolution['move'], string>;

/** Ends it, tells the log, and wakes the agent whose issue it is where it asked for that. */
export async function settle(tx: Tx, by: Principal, open: Open, { move, result, note, endReason }: Resolution): Promise<Interaction> {
  const verdict = judgeInteraction(open.kind, open.status, move);
  if (!('to' in verdict)) throw new Error(`an interaction that is ${open.status} was to ${move}`);
  const { actorType, actorId } = actorOf(by);
  const settled = await tx.interaction.update({
    where: { id: open.id },
    data: {
      status: verdict.to, resolvedAt: new Date(), resolverType: actorType, resolverId: actorId, note: note ?? null, endReason: endReason ?? null,
      ...(result ? { result: result as Prisma.InputJsonObject } : {}),
    },
  });
  await recordActivity(tx, by, {
    companyId: open.companyId, action: `interaction.${pastTense[move]}`, entityType: 'interaction', entityId: open.id, issueId: open.issueId, agentId: open.issue.assigneeId,
    details: { kind: open.kind, title: open.title, ...(endReason ? { reason: endReason } : {}) },
  });
  await wakeWithAnswer(tx, by, open.issue, settled);
  return settled;
}

async function wakeWithAnswer(tx: Tx, by: Principal, issue: Issue, settled: Interaction): Promise<void> {
  // Who withdraws its own question knows.
  if (!issue.assigneeId || issue.assigneeId === agentOf(by) || !wakesAssignee(settled.continuation, settled.status)) return;
  const { id, kind, status, title, note } = settled;
  const result = JSON.stringify(settled.result ?? {});
  await enqueueWake(tx, by, {
    agentId: issue.assigneeId, issueId: issue.id, source: 'AUTOMATION', reason: 'interaction_resolved',
    payload: {
      interaction: {
        id, kind, status, title, ...(note ? { note: clip(note, LIMIT.text) } : {}), ...(settled.targetRevisionId ? { targetRevisionId: settled.targetRevisionId } : {}),
        ...(result.length <= INLINE_MAX ? { result: settled.result ?? {} } : { resultIsLong: true }),
      },
    },
  });
}

export function checkedNote(field: string, note: string | null | undefined): string | null {
  return optionalText(field, note, LIMIT.text);
}

/** The kinds that a document can be the target of, and that wait for its workspace. */
export function isConfirmation(kind: InteractionKind): boolean {
  return kind === 'CONFIRMATION' || kind === 'CHECKBOX_CONFIRMATION';
}
