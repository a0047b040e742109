import type { Workspace } from '../../../prisma/generated/client.ts';
import { builder } from '../../builder.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { ChangeKindEnum, EntryKindEnum } from '../../shared/enums.ts';
import type { Connection } from '../../shared/listing.ts';
import { pageSize } from '../../shared/paging.ts';
import { badInput, Refusal } from '../../shared/refusal.ts';
import { storableText } from '../../shared/text.ts';
import type { FileChange, FileEntry, FileText, Folder, Unreadable, WorkspaceCommit } from '../folders.ts';
import { WorkspaceRef } from '../ref.ts';

/** Looking into a folder costs as much as many rows: a query asks a few of them, not a page of workspaces each. */
const LOOK = 50;
const PATH_MAX = 1_000;

const CommitType = builder.objectRef<WorkspaceCommit>('WorkspaceCommit').implement({
  description: 'A commit made in a workspace.',
  fields: (t) => ({
    sha: t.exposeString('sha', { description: 'Its name, in full.' }),
    subject: t.exposeString('subject', { description: 'The first line of its message.' }),
    body: t.exposeString('body', { description: 'The rest of its message, at most 4,000 characters.' }),
    authorName: t.exposeString('authorName', { description: 'Who made it, by its own word.' }),
    authorEmail: t.exposeString('authorEmail', { description: 'Their address, by its own word.' }),
    committedAt: t.expose('committedAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});
const CommitConnection = connectionOf(CommitType, 'WorkspaceCommit');

const ChangeType = builder.objectRef<FileChange>('FileChange').implement({
  description: 'A file that differs from what the work began with.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Where it lies in the workspace.' }),
    oldPath: t.exposeString('oldPath', { nullable: true, description: 'Where it was, if it was renamed.' }),
    kind: t.expose('kind', { type: ChangeKindEnum, description: 'What became of it.' }),
    additions: t.exposeInt('additions', { nullable: true, description: 'Lines added; null where it is no text, or not tracked.' }),
    deletions: t.exposeInt('deletions', { nullable: true, description: 'Lines taken away; null where it is no text, or not tracked.' }),
  }),
});

const DiffType = builder.objectRef<{ changes: readonly FileChange[]; isTruncated: boolean }>('WorkspaceDiff').implement({
  description: 'What differs from the commit that the work began from, committed or not.',
  fields: (t) => ({
    files: t.field({ type: [ChangeType], description: 'The files, at most 1,000.', resolve: ({ changes }) => [...changes] }),
    isTruncated: t.exposeBoolean('isTruncated', { description: 'There are more than are shown.' }),
  }),
});

const EntryType = builder.objectRef<FileEntry>('FileEntry').implement({
  description: 'What lies in a folder.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    path: t.exposeString('path', { description: 'Where it lies in the workspace.' }),
    kind: t.expose('kind', { type: EntryKindEnum, description: 'What it is.' }),
    byteSize: t.field({ type: 'BigInt', description: 'Size of a file in bytes.', resolve: ({ byteSize }) => BigInt(byteSize) }),
  }),
});

const FolderType = builder.objectRef<{ entries: readonly FileEntry[]; isTruncated: boolean }>('FolderContent').implement({
  description: 'What lies in a folder of a workspace; never what git keeps for itself.',
  fields: (t) => ({
    entries: t.field({ type: [EntryType], description: 'By name, at most 1,000.', resolve: ({ entries }) => [...entries] }),
    isTruncated: t.exposeBoolean('isTruncated', { description: 'There are more than are shown.' }),
  }),
});

const TextType = builder.objectRef<FileText>('FileText').implement({
  description: 'A text of a workspace.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'Its beginning, at most 512 KiB; empty where it is no text.' }),
    byteSize: t.field({ type: 'BigInt', description: 'Its whole size in bytes.', resolve: ({ byteSize }) => BigInt(byteSize) }),
    isBinary: t.exposeBoolean('isBinary', { description: 'It is no text.' }),
    isTruncated: t.exposeBoolean('isTruncated', { description: 'There is more than is shown.' }),
  }),
});

