import type { MutationCase } from '../mutations.ts';

export const inboxCases: Record<string, MutationCase> = {
  archiveFromInbox: { who: 'board', input: ({ issue }) => ({ issueId: issue.id }), records: ['inbox.archived'] },
  markRead: { who: 'board', input: ({ issue }) => ({ issueId: issue.id }), records: ['inbox.read'] },
};
