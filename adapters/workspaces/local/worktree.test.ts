import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FinalizedFolder, PreparedFolder, WorkspaceFault } from '../contract.ts';
import { localWorkspaces } from './local-workspaces.ts';
import { TestRepository } from './testing.ts';

const { prepare, finalize } = localWorkspaces({ PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' });
let repo: TestRepository;
beforeEach(async () => {
  repo = await TestRepository.make();
});
afterEach(() => repo.remove());

test('the first run of an issue gets a worktree on a branch of its own, the next the same one with what was left in it', async () => {
  const head = repo.git(repo.path, 'rev-parse', 'HEAD');
  const first = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  expect(first).toMatchObject({ kind: 'prepared', isNew: true, branch: 'boardroom/A-1', baseCommit: head, headCommit: head });
  expect(repo.git(first.path, 'branch', '--show-current')).toBe('boardroom/A-1');
  expect(repo.git(repo.path, 'branch', '--show-current')).toBe('main');

  await writeFile(join(first.path, 'notes.txt'), 'half done');
  const commit = await repo.commit(repo.path, 'other.txt', 'x', 'main goes on');
  const again = (await prepare(repo.worktree('A-1', { baseCommit: first.baseCommit }))) as PreparedFolder;
  expect(again).toMatchObject({ isNew: false, path: first.path, baseCommit: head, headCommit: head });
  expect(commit).not.toBe(head);
  await stat(join(first.path, 'notes.txt'));
});

test('two issues at once on one repository each get their own', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, (_, i) => prepare(repo.worktree(`A-${i}`))));
  expect(made.map((each) => each.kind)).toEqual(Array.from({ length: 8 }, () => 'prepared'));
  expect(new Set(made.map((each) => (each as PreparedFolder).path)).size).toBe(8);
});

test('a branch starts from the base that was named', async () => {
  const base = repo.git(repo.path, 'rev-parse', 'HEAD');
  repo.git(repo.path, 'branch', 'stable');
  await repo.commit(repo.path, 'new.txt', 'x', 'second');
  expect(await prepare(repo.worktree('A-1', { baseRef: 'stable' }))).toMatchObject({ baseCommit: base });
  expect(await prepare(repo.worktree('A-2', { baseRef: 'nowhere' }))).toMatchObject({ kind: 'fault', code: 'BASE_MISSING' });
  expect(await prepare(repo.worktree('A-3', { baseRef: '--all' }))).toMatchObject({ kind: 'fault', code: 'BASE_MISSING' });
});

test('a worktree deleted by hand is made again, with what was committed', async () => {
  const made = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  const commit = await repo.commit(made.path, 'work.txt', 'done', 'work');
  const known = repo.worktree('A-1', { baseCommit: made.baseCommit });
  await rm(made.path, { recursive: true });
  expect(await prepare(known)).toMatchObject({ kind: 'prepared', isNew: true, headCommit: commit, baseCommit: made.baseCommit, log: expect.stringContaining('deleted by hand') });
  await rm(made.path, { recursive: true });
  repo.git(repo.path, 'worktree', 'prune');
  expect(await prepare(known)).toMatchObject({ kind: 'prepared', isNew: true, headCommit: commit });
  await rm(made.path, { recursive: true });
  await mkdir(made.path);
  expect(await prepare(known)).toMatchObject({ kind: 'prepared', isNew: true, headCommit: commit });
  repo.git(repo.path, 'worktree', 'remove', '--force', made.path);
  repo.git(repo.path, 'branch', '-D', 'boardroom/A-1');
  expect(await prepare(known)).toMatchObject({ kind: 'prepared', isNew: true, log: expect.stringContaining('begins anew') });
});

test('a branch of that name that is somebody else\'s is left alone', async () => {
  repo.git(repo.path, 'branch', 'boardroom/A-1');
  const made = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  expect(made).toMatchObject({ kind: 'prepared', branch: 'boardroom/A-1-2' });
  // The worker died before it could tell: the one after it finds what was made.
  expect(await prepare(repo.worktree('A-1'))).toMatchObject({ kind: 'prepared', isNew: false, branch: 'boardroom/A-1-2', path: made.path });
});

test('a worktree that git is still making, for a worker that died, is waited for', async () => {
  const made = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  repo.git(repo.path, 'worktree', 'lock', '--reason', 'initializing', made.path);
  const again = prepare(repo.worktree('A-1', { baseCommit: made.baseCommit }));
  repo.git(repo.path, 'worktree', 'unlock', made.path);
  expect(await again).toMatchObject({ kind: 'prepared', isNew: false, path: made.path });
});

