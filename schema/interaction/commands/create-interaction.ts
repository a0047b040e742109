import { newId } from '../../../prisma/id.ts';
import type { Interaction, Issue, Prisma } from '../../../prisma/generated/client.ts';
import type { InteractionContinuation, InteractionKind } from '../../../prisma/generated/enums.ts';
import type { Tx } from '../../../prisma/transaction.ts';
import { type Principal, runOf, visible } from '../../access/principal.ts';
import { actorOf, recordActivity } from '../../activity/record.ts';
import { heldAgainst, issueFor } from '../../issue/commands/access.ts';
import type { IssueHeld } from '../../issue/conflicts.ts';
import { isTerminal } from '../../issue/rules.ts';
import { canonicalHash } from '../../shared/canonical.ts';
import { badInput, notFound, Refusal } from '../../shared/refusal.ts';
import { LIMITS, optionalText, requiredText } from '../../shared/text.ts';
import { LIMIT, type Payload } from '../rules.ts';
import { type Asked, checkedPayload, shaped } from './shape.ts';

export interface CreateInteraction extends Asked {
  issueId: string;
  kind: InteractionKind;
  title: string;
  summary?: string | null | undefined;
  continuation?: InteractionContinuation | null | undefined;
  /** For confirmations: what is confirmed. It must be the latest revision of a document of this issue. */
  targetRevisionId?: string | null | undefined;
  sourceCommentId?: string | null | undefined;
  supersedeOnComment?: boolean | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/** Asks the board something in the thread of an issue. With a key of the issue that was used before, what was asked then comes back. */
export async function createInteraction(tx: Tx, by: Principal, input: CreateInteraction): Promise<Interaction | IssueHeld> {
  const issue = await issueFor(tx, by, input.issueId);
  const title = requiredText('title', input.title, LIMITS.title);
  const summary = optionalText('summary', input.summary, LIMIT.text);
  const idempotencyKey = input.idempotencyKey === null || input.idempotencyKey === undefined ? null : requiredText('idempotencyKey', input.idempotencyKey, 200);
  const asked = shaped(input);
  await mustKnowAssignees(tx, issue, asked);
  const target = await targetOf(tx, by, issue, input.targetRevisionId);
  await mustKnowComment(tx, issue, input.sourceCommentId);
  const payload = checkedPayload(input.kind, asked);
  const held = await heldAgainst(tx, by, issue);
  if (held) return held;

  const meant = {
    kind: input.kind, title, summary, payload, continuation: input.continuation ?? 'WAKE_ASSIGNEE', supersedeOnComment: input.supersedeOnComment ?? true,
    targetDocumentId: target?.documentId ?? null, targetRevisionId: target?.id ?? null, sourceCommentId: input.sourceCommentId ?? null,
  };
  const payloadHash = canonicalHash(meant);
  const before = idempotencyKey === null ? null : await tx.interaction.findFirst({ where: { issueId: issue.id, idempotencyKey } });
  if (before) {
    if (before.payloadHash === payloadHash) return before;
    throw new Refusal('CONFLICT', 'this key was used on the issue to ask something else', { field: 'idempotencyKey', details: { interactionId: before.id } });
  }
  mustBeAskable(issue, input.kind, target);

  const { actorType, actorId } = actorOf(by);
  const interaction = await tx.interaction.create({
    data: {
      id: newId(), companyId: issue.companyId, issueId: issue.id, ...meant, payload: payload as unknown as Prisma.InputJsonObject, payloadHash, idempotencyKey,
      sourceRunId: runOf(by), creatorType: actorType, creatorId: actorId,
    },
  });
  await recordActivity(tx, by, {
    companyId: issue.companyId, action: 'interaction.created', entityType: 'interaction', entityId: interaction.id, issueId: issue.id, agentId: issue.assigneeId,
    details: { kind: input.kind, title },
  });
  return interaction;
}

interface Target {
  id: string;
  documentId: string;
  latest: { id: string; number: number };
}

async function targetOf(tx: Tx, by: Principal, issue: Issue, revisionId: string | null | undefined): Promise<Target | null> {
  if (!revisionId) return null;
  const revision = visible(by, await tx.documentRevision.findUnique({ where: { id: revisionId }, include: { document: true } }), 'revision');
  if (revision.companyId !== issue.companyId) throw notFound('revision');
  const { document } = revision;
  if (document.issueId !== issue.id) throw new Refusal('RULE_VIOLATION', 'that is a document of another issue', { field: 'targetRevisionId' });
  return { id: revision.id, documentId: document.id, latest: { id: document.latestRevisionId, number: document.latestNumber } };
}

function mustBeAskable(issue: Issue, kind: InteractionKind, target: Target | null): void {
  if (isTerminal(issue.status)) throw new Refusal('RULE_VIOLATION', 'nothing is asked on a finished issue');
  if (!target) return;
  if (kind !== 'CONFIRMATION' && kind !== 'CHECKBOX_CONFIRMATION') throw badInput('targetRevisionId', 'only confirmations are about a document');
  if (target.latest.id !== target.id) {
    throw new Refusal('RULE_VIOLATION', `the document has revision ${target.latest.number} by now: ask about that`, {
      field: 'targetRevisionId', details: { latestRevisionId: target.latest.id, latestNumber: target.latest.number },
    });
  }
}

async function mustKnowAssignees(tx: Tx, issue: Issue, { tasks }: Payload): Promise<void> {
  const ids = [...new Set(tasks.flatMap(({ assigneeId }) => assigneeId ?? []))];
  if (ids.length === 0) return;
  if ((await tx.agent.count({ where: { id: { in: ids }, companyId: issue.companyId } })) !== ids.length) throw new Refusal('NOT_FOUND', 'no such assignee', { field: 'tasks.assigneeId' });
}

async function mustKnowComment(tx: Tx, issue: Issue, commentId: string | null | undefined): Promise<void> {
  if (!commentId) return;
  const comment = await tx.comment.findUnique({ where: { id: commentId }, select: { issueId: true } });
  if (comment?.issueId !== issue.id) throw notFound('comment');
}
