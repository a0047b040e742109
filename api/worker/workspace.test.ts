import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChildProcess } from 'node:child_process';
import { findProcess } from '../../adapters/targets/local/process-table.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { createProject } from '../../schema/project/commands.ts';
import { requestCancel } from '../../schema/run/commands/request-cancel.ts';
import { setBlockers } from '../../schema/issue/commands/set-blockers.ts';
import { updateIssue } from '../../schema/issue/commands/update-issue.ts';
import { BOARD } from '../../schema/run/testing.ts';
import { retryFinalize } from '../../schema/workspace/commands/retry-finalize.ts';
import { setProjectWorkspace, type ProjectWorkspaceFields } from '../../schema/workspace/commands/set-project-workspace.ts';
import { gateOf } from '../../schema/workspace/gate.ts';
import { Office, untilLetGo } from './testing.ts';

let office: Office;
let worker: ChildProcess;
let repo: string;
beforeAll(async () => {
  office = await Office.open();
  worker = await office.startWorker();
  repo = join(office.home, 'repo');
  await mkdir(repo);
  git('init', '--quiet', '-b', 'main');
  await writeFile(join(repo, 'README.md'), 'hello\n');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
});
afterAll(() => office.close());

const git = (...args: string[]) => execFileSync('git', ['-C', repo, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...args], { encoding: 'utf8' }).trim();

async function projectAt(workspace: Partial<ProjectWorkspaceFields> = {}): Promise<string> {
  return write(office.acme.db, async (tx) => {
    const { id } = await createProject(tx, BOARD, { companyId: office.acme.companyId, name: 'Works' });
    await setProjectWorkspace(tx, BOARD, { projectId: id, workspace: { mode: 'GIT_WORKTREE', path: repo, ...workspace } });
    return id;
  });
}

/** An issue of a project, given to an agent that runs a script, and its first run. */
async function work(projectId: string, script: string) {
  const agent = await office.acme.agent({ adapterType: 'process', adapterConfig: { command: 'sh', args: ['-c', script], graceSec: 1 } });
  const issue = await office.acme.issue({ projectId, assigneeId: agent.id, title: 'Fix it' });
  const { id: runId } = await office.acme.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id } });
  return { agent, issue, runId };
}

const operations = async (runId: string) =>
  (await office.acme.db.prisma.workspaceOperation.findMany({ where: { runId }, orderBy: { id: 'asc' } })).map(({ phase, status }) => `${phase} ${status}`);
const gate = (issueId: string, runId: string) => write(office.acme.db, (tx) => gateOf(tx, issueId, runId));
const committing = 'git -c user.name=A -c user.email=a@b.c commit --quiet --allow-empty -m work';

test('a run works in a worktree of its issue, which the next run finds again', async () => {
  const projectId = await projectAt({ provisionCommand: 'echo "sets up $BOARDROOM_ISSUE on $BOARDROOM_WORKSPACE_BRANCH"; echo brk_0123456789abcdef0123456789abcdef; echo x >> set-up' });
  const { agent, issue, runId } = await work(projectId, `pwd; echo "$BOARDROOM_WORKSPACE_CWD $BOARDROOM_WORKSPACE_STRATEGY"; cat set-up; ${committing}`);
  const run = await office.ended(runId);
  expect(run).toMatchObject({ status: 'SUCCEEDED', workspaceId: expect.any(String) });
  const workspace = await office.acme.db.prisma.workspace.findUniqueOrThrow({ where: { id: run.workspaceId as string } });
  expect(workspace).toMatchObject({ mode: 'GIT_WORKTREE', status: 'ACTIVE', sourceIssueId: issue.id, branch: expect.stringMatching(/^boardroom\/[A-Z]+-\d+-fix-it$/), baseCommit: git('rev-parse', 'main') });
  expect(workspace.path).toContain(join('worktrees', `${workspace.branch?.split('/')[1]?.replace('-fix-it', '')}-`));
  expect(await office.text(runId)).toBe(`${workspace.path}\n${workspace.path} git_worktree\nx\n`);
  expect(workspace.headCommit).toBe(git('rev-parse', workspace.branch as string));
  expect(workspace.headCommit).not.toBe(workspace.baseCommit);
  expect(await operations(runId)).toEqual(['PREPARE SUCCEEDED', 'PROVISION SUCCEEDED', 'FINALIZE SUCCEEDED']);
  const provision = await office.acme.db.prisma.workspaceOperation.findFirstOrThrow({ where: { runId, phase: 'PROVISION' } });
  expect(provision).toMatchObject({ exitCode: 0, log: expect.stringContaining(`sets up `), command: expect.stringContaining('set-up') });
  expect(provision.log).not.toContain('brk_');
  expect(await gate(issue.id, runId)).toBeNull();

  const { id: again } = await next(agent.id, issue.id, runId);
  expect(await office.text(again)).toContain(`${workspace.path}\n`);
  expect(await operations(again)).toEqual(['PREPARE SUCCEEDED', 'FINALIZE SUCCEEDED']);
});

