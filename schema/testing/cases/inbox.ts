import type { MutationCase } from '../mutations.ts';

export const inboxCases: Record<string, MutationCase> = {
  archiveFromInbox: { input: ({ issue }) => ({ issueId: issue.id }), records: ['inbox.archived'] },
  markRead: { input: ({ issue }) => ({ issueId: issue.id }), records: ['inbox.read'] },
};