builder.objectFields(WorkspaceRef, (t) => ({
  commits: t.field({
    type: CommitConnection, args: pageArgs(), complexity: (args) => ({ field: LOOK, multiplier: listComplexity(args).multiplier }),
    description: 'Commits since the one that its work began from, newest first. In a folder without history: RULE_VIOLATION.',
    resolve: async (workspace, args, ctx) => {
      const [skip, limit] = [placeOf(args.after), pageSize(args.first)];
      const { commits, hasMore } = told(await ctx.workspaces.commits(folderOf(workspace), { skip, limit }));
      return pageOf([...commits], skip, hasMore);
    },
  }),
  diff: t.field({
    type: DiffType, complexity: LOOK, description: 'What differs from the commit that its work began from, committed or not. In a folder without history: RULE_VIOLATION.',
    resolve: async (workspace, _args, ctx) => told(await ctx.workspaces.changes(folderOf(workspace))),
  }),
  patch: t.field({
    type: TextType, complexity: LOOK, description: 'How one file differs from it, as a unified diff.',
    args: { path: t.arg.string({ required: true, description: 'The file, as the diff names it.' }) },
    resolve: async (workspace, { path }, ctx) => told(await ctx.workspaces.patch(folderOf(workspace), pathOf(path))),
  }),
  files: t.field({
    type: FolderType, complexity: LOOK, description: 'What lies in a folder of it. A path that leads out of the workspace, or to what git keeps for itself, is refused.',
    args: { path: t.arg.string({ defaultValue: '', description: 'The folder below the workspace\'s; that itself when empty.' }) },
    resolve: async (workspace, { path }, ctx) => told(await ctx.workspaces.list(folderOf(workspace), pathOf(path ?? ''))),
  }),
  file: t.field({
    type: TextType, complexity: LOOK, description: 'The text of one file. A path that leads out of the workspace, or to what git keeps for itself, is refused.',
    args: { path: t.arg.string({ required: true, description: 'The file, below the workspace\'s folder.' }) },
    resolve: async (workspace, { path }, ctx) => told(await ctx.workspaces.read(folderOf(workspace), pathOf(path))),
  }),
}));

function folderOf({ path, mode, baseCommit }: Workspace): Folder {
  if (path === null) throw new Refusal('RULE_VIOLATION', 'the workspace has not been prepared yet');
  return { path, since: mode === 'GIT_WORKTREE' ? baseCommit : null };
}

/** The folder's answer; what is wrong with it is the caller's to put right, or nobody's. */
function told<Answer extends object>(answer: Answer | Unreadable): Answer {
  if (!('kind' in answer) || answer.kind !== 'fault') return answer as Answer;
  const { code, message, remedy } = answer as Unreadable;
  if (code === 'WORKSPACE_PATH_REFUSED') throw badInput('path', message);
  throw new Refusal(code === 'WORKSPACE_FOLDER_MISSING' ? 'NOT_FOUND' : 'RULE_VIOLATION', message, { details: { reason: code, remedy } });
}

function pathOf(path: string): string {
  return storableText('path', path, PATH_MAX);
}

/** A commit's cursor is how many come before it: a branch that goes on moves a page, as it moves its start. */
function placeOf(after: string | null | undefined): number {
  if (after === null || after === undefined) return 0;
  if (!/^\d{1,6}$/.test(after)) throw badInput('after', 'is no cursor of this list');
  return Number(after);
}

function pageOf(rows: WorkspaceCommit[], skip: number, hasNextPage: boolean): Connection<WorkspaceCommit> {
  return { rows, hasNextPage, hasPreviousPage: skip > 0, cursorOf: (row) => String(skip + rows.indexOf(row) + 1), total: () => rows.length };
}