test('two issues of a project work at once, each in its own', async () => {
  const projectId = await projectAt();
  const both = await Promise.all([work(projectId, 'touch here; sleep 1; ls'), work(projectId, 'touch there; sleep 1; ls')]);
  for (const { runId } of both) expect((await office.ended(runId)).status).toBe('SUCCEEDED');
  expect(await Promise.all(both.map(({ runId }) => office.text(runId)))).toEqual(['README.md\nhere\n', 'README.md\nthere\n']);
});

test('a shared folder is worked in as it is', async () => {
  const path = join(office.home, 'shared');
  await mkdir(path);
  const projectId = await projectAt({ mode: 'SHARED_FOLDER', path });
  const both = await Promise.all([work(projectId, 'touch a'), work(projectId, 'touch b')]);
  const runs = await Promise.all(both.map(({ runId }) => office.ended(runId)));
  expect(runs.map((run) => run.status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(new Set(runs.map((run) => run.workspaceId)).size).toBe(1);
});

test.each([
  ['a repository that is not there', { path: '/no/such/repository' }, 'REPOSITORY_MISSING'],
  ['a base that is not there', { baseRef: 'nowhere' }, 'BASE_MISSING'],
  ['a shared folder that is not there', { mode: 'SHARED_FOLDER' as const, path: '/no/such/folder' }, 'WORKSPACE_FOLDER_MISSING'],
  ['a command that fails', { provisionCommand: 'echo no network; exit 7' }, 'WORKSPACE_PROVISION_FAILED'],
])('%s fails the run before its agent starts', async (_name, settings, code) => {
  const { runId } = await work(await projectAt(settings), 'echo started');
  const run = await office.ended(runId);
  expect(run).toMatchObject({ status: 'FAILED', errorCode: code, pid: null });
  expect(run.errorRemedy).toBeTruthy();
  expect(await office.text(runId)).toBe('');
  const failed = await office.acme.db.prisma.workspaceOperation.findFirstOrThrow({ where: { runId, status: 'FAILED' } });
  expect(failed.errorMessage).toBeTruthy();
});

test('a run that leaves its branch has failed, and keeps the gate shut until that is put right', async () => {
  const projectId = await projectAt();
  const branch = `mine-${newId()}`;
  const { issue, runId } = await work(projectId, `echo up; ${untilLetGo}; git switch --quiet -c ${branch}; ${committing}`);
  await office.printed(runId, 'up');
  const dependent = await waitingFor(issue.id);
  await done(issue.id);
  await office.letGo(runId);
  expect(await office.ended(runId)).toMatchObject({ status: 'FAILED', errorCode: 'WORKSPACE_FINALIZE_FAILED', exitCode: 0, errorMessage: expect.stringContaining(`on ${branch} and not on boardroom/`) });
  expect(await operations(runId)).toEqual(['PREPARE SUCCEEDED', 'FINALIZE FAILED']);
  expect(await gate(issue.id, runId)).toMatchObject({ runId, message: expect.stringContaining('could not be finalized') });
  expect(await office.acme.db.prisma.run.count({ where: { issueId: dependent.id } })).toBe(0);

  const workspace = await office.acme.db.prisma.workspace.findFirstOrThrow({ where: { sourceIssueId: issue.id } });
  expect(workspace.status).toBe('BROKEN');
  execFileSync('git', ['-C', workspace.path as string, 'switch', '--quiet', workspace.branch as string]);
  await write(office.acme.db, (tx) => retryFinalize(tx, BOARD, { issueId: issue.id }));
  await expect.poll(() => gate(issue.id, runId)).toBeNull();
  expect(await office.ended((await runOf(dependent.id)))).toMatchObject({ status: 'SUCCEEDED' });
});

async function done(issueId: string): Promise<void> {
  for (const status of ['IN_PROGRESS', 'DONE'] as const) await write(office.acme.db, (tx) => updateIssue(tx, BOARD, { issueId, status }));
}

/** Waits until what follows of itself from the last run is over, too. */
async function quiet(issueId: string): Promise<void> {
  await expect.poll(() => office.acme.db.prisma.run.count({ where: { issueId, status: { in: ['QUEUED', 'SCHEDULED_RETRY', 'RUNNING'] } } })).toBe(0);
}

/** The next run of an agent on an issue, whoever asks for it first, once it is over. */
async function next(agentId: string, issueId: string, after: string) {
  await office.acme.wake(agentId, issueId);
  const newer = { issueId, id: { gt: after } };
  await expect.poll(() => office.acme.db.prisma.run.count({ where: newer })).toBeGreaterThan(0);
  return office.ended((await office.acme.db.prisma.run.findFirstOrThrow({ where: newer, orderBy: { id: 'asc' } })).id);
}

/** An issue that waits for another, and whose agent does nothing of note. */
async function waitingFor(blockerId: string) {
  const agent = await office.acme.agent({ adapterType: 'process', adapterConfig: { command: 'true' } });
  const issue = await office.acme.issue({ assigneeId: agent.id, status: 'BACKLOG' });
  await write(office.acme.db, (tx) => setBlockers(tx, BOARD, { issueId: issue.id, blockedByIds: [blockerId] }));
  await write(office.acme.db, (tx) => updateIssue(tx, BOARD, { issueId: issue.id, status: 'TODO' }));
  return issue;
}

/** The first run on an issue: what follows from its end may be there already. */
async function runOf(issueId: string): Promise<string> {
  await expect.poll(() => office.acme.db.prisma.run.count({ where: { issueId } })).toBeGreaterThan(0);
  return (await office.acme.db.prisma.run.findFirstOrThrow({ where: { issueId }, orderBy: { number: 'asc' } })).id;
}

test('what waits for an issue begins when its work is safe, and not when it is called done', async () => {
  const { issue, runId } = await work(await projectAt(), 'echo up; while [ ! -e go ]; do sleep 0.05; done');
  await office.printed(runId, 'up');
  const dependent = await waitingFor(issue.id);
  await done(issue.id);
  expect(await office.acme.db.prisma.run.count({ where: { issueId: dependent.id } })).toBe(0);
  expect(await gate(issue.id, runId)).toMatchObject({ message: expect.stringContaining('still works') });
  const { path } = await office.acme.db.prisma.workspace.findFirstOrThrow({ where: { sourceIssueId: issue.id } });
  await writeFile(join(path as string, 'go'), '');
  expect(await office.ended(await runOf(dependent.id))).toMatchObject({ status: 'SUCCEEDED' });
  expect((await office.ended(runId)).status).toBe('SUCCEEDED');
});

test('a worker that dies leaves the finalize to the next', async () => {
  const { issue, runId } = await work(await projectAt(), `echo up; ${untilLetGo}; ${committing}`);
  await office.printed(runId, 'up');
  await office.kill(worker);
  await office.letGo(runId);
  worker = await office.startWorker();
  expect((await office.ended(runId)).status).toBe('SUCCEEDED');
  expect(await operations(runId)).toEqual(['PREPARE SUCCEEDED', 'FINALIZE SUCCEEDED']);
  expect(await gate(issue.id, runId)).toBeNull();
});

test('a worker that dies between the end of a process and its finalize leaves that to the next', async () => {
  const { issue, runId } = await work(await projectAt(), `echo up; ${untilLetGo}; echo down`);
  await office.printed(runId, 'up');
  const { workspaceId, pid } = await office.acme.run(runId);
  await office.acme.db.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM workspace WHERE id = ${workspaceId}::uuid FOR UPDATE`; // nothing more is written about it
    await office.letGo(runId);
    await office.printed(runId, 'down');
    await expect.poll(() => findProcess(pid as number)).toBeNull();
    await office.kill(worker);
  }, { timeout: 240_000 });
  expect(await office.acme.run(runId)).toMatchObject({ status: 'RUNNING' });
  expect(await gate(issue.id, runId)).not.toBeNull();
  worker = await office.startWorker();
  expect((await office.ended(runId)).status).toBe('SUCCEEDED');
  expect(await gate(issue.id, runId)).toBeNull();
});

test('a worker that dies while a worktree is set up leaves that to the next', async () => {
  const file = join(office.home, 'times');
  const { runId } = await work(await projectAt({ provisionCommand: `echo $$ >> "${file}"; [ $(wc -l < "${file}") -gt 1 ] || sleep 60` }), 'echo started');
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/^\d+\n$/);
  const first = Number(await readFile(file, 'utf8'));
  await office.kill(worker);
  await expect.poll(() => findProcess(first)).toBeNull();
  worker = await office.startWorker();
  expect((await office.ended(runId)).status).toBe('SUCCEEDED');
  expect(await operations(runId)).toEqual(['PREPARE SUCCEEDED', 'PROVISION FAILED', 'PREPARE SUCCEEDED', 'PROVISION SUCCEEDED', 'FINALIZE SUCCEEDED']);
});

test('a run is cancelled while its worktree is set up', async () => {
  const { runId } = await work(await projectAt({ provisionCommand: 'echo begun; sleep 60' }), 'echo started');
  await expect.poll(() => operations(runId)).toContain('PROVISION RUNNING');
  await write(office.acme.db, (tx) => requestCancel(tx, BOARD, { runId, reason: 'not now' }));
  expect(await office.ended(runId)).toMatchObject({ status: 'CANCELLED' });
  expect(await operations(runId)).toEqual(['PREPARE SUCCEEDED', 'PROVISION FAILED', 'FINALIZE SUCCEEDED']);
});

test('a stop does not wait for a worktree that is set up', async () => {
  const { runId } = await work(await projectAt({ provisionCommand: 'sleep 60' }), 'echo started');
  await expect.poll(() => operations(runId)).toContain('PROVISION RUNNING');
  expect(await office.stop(worker)).toBe(0);
  expect(await office.acme.run(runId)).toMatchObject({ status: 'INTERRUPTED' });
  worker = await office.startWorker();
});

test('a finalize that cannot be written down fails the run, and the gate stays shut', async () => {
  const { db } = office.acme;
  const { issue, runId } = await work(await projectAt(), `echo up; ${untilLetGo}`);
  await office.printed(runId, 'up');
  await db.prisma.$executeRawUnsafe(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not written'; END $$`);
  await db.prisma.$executeRawUnsafe(`CREATE TRIGGER refuse BEFORE INSERT ON workspace_operation FOR EACH ROW WHEN (NEW.phase = 'FINALIZE') EXECUTE FUNCTION refuse()`);
  await office.letGo(runId);
  try {
    expect(await office.ended(runId)).toMatchObject({ status: 'FAILED', errorCode: 'WORKSPACE_FINALIZE_FAILED' });
    expect(await gate(issue.id, runId)).toMatchObject({ message: expect.stringContaining('not finalized yet') });
  } finally {
    await db.prisma.$executeRawUnsafe('DROP TRIGGER refuse ON workspace_operation');
  }
  await write(db, (tx) => retryFinalize(tx, BOARD, { issueId: issue.id }));
  await expect.poll(() => gate(issue.id, runId)).toBeNull();
});

test('an agent of a project without a place works where it did', async () => {
  const projectId = await projectAt();
  await write(office.acme.db, (tx) => setProjectWorkspace(tx, BOARD, { projectId, workspace: null }));
  const { agent, runId } = await work(projectId, 'pwd');
  expect(await office.ended(runId)).toMatchObject({ status: 'SUCCEEDED', workspaceId: null });
  expect(await office.text(runId)).toBe(`${join(office.home, 'workspaces', agent.id)}\n`);
});

test('a worktree deleted by hand is made again for the next run', async () => {
  const { agent, issue, runId } = await work(await projectAt(), `echo x > work; git add work; ${committing}`);
  await office.ended(runId);
  await quiet(issue.id);
  const { path } = await office.acme.db.prisma.workspace.findFirstOrThrow({ where: { sourceIssueId: issue.id } });
  await rm(path as string, { recursive: true });
  const again = await office.ended(await office.wake(agent.id, issue.id));
  expect(again.status).toBe('SUCCEEDED');
  expect(await readFile(join(path as string, 'work'), 'utf8')).toBe('x\n');
});

test('a worktree that was made again, and whose set-up failed, is set up by the next run', async () => {
  const projectId = await projectAt({ provisionCommand: 'test ! -e "$HOME/broken" && echo x > set-up' });
  const { agent, issue, runId } = await work(projectId, `cat set-up && ${committing}`);
  await office.ended(runId);
  await quiet(issue.id);
  const { path } = await office.acme.db.prisma.workspace.findFirstOrThrow({ where: { sourceIssueId: issue.id } });
  await rm(path as string, { recursive: true });
  await writeFile(join(office.home, 'broken'), '');
  expect(await office.ended(await office.wake(agent.id, issue.id))).toMatchObject({ status: 'FAILED', errorCode: 'WORKSPACE_PROVISION_FAILED' });
  await rm(join(office.home, 'broken'));
  expect((await office.ended(await office.wake(agent.id, issue.id))).status).toBe('SUCCEEDED');
});
