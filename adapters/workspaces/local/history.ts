import type { Change, ChangeKind, ChangeList, Commit, CommitPage, FileText, WorkspaceFault, WorkspaceFolder } from '../contract.ts';
import { placeWithin } from './files.ts';
import { headOf, unusableFolder } from './folder.ts';
import { fault, type Git, wordsOf } from './git.ts';

const TEXT_MAX = 4_000;
const CHANGES_MAX = 1_000;
const PATCH_BYTES = 512 * 1024;
const LIST_BYTES = 2 * 2 ** 20;
/** The tree without any file: what a repository's first commit is compared with. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** No program that the repository names takes part. */
const PLAIN = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=all'];

export async function listCommits(git: Git, folder: WorkspaceFolder, { skip, limit }: { skip: number; limit: number }): Promise<CommitPage | WorkspaceFault> {
  const missing = await notARepository(git, folder.path);
  if (missing) return missing;
  if ((await headOf(git, folder.path)) === null) return { kind: 'commits', commits: [], hasMore: false };
  const range = folder.since === null ? 'HEAD' : `${folder.since}..HEAD`;
  const answer = await git(folder.path, ['log', '-z', `--skip=${skip}`, `--max-count=${limit + 1}`, '--format=%H%x00%an%x00%ae%x00%cI%x00%s%x00%b', range, '--'], { maxBytes: LIST_BYTES });
  if (answer.code !== 0) return unreadable(wordsOf(answer));
  const fields = answer.stdout.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + 5 < fields.length && commits.length < limit; at += 6) {
    const [sha, authorName, authorEmail, committedAt, subject, body] = fields.slice(at, at + 6) as [string, string, string, string, string, string];
    commits.push({ sha, authorName: cut(authorName, 200), authorEmail: cut(authorEmail, 200), committedAt: new Date(committedAt), subject: cut(subject, 500), body: cut(body.trim(), TEXT_MAX) });
  }
  return { kind: 'commits', commits, hasMore: answer.isTruncated || Math.floor(fields.length / 6) > limit };
}

export async function listChanges(git: Git, folder: WorkspaceFolder): Promise<ChangeList | WorkspaceFault> {
  const missing = await notARepository(git, folder.path);
  if (missing) return missing;
  const since = await sinceOf(git, folder);
  const tracked = await git(folder.path, ['diff', ...PLAIN, '--find-renames', '--raw', '--numstat', '-z', since, '--'], { maxBytes: LIST_BYTES });
  if (tracked.code !== 0) return unreadable(wordsOf(tracked));
  const untracked = await git(folder.path, ['ls-files', '--others', '--exclude-standard', '-z'], { maxBytes: LIST_BYTES });
  const others = untracked.stdout.split('\0').slice(0, -1).map((path): Change => ({ path, oldPath: null, kind: 'UNTRACKED', additions: null, deletions: null }));
  const all = [...parseChanges(tracked.stdout), ...others];
  return { kind: 'changes', changes: all.slice(0, CHANGES_MAX), isTruncated: tracked.isTruncated || untracked.isTruncated || all.length > CHANGES_MAX };
}

export async function readPatch(git: Git, folder: WorkspaceFolder, file: string): Promise<FileText | WorkspaceFault> {
  const missing = (await notARepository(git, folder.path)) ?? placeWithin(folder.path, file).fault;
  if (missing) return missing;
  const since = await sinceOf(git, folder);
  let answer = await git(folder.path, ['diff', ...PLAIN, '--find-renames', since, '--', file], { maxBytes: PATCH_BYTES });
  if (answer.code === 0 && answer.stdout === '') {
    const other = await git(folder.path, ['ls-files', '--others', '--exclude-standard', '-z', '--', file], { maxBytes: LIST_BYTES });
    // Exactly this file, and not a folder of such, or a link to something elsewhere.
    if (other.stdout === `${file}\0`) answer = await git(folder.path, ['diff', ...PLAIN, '--no-index', '--', '/dev/null', file], { maxBytes: PATCH_BYTES });
  }
  if (answer.code > 1) return unreadable(wordsOf(answer));
  const text = answer.stdout;
  return { kind: 'text', text: text.toWellFormed(), byteSize: Buffer.byteLength(text), isBinary: /^Binary files .* differ$/m.test(text), isTruncated: answer.isTruncated };
}

/** `--raw --numstat -z`: first every file with its kind, then every file with its lines. */
export function parseChanges(output: string): Change[] {
  const fields = output.split('\0');
  const kinds = new Map<string, { kind: ChangeKind; oldPath: string | null }>();
  const lines = new Map<string, { additions: number | null; deletions: number | null }>();
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] as string;
    if (field.startsWith(':')) {
      const letter = field.slice(field.lastIndexOf(' ') + 1)[0];
      const isMoved = letter === 'R' || letter === 'C';
      const first = fields[(at += 1)] ?? '';
      const path = isMoved ? (fields[(at += 1)] ?? '') : first;
      kinds.set(path, { kind: letter === 'R' ? 'RENAMED' : letter === 'A' || letter === 'C' ? 'ADDED' : letter === 'D' ? 'DELETED' : 'MODIFIED', oldPath: isMoved ? first : null });
    } else if (field !== '') {
      const [added = '', deleted = '', name = ''] = field.split('\t');
      // A renamed file's line ends before its two names.
      const path = name === '' ? (fields[(at += 2)] ?? '') : name;
      lines.set(path, { additions: count(added), deletions: count(deleted) });
    }
  }
  return [...kinds].map(([path, { kind, oldPath }]) => ({ path, oldPath, kind, ...(lines.get(path) ?? { additions: null, deletions: null }) }));
}

function count(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

async function sinceOf(git: Git, { path, since }: WorkspaceFolder): Promise<string> {
  return since ?? (await headOf(git, path)) ?? EMPTY_TREE;
}

async function notARepository(git: Git, path: string): Promise<WorkspaceFault | null> {
  const missing = await unusableFolder(path);
  if (missing) return missing;
  const { code } = await git(path, ['rev-parse', '--is-inside-work-tree']);
  return code === 0 ? null : fault('REPOSITORY_MISSING', `${path} is not a git repository`, 'Only a git repository keeps a history.');
}

function unreadable(words: string): WorkspaceFault {
  return fault('GIT_FAILED', `git could not read it: ${words}`, 'Look at the folder on the worker\'s machine.');
}

function cut(text: string, max: number): string {
  return (text.length > max ? `${text.slice(0, max)}…` : text).toWellFormed();
}
