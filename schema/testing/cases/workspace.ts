import type { MutationCase } from '../mutations.ts';

export const workspaceCases: Record<string, MutationCase> = {
  setProjectWorkspace: {
    input: ({ project }) => ({ projectId: project.id, workspace: { mode: 'GIT_WORKTREE', path: '/srv/repository', baseRef: 'main', provisionCommand: 'true' } }), records: ['project.workspaceSet'],
  },
  retryFinalize: { input: ({ issue }) => ({ issueId: issue.id }), records: ['workspace.finalizeAsked'] },
};
