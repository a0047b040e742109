import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issue, Run } from '../../prisma/generated/client.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { acceptInteraction } from '../interaction/commands/accept-interaction.ts';
import { createInteraction } from '../interaction/commands/create-interaction.ts';
import { openBlockerIds } from '../issue/blocking.ts';
import { setBlockers } from '../issue/commands/set-blockers.ts';
import { updateIssue } from '../issue/commands/update-issue.ts';
import { createProject } from '../project/commands.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { BOARD, testBoardroom, type TestBoardroom } from '../testing/boardroom.ts';
import { smallCompany } from '../testing/company.ts';
import { insertRun, tokenOf } from '../testing/runs.ts';
import { beginPrepare } from './commands/begin-prepare.ts';
import { beginFinalize } from './commands/begin-step.ts';
import { closeOperation } from './commands/close-operation.ts';
import { retryFinalize } from './commands/retry-finalize.ts';
import { setProjectWorkspace } from './commands/set-project-workspace.ts';
import { dueFinalizes } from './due-finalizes.ts';
import { GateShut, gateOf } from './gate.ts';

let boardroom: TestBoardroom;
let acme: Awaited<ReturnType<typeof smallCompany>>;
let projectId: string;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  projectId = await newProject('GIT_WORKTREE', '/srv/repository');
});
afterAll(() => boardroom.close());

const tx = <Result>(work: Parameters<typeof write<Result>>[1]): Promise<Result> => write(boardroom.db, work);

function newProject(mode: 'GIT_WORKTREE' | 'SHARED_FOLDER', path: string): Promise<string> {
  return tx(async (tx) => {
    const { id } = await createProject(tx, BOARD, { companyId: acme.id, name: path });
    await setProjectWorkspace(tx, BOARD, { projectId: id, workspace: { mode, path } });
    return id;
  });
}

/** What a worker does for a run: the folder made ready, and looked after when the run is over. */
async function prepare(run: Run): Promise<void> {
  const began = await tx((tx) => beginPrepare(tx, { runId: run.id, leaseToken: 0 }));
  if (began.kind !== 'begun') throw new Error(began.kind);
  const found = { path: `/srv/${began.workspace.id}`, baseCommit: 'a'.repeat(40) };
  await tx((tx) => closeOperation(tx, { operationId: began.operationId, status: 'SUCCEEDED', ...(began.workspace.mode === 'GIT_WORKTREE' ? { found } : {}) }));
}

async function finalize(run: Run, status: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED'): Promise<void> {
  const began = await tx((tx) => beginFinalize(tx, { runId: run.id, leaseToken: 0 }));
  if (began.kind !== 'begun') throw new Error(began.kind);
  await tx((tx) => closeOperation(tx, { operationId: began.operationId, status, errorMessage: 'off its branch' }));
}

const finish = (run: Run) => tx((tx) => finishRun(tx, SYSTEM, { runId: run.id, leaseToken: 0, end: { kind: 'succeeded' } }));
const runOn = (issue: Issue) => insertRun(boardroom.db, acme.writer, { issueId: issue.id });
const gate = (issue: Issue, run: Run | null) => tx((tx) => gateOf(tx, issue.id, run?.id ?? null));

/** An issue in progress that a run has worked on and asked the board about, and what waits for it. */
async function worked(inProject = projectId) {
  const issue = await acme.issue({ projectId: inProject });
  const run = await runOn(issue);
  await prepare(run);
  const asked = (await tx((tx) => createInteraction(tx, tokenOf(run), { issueId: issue.id, kind: 'CONFIRMATION', title: 'Good?' }))) as { id: string };
  const accept = async () => {
    const result = await tx((tx) => acceptInteraction(tx, BOARD, { interactionId: asked.id }));
    return result instanceof GateShut ? 'shut' : (result as { status: string }).status;
  };
  return { issue, run, accept };
}

async function waitingFor(issue: Issue): Promise<Issue> {
  const dependent = await acme.issue({ assigneeId: (await acme.agent({ name: `Waits ${issue.number}` })).id, status: 'BACKLOG' });
  await tx((tx) => setBlockers(tx, BOARD, { issueId: dependent.id, blockedByIds: [issue.id] }));
  await tx((tx) => updateIssue(tx, BOARD, { issueId: dependent.id, status: 'TODO' }));
  return dependent;
}

