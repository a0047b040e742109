import { newId } from '../../prisma/id.ts';
import type { Database } from '../../prisma/client.ts';
import type { Document, Issue } from '../../prisma/generated/client.ts';

/** A document put there without its command: tests of what is asked about documents need no more. */
export async function insertDocument({ prisma }: Database, issue: Pick<Issue, 'id' | 'companyId'>, key = 'plan'): Promise<Document> {
  const [id, revisionId] = [newId(), newId()];
  const document = await prisma.document.create({
    data: { id, companyId: issue.companyId, issueId: issue.id, key, body: 'one', latestRevisionId: revisionId, latestNumber: 1, creatorType: 'SYSTEM' },
  });
  await prisma.documentRevision.create({ data: { id: revisionId, companyId: issue.companyId, documentId: id, number: 1, body: 'one', authorType: 'SYSTEM' } });
  return document;
}

/** A newer revision of it. */
export async function reviseDocument({ prisma }: Database, document: Document): Promise<Document> {
  const latest = { latestRevisionId: newId(), latestNumber: document.latestNumber + 1, body: `${document.body} more` };
  await prisma.documentRevision.create({
    data: { id: latest.latestRevisionId, companyId: document.companyId, documentId: document.id, number: latest.latestNumber, body: latest.body, authorType: 'SYSTEM' },
  });
  return prisma.document.update({ where: { id: document.id }, data: latest });
}