test('a branch that was checked out elsewhere meanwhile is said to be', async () => {
  const made = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  repo.git(repo.path, 'worktree', 'remove', made.path);
  repo.git(repo.path, 'switch', '--quiet', 'boardroom/A-1');
  expect(await prepare(repo.worktree('A-1', { baseCommit: made.baseCommit }))).toMatchObject({ code: 'BRANCH_TAKEN', message: expect.stringContaining(repo.path) });
});

test('what cannot be used is told with what to do about it', async () => {
  const empty = await TestRepository.make({ commits: false });
  await mkdir(join(repo.root, 'plain'));
  await mkdir(repo.worktree('taken').path, { recursive: true });
  await writeFile(join(repo.worktree('taken').path, 'mine'), 'x');
  const faults = await Promise.all([
    prepare(empty.worktree('A-1')), prepare(repo.worktree('A-1', { repoPath: join(repo.root, 'plain') })), prepare(repo.worktree('A-1', { repoPath: join(repo.root, 'gone') })),
    prepare(repo.worktree('taken')), prepare(repo.worktree('A-1', { branch: 'not..good' })),
    prepare({ mode: 'SHARED_FOLDER', path: join(repo.root, 'gone') }), prepare({ mode: 'SHARED_FOLDER', path: join(repo.path, 'README.md') }),
  ]);
  expect(faults.map((each) => (each as WorkspaceFault).code)).toEqual([
    'REPOSITORY_WITHOUT_COMMITS', 'REPOSITORY_MISSING', 'REPOSITORY_MISSING', 'WORKSPACE_PATH_TAKEN', 'BRANCH_NAME_REFUSED', 'WORKSPACE_FOLDER_MISSING', 'WORKSPACE_NOT_A_FOLDER',
  ]);
  for (const each of faults) expect((each as WorkspaceFault).remedy).not.toBe('');
  await empty.remove();
});

test('names that a shell would take apart are only names', async () => {
  const marker = join(repo.root, 'ran');
  const place = repo.worktree(`$(touch ran);'"&`, { branch: `boardroom/$(touch\${IFS}ran);'` });
  expect(await prepare(place)).toMatchObject({ kind: 'prepared' });
  await expect(stat(marker)).rejects.toThrow();
});

test('a dirty repository is left as it is', async () => {
  await writeFile(join(repo.path, 'README.md'), 'changed');
  const made = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  expect(repo.git(made.path, 'status', '--porcelain')).toBe('');
  expect(repo.git(repo.path, 'status', '--porcelain')).toContain('README.md');
});

test('hooks of the repository do not run', async () => {
  await writeFile(join(repo.path, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch "${repo.root}/ran"\n`, { mode: 0o755 });
  await prepare(repo.worktree('A-1'));
  await expect(stat(join(repo.root, 'ran'))).rejects.toThrow();
});

test('finalize notes the commit, and what was not committed', async () => {
  const made = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  const commit = await repo.commit(made.path, 'work.txt', 'done', 'work');
  await writeFile(join(made.path, 'more.txt'), 'x');
  expect(await finalize(repo.worktree('A-1'))).toEqual({ kind: 'finalized', headCommit: commit, log: expect.stringContaining('1 file is not committed') });
  expect(await finalize({ mode: 'SHARED_FOLDER', path: repo.path })).toMatchObject({ kind: 'finalized', headCommit: made.baseCommit });
});

test('finalize puts HEAD back on the branch only where nothing can be lost', async () => {
  const made = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  repo.git(made.path, 'switch', '--quiet', '--detach');
  expect((await finalize(repo.worktree('A-1'))) as FinalizedFolder).toMatchObject({ kind: 'finalized', log: expect.stringContaining('again') });
  expect(repo.git(made.path, 'branch', '--show-current')).toBe('boardroom/A-1');

  repo.git(made.path, 'switch', '--quiet', '--detach');
  await repo.commit(made.path, 'work.txt', 'done', 'elsewhere');
  expect(await finalize(repo.worktree('A-1'))).toMatchObject({ kind: 'fault', code: 'WORKTREE_OFF_BRANCH', message: expect.stringContaining('on no branch') });
  repo.git(made.path, 'switch', '--quiet', '-c', 'mine');
  expect(await finalize(repo.worktree('A-1'))).toMatchObject({ kind: 'fault', code: 'WORKTREE_OFF_BRANCH', message: expect.stringContaining('on mine') });
  // Nor is such a worktree used again.
  expect(await prepare(repo.worktree('A-1', { baseCommit: made.baseCommit }))).toMatchObject({ kind: 'fault', code: 'WORKTREE_OFF_BRANCH' });
});

test('finalize of a worktree that is gone fails', async () => {
  const made = (await prepare(repo.worktree('A-1'))) as PreparedFolder;
  repo.git(repo.path, 'worktree', 'remove', made.path);
  expect(await finalize(repo.worktree('A-1'))).toMatchObject({ kind: 'fault', code: 'WORKSPACE_FOLDER_MISSING' });
});