async function taken(issue: Issue): Promise<void> {
  const agent = await acme.agent({ name: `Worker ${issue.number}` });
  await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS', assigneeId: agent.id } });
}

const finished = (issue: Issue) => tx((tx) => updateIssue(tx, BOARD, { issueId: issue.id, status: 'DONE' }));

async function done(issue: Issue): Promise<void> {
  await taken(issue);
  await finished(issue);
}

const wakesOf = (issue: Issue) => boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id, reason: 'issue_blockers_resolved' } });
const blockersOf = (issue: Issue) => tx((tx) => openBlockerIds(tx, issue.id));

describe('what a run asked for', () => {
  test('waits for the finalize of that run', async () => {
    const { issue, run, accept } = await worked();
    expect(await gate(issue, run)).toMatchObject({ runId: run.id, message: `run ${run.number} still works in the workspace` });
    expect(await accept()).toBe('shut');
    await finalize(run, 'FAILED');
    expect(await gate(issue, run)).toMatchObject({ message: expect.stringContaining('off its branch') });
    expect(await accept()).toBe('shut');
    await finalize(run);
    expect(await accept()).toBe('ACCEPTED');
  });

  test('is not freed by another run\'s', async () => {
    const { issue, run, accept } = await worked();
    await finalize(run, 'FAILED');
    const other = await runOn(issue);
    await prepare(other);
    await finalize(other);
    expect(await gate(issue, other)).toBeNull();
    expect(await accept()).toBe('shut');
  });

  test('passes without a run, a workspace or operations', async () => {
    const { issue, run } = await worked();
    expect(await gate(issue, null)).toBeNull();
    expect(await gate(await acme.issue(), run)).toBeNull();
    expect(await gate(issue, await runOn(issue))).toBeNull();
  });

  const steps = ['finalize', 'accept', 'new run'] as const;
  const orders = steps.flatMap((a) => steps.filter((b) => b !== a).map((b) => [a, b, steps.find((c) => c !== a && c !== b) as (typeof steps)[number]] as const));

  test.each(orders)('%s, %s, %s', async (...order) => {
    const { issue, run, accept } = await worked();
    const other = await runOn(issue);
    let answer = '';
    const does = { finalize: () => finalize(run), accept: async () => { answer = await accept(); }, 'new run': () => prepare(other) };
    for (const step of order) await does[step]();
    expect(answer).toBe(order.indexOf('finalize') < order.indexOf('accept') ? 'ACCEPTED' : 'shut');
    if (answer === 'shut') expect(await accept()).toBe('ACCEPTED');
  });

  test('finalize, accept and a new run at once: accepted only where the finalize came first', async () => {
    for (let round = 0; round < 15; round += 1) {
      const { issue, run, accept } = await worked();
      const other = await runOn(issue);
      const status = round % 3 === 2 ? 'FAILED' : 'SUCCEEDED';
      const order = [() => finalize(run, status), accept, () => prepare(other), accept, accept];
      for (let at = 0; at < round % order.length; at += 1) order.push(order.shift() as () => Promise<string>);
      const answers = (await Promise.allSettled(order.map((step) => step()))).map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)));
      expect(answers.filter((answer) => answer === 'ACCEPTED').length).toBeLessThanOrEqual(1);
      if (status === 'FAILED') expect(answers).not.toContain('ACCEPTED');
      else if (!answers.includes('ACCEPTED')) expect(await accept()).toBe('ACCEPTED');
      // A row of each kind tells in what order they were: the yes is never before what it waited for.
      const told = await boardroom.db.prisma.activity.findMany({ where: { issueId: issue.id, action: { in: ['workspace.finalized', 'interaction.accepted'] } }, orderBy: { seq: 'asc' } });
      if (status === 'SUCCEEDED') expect(told.map((row) => row.action)).toEqual(['workspace.finalized', 'interaction.accepted']);
    }
  });
});

