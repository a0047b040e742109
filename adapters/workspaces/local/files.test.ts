import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeList, CommitPage, EntryList, FileText, WorkspaceFolder } from '../contract.ts';
import { localWorkspaces } from './local-workspaces.ts';
import { TestRepository } from './testing.ts';

const host = localWorkspaces({ PATH: process.env['PATH'] ?? '' });
let repo: TestRepository;
let folder: WorkspaceFolder;
beforeAll(async () => {
  repo = await TestRepository.make();
  folder = { path: repo.path, since: repo.git(repo.path, 'rev-parse', 'HEAD') };
  await writeFile(join(repo.root, 'secret.txt'), 'outside');
  await mkdir(join(repo.path, 'src/deep'), { recursive: true });
  await writeFile(join(repo.path, 'src/deep/a.ts'), 'export const a = 1;\n');
  await repo.commit(repo.path, 'src/b "quoted"\ttab.ts', 'x\n', 'adds two files\n\nWith a body.');
  repo.git(repo.path, 'mv', 'README.md', 'READ ME.md');
  await repo.commit(repo.path, 'src/c.ts', 'y\n', 'renames');
  await writeFile(join(repo.path, 'src/c.ts'), 'y\nz\n');
  await writeFile(join(repo.path, 'new.txt'), 'untracked\n');
  await writeFile(join(repo.path, 'image.bin'), Buffer.from([1, 0, 2, 255]));
  await writeFile(join(repo.path, 'big.txt'), 'x'.repeat(600 * 1024));
  await symlink(join(repo.root, 'secret.txt'), join(repo.path, 'out'));
  await symlink(repo.root, join(repo.path, 'up'));
  await symlink('.git', join(repo.path, 'history'));
  execFileSync('mkfifo', [join(repo.path, 'pipe')]);
});
afterAll(() => repo.remove());

test('commits since the base, newest first, a page at a time', async () => {
  const page = (await host.commits(folder, { skip: 0, limit: 1 })) as CommitPage;
  expect(page).toMatchObject({ hasMore: true, commits: [{ subject: 'renames', body: '', authorName: 'Ada', authorEmail: 'ada@example.test', committedAt: expect.any(Date) }] });
  expect(await host.commits(folder, { skip: 1, limit: 1 })).toMatchObject({ hasMore: false, commits: [{ subject: 'adds two files', body: 'With a body.' }] });
});

test('changes, committed or not', async () => {
  const { changes, isTruncated } = (await host.changes(folder)) as ChangeList;
  expect(isTruncated).toBe(false);
  const of = (path: string) => changes.find((change) => change.path === path);
  expect(of('READ ME.md')).toEqual({ path: 'READ ME.md', oldPath: 'README.md', kind: 'RENAMED', additions: 0, deletions: 0 });
  expect(of('src/deep/a.ts')).toMatchObject({ kind: 'ADDED', additions: 1, deletions: 0 });
  expect(of('src/b "quoted"\ttab.ts')).toMatchObject({ kind: 'ADDED' });
  expect(of('src/c.ts')).toMatchObject({ kind: 'ADDED', additions: 2 });
  expect(of('new.txt')).toMatchObject({ kind: 'UNTRACKED', additions: null });
});

test('the patch of one file', async () => {
  expect(((await host.patch(folder, 'src/c.ts')) as FileText).text).toContain('+z');
  expect(((await host.patch(folder, 'new.txt')) as FileText).text).toContain('+untracked');
  expect(await host.patch(folder, 'image.bin')).toMatchObject({ isBinary: true });
  expect(((await host.patch(folder, 'out')) as FileText).text).not.toContain('outside');
  expect(((await host.patch(folder, 'nothing.txt')) as FileText).text).toBe('');
  expect(await host.patch(folder, '../secret.txt')).toMatchObject({ code: 'WORKSPACE_PATH_REFUSED' });
});

test('what lies in a folder, without git\'s own', async () => {
  const { entries } = (await host.list(folder, '')) as EntryList;
  expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual(expect.arrayContaining(['FOLDER src', 'FILE new.txt', 'LINK out', 'LINK up', 'OTHER pipe']));
  expect(entries.map(({ name }) => name)).not.toContain('.git');
  expect(await host.list(folder, 'src/deep')).toMatchObject({ entries: [{ path: 'src/deep/a.ts', kind: 'FILE', byteSize: 20 }] });
});

test('the text of a file, bounded', async () => {
  expect(await host.read(folder, 'src/deep/a.ts')).toMatchObject({ text: 'export const a = 1;\n', byteSize: 20, isBinary: false, isTruncated: false });
  expect(await host.read(folder, 'image.bin')).toMatchObject({ text: '', isBinary: true });
  expect(await host.read(folder, 'big.txt')).toMatchObject({ byteSize: 600 * 1024, isTruncated: true });
  expect(await host.read(folder, 'pipe')).toMatchObject({ kind: 'fault' });
});

test.each(['../secret.txt', '/etc/passwd', 'src/../../secret.txt', '.git/config', '.GIT/config', 'src/.git', 'out', 'up/secret.txt', 'history/config', 'a\0b', 'src\\..\\x'])('%j leads out and is refused', async (path) => {
  expect(await host.read(folder, path)).toMatchObject({ kind: 'fault', code: 'WORKSPACE_PATH_REFUSED' });
});

test.each(['..', 'up', 'history', '.git', 'up/..'])('the list of %j is refused', async (path) => {
  expect(await host.list(folder, path)).toMatchObject({ kind: 'fault', code: 'WORKSPACE_PATH_REFUSED' });
});
