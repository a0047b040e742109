import { newId } from '../../prisma/id.ts';
import type { Database } from '../../prisma/client.ts';
import type { Interaction, Issue, PlanDecomposition } from '../../prisma/generated/client.ts';
import { shaped } from '../interaction/commands/shape.ts';
import { insertDocument } from '../interaction/testing.ts';

/** A plan that the board has accepted, put there without the commands that lead to it. */
export async function insertAcceptedPlan(db: Database, issue: Pick<Issue, 'id' | 'companyId'>): Promise<{ revisionId: string; interaction: Interaction }> {
  const document = await insertDocument(db, issue);
  const interaction = await db.prisma.interaction.create({
    data: {
      id: newId(), companyId: issue.companyId, issueId: issue.id, kind: 'CONFIRMATION', status: 'ACCEPTED', title: 'The plan', payload: { ...shaped({}) } as object, payloadHash: '',
      targetDocumentId: document.id, targetRevisionId: document.latestRevisionId, creatorType: 'SYSTEM', resolvedAt: new Date(),
    },
  });
  return { revisionId: document.latestRevisionId, interaction };
}

/** A decomposition as it stands once its only child was made. */
export async function insertDecomposition({ prisma }: Database, source: Pick<Issue, 'id' | 'companyId'>, interaction: Interaction, child: Pick<Issue, 'id'>): Promise<PlanDecomposition> {
  const { companyId } = source;
  const made = await prisma.planDecomposition.create({
    data: {
      id: newId(), companyId, sourceIssueId: source.id, revisionId: newId(), interactionId: interaction.id, status: 'COMPLETED', childrenHash: '', children: [], childCount: 1,
      ownerType: 'SYSTEM', completedAt: new Date(),
    },
  });
  await prisma.planChild.create({ data: { decompositionId: made.id, ordinal: 0, companyId, issueId: child.id } });
  return made;
}