describe('what waits for an issue', () => {
  test('is woken by the finalize of a done one, once', async () => {
    const { issue, run } = await worked();
    const dependent = await waitingFor(issue);
    await done(issue);
    expect(await blockersOf(dependent)).toEqual([issue.id]);
    expect(await wakesOf(dependent)).toEqual([]);
    await finalize(run, 'FAILED');
    expect(await wakesOf(dependent)).toEqual([]);
    await finalize(run);
    expect(await blockersOf(dependent)).toEqual([]);
    expect((await wakesOf(dependent)).map((wake) => wake.status)).toEqual(['QUEUED']);
  });

  test('is woken when the issue is done after its finalize', async () => {
    const { issue, run } = await worked();
    const dependent = await waitingFor(issue);
    await finalize(run);
    expect(await wakesOf(dependent)).toEqual([]);
    await done(issue);
    expect((await wakesOf(dependent)).map((wake) => wake.status)).toEqual(['QUEUED']);
  });

  test('done and finalize at once: it is woken exactly once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { issue, run } = await worked();
      const dependent = await waitingFor(issue);
      // Not in the race: it is written outside of a serializable transaction, which nothing in Boardroom does to an issue.
      await taken(issue);
      await Promise.all(round % 2 === 0 ? [finished(issue), finalize(run)] : [finalize(run), finished(issue)]);
      expect((await wakesOf(dependent)).filter((wake) => wake.status === 'QUEUED').length).toBe(1);
    }
  });

  test('is not kept by work on another issue in the same folder', async () => {
    const shared = await newProject('SHARED_FOLDER', '/srv/shared');
    const [one, two] = [await worked(shared), await worked(shared)];
    const rows = await boardroom.db.prisma.issue.findMany({ where: { id: { in: [one.issue.id, two.issue.id] } }, select: { workspaceId: true } });
    expect(new Set(rows.map((row) => row.workspaceId)).size).toBe(1);
    const dependent = await waitingFor(one.issue);
    await finalize(one.run);
    await done(one.issue);
    expect(await blockersOf(dependent)).toEqual([]);
    expect(await gate(two.issue, two.run)).not.toBeNull();
  });
});

test('a run that ends without its finalize leaves one for a worker', async () => {
  const { issue, run } = await worked();
  await finish(run);
  const due = (await dueFinalizes(boardroom.db, 'here:')).filter((each) => each.runId === run.id);
  expect(due).toMatchObject([{ mode: 'GIT_WORKTREE', repoPath: '/srv/repository' }]);
  expect(await gate(issue, run)).toMatchObject({ message: expect.stringContaining('not finalized yet') });
  await tx((tx) => closeOperation(tx, { operationId: due[0]?.operationId as string, status: 'SUCCEEDED' }));
  expect(await gate(issue, run)).toBeNull();
});

test('the board has one more try made, and nobody else has', async () => {
  const { issue, run } = await worked();
  await expect(tx((tx) => retryFinalize(tx, BOARD, { issueId: issue.id }))).rejects.toThrow('still works');
  await finalize(run, 'FAILED');
  await finish(run);
  await expect(tx((tx) => retryFinalize(tx, tokenOf(run), { issueId: issue.id }))).rejects.toThrow('only the board');
  await tx((tx) => retryFinalize(tx, BOARD, { issueId: issue.id }));
  await tx((tx) => retryFinalize(tx, BOARD, { issueId: issue.id }));
  expect((await dueFinalizes(boardroom.db, 'here:')).filter((each) => each.runId === run.id).length).toBe(1);
  await expect(tx(async (tx) => retryFinalize(tx, BOARD, { issueId: (await acme.issue()).id }))).rejects.toThrow('no run has worked');
});

test('a worker that lost the run writes nothing', async () => {
  const { run } = await worked();
  expect(await tx((tx) => beginFinalize(tx, { runId: run.id, leaseToken: 7 }))).toEqual({ kind: 'lost' });
  expect(await tx((tx) => beginPrepare(tx, { runId: run.id, leaseToken: 7 }))).toEqual({ kind: 'lost' });
});

test('another place is used from the next run on, and the old folder left', async () => {
  const project = await newProject('GIT_WORKTREE', '/srv/one');
  const { issue, run } = await worked(project);
  const first = await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } });
  await tx((tx) => setProjectWorkspace(tx, BOARD, { projectId: project, workspace: { mode: 'SHARED_FOLDER', path: '/srv/two' } }));
  const next = await runOn(issue);
  await prepare(next);
  const second = await boardroom.db.prisma.run.findUniqueOrThrow({ where: { id: next.id } });
  expect(second.workspaceId).not.toBe(first.workspaceId);
  expect(await boardroom.db.prisma.workspace.findUnique({ where: { id: first.workspaceId as string } })).toMatchObject({ status: 'ARCHIVED' });
  expect(await boardroom.db.prisma.workspace.findUnique({ where: { id: second.workspaceId as string } })).toMatchObject({ mode: 'SHARED_FOLDER', path: '/srv/two' });
});
