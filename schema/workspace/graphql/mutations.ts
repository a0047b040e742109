import { builder } from '../../builder.ts';
import { ProjectRef } from '../../project/ref.ts';
import { WorkspaceModeEnum } from '../../shared/enums.ts';
import { checkedIds } from '../../shared/lookup.ts';
import { retryFinalize } from '../commands/retry-finalize.ts';
import { setProjectWorkspace } from '../commands/set-project-workspace.ts';
import { WorkspaceRef } from '../ref.ts';

const ProjectWorkspaceInput = builder.inputType('ProjectWorkspaceInput', {
  description: 'Where the work of a project is done. What is absent falls back to its default.',
  fields: (t) => ({
    mode: t.field({ type: WorkspaceModeEnum, required: true, description: 'What kind of folder.' }),
    path: t.string({ required: true, description: 'The shared folder, or the git repository that worktrees are made of: absolute, on the worker\'s machine, up to 1,000 characters.' }),
    baseRef: t.string({ description: 'The branch, tag or commit that branches start from; HEAD of the repository when absent. Nothing is fetched.' }),
    branchTemplate: t.string({ description: 'The name of an issue\'s branch, with {identifier} and, if wanted, {slug}; boardroom/{identifier}-{slug} when absent.' }),
    provisionCommand: t.string({ description: 'Run by the shell in a new worktree before the first run in it, for at most 15 minutes: npm ci. Up to 4,000 characters.' }),
  }),
});

const SetProjectWorkspaceInput = builder.inputType('SetProjectWorkspaceInput', {
  description: 'Where the work of a project is to be done.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Which project.' }),
    workspace: t.field({ type: ProjectWorkspaceInput, description: 'The place; null or absent: agents work in folders of their own.' }),
  }),
});

builder.mutationField('setProjectWorkspace', (t) =>
  t.field({
    type: ProjectRef, description: 'Says where the work of a project is done, from the next run on. Board only: it names folders of the machine, and a command that is run there. Folders that exist are left as they are.',
    args: { input: t.arg({ type: SetProjectWorkspaceInput, required: true, description: 'The place.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => setProjectWorkspace(tx, by, checkedIds(input))),
  }),
);

const RetryFinalizeInput = builder.inputType('RetryFinalizeInput', {
  description: 'Whose workspace is to be finalized again.',
  fields: (t) => ({ issueId: t.id({ required: true, description: 'The issue whose gate is shut.' }) }),
});

builder.mutationField('retryFinalize', (t) =>
  t.field({
    type: WorkspaceRef, description: 'Has a worker finalize once more what the last run of an issue left in its workspace: after what was wrong with it was put right. Board only. A run that still works is a RULE_VIOLATION.',
    args: { input: t.arg({ type: RetryFinalizeInput, required: true, description: 'Which issue.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => retryFinalize(tx, by, checkedIds(input))),
  }),
);
