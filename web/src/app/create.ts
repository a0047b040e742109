import { createSignal } from 'solid-js';
import type { IssueStatus } from '../graphql/generated/graphql.ts';

/** What the create dialogs may be opened with; all of it can still be changed there. */
export type Creating =
  | { kind: 'issue'; status?: IssueStatus; assigneeId?: string; projectId?: string; parentId?: string; parentIdentifier?: string; title?: string }
  | { kind: 'agent'; managerId?: string }
  | { kind: 'project' }
  | { kind: 'company' };

const [creating, setCreating] = createSignal<Creating | null>(null);

/** The create dialog that is open; the shell draws it, any page may open it. */
export { creating };

export const openCreate = (what: Creating): void => {
  setCreating(what);
};

export const closeCreate = (): void => {
  setCreating(null);
};
