import { mutate } from '../../graphql/mutate.ts';
import type { DocumentTextFragment, PutDocumentInput, PutDocumentMutation } from '../../graphql/generated/graphql.ts';
import { sentence } from '../../ui/failure.ts';
import { toast } from '../../ui/toast.ts';
import { LockDocument, PutDocument, RestoreDocument, UnlockDocument } from './queries.ts';

/** The revision that was written meanwhile, where there is one. */
export type Newer = NonNullable<Extract<PutDocumentMutation['putDocument'], { __typename: 'DocumentOutdated' }>['newer']>;

export type Written = { state: 'written' } | { state: 'outdated'; newer: Newer } | { state: 'refused'; problem: string };

/** Writes a revision on top of the one that was read. Where somebody was faster, their revision comes back. */
export async function put(input: PutDocumentInput): Promise<Written> {
  const { data, failure } = await mutate(PutDocument, { input });
  if (failure) return { state: 'refused', problem: failure.message };
  const result = data.putDocument;
  switch (result.__typename) {
    case 'Document':
      return { state: 'written' };
    case 'DocumentDerived':
      toast.show({ title: `Written as ${result.document.key}`, detail: sentence(result.message), icon: 'file', tone: 'ok' });
      return { state: 'written' };
    case 'DocumentOutdated':
      return result.newer ? { state: 'outdated', newer: result.newer } : { state: 'refused', problem: sentence(result.message) };
    case 'DocumentLocked':
    case 'IssueHeld':
      return { state: 'refused', problem: sentence(result.message) };
  }
}

/** Makes an earlier text the latest again. True where that worked. */
export async function restore(document: Pick<DocumentTextFragment, 'id' | 'key'>, revision: { id: string; number: number }): Promise<boolean> {
  const { data, failure } = await mutate(RestoreDocument, { input: { documentId: document.id, revisionId: revision.id } });
  const refused = failure?.message ?? (data && data.restoreDocument.__typename !== 'Document' ? sentence(data.restoreDocument.message) : null);
  if (refused) toast.error(`Revision ${revision.number} was not brought back`, refused);
  return refused === null;
}

/** Keeps a document as it is, or lets it be written again. */
export async function setLock(document: Pick<DocumentTextFragment, 'id' | 'key'>, lock: boolean): Promise<void> {
  const input = { documentId: document.id };
  const { failure } = lock ? await mutate(LockDocument, { input }) : await mutate(UnlockDocument, { input });
  if (failure) toast.error(`${document.key} was not ${lock ? 'locked' : 'unlocked'}`, failure.message);
}
