import type { IssueStatus, Priority } from '../../../graphql/generated/graphql.ts';

export interface IssueDraft {
  title: string;
  description: string;
  status: IssueStatus;
  priority: Priority;
  assigneeId: string | null;
  projectId: string | null;
  labelIds: string[];
}

export const emptyDraft: IssueDraft = { title: '', description: '', status: 'TODO', priority: 'MEDIUM', assigneeId: null, projectId: null, labelIds: [] };

const keyOf = (prefix: string) => `boardroom.draft.issue.${prefix}`;

/** What was being written when the dialog was closed, so that a stray Escape loses nothing. */
export function loadDraft(prefix: string): IssueDraft {
  try {
    return { ...emptyDraft, ...(JSON.parse(localStorage.getItem(keyOf(prefix)) ?? '{}') as Partial<IssueDraft>) };
  } catch {
    return { ...emptyDraft };
  }
}

/** Keeps a draft with words in it; one without is forgotten. */
export function saveDraft(prefix: string, draft: IssueDraft): void {
  try {
    if (draft.title.trim() === '' && draft.description.trim() === '') localStorage.removeItem(keyOf(prefix));
    else localStorage.setItem(keyOf(prefix), JSON.stringify(draft));
  } catch {
    // Storage is denied: the draft lives as long as the dialog.
  }
}

export function dropDraft(prefix: string): void {
  saveDraft(prefix, emptyDraft);
}
