import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issue } from '../../prisma/generated/client.ts';
import { write } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { insertDocument } from '../interaction/testing.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import type { DecomposePlan, PlannedChildInput } from './commands/claim-plan.ts';
import { decomposePlan } from './commands/decompose-plan.ts';
import { insertAcceptedPlan } from './testing.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 12 });
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const MUTATION = `mutation ($input: DecomposePlanInput!) { decomposePlan(input: $input) { __typename
  ... on PlanDecomposition { id status childCount children { id title } ownerRun { id } } ... on DecompositionInFlight { message decomposition { id ownerRun { id } } }
  ... on DecompositionDiffers { decomposition { id } } ... on IssueHeld { holder { id } } } }`;
const decompose = async (by: Principal, input: DecomposePlan) => (await boardroom.ask(by, MUTATION, { input })).decomposePlan;

const set = (count: number): PlannedChildInput[] =>
  Array.from({ length: count }, (_, i) => ({ key: `c${i}`, title: `Child ${i}`, description: `Text ${i}`, ...(i > 0 ? { afterKeys: [`c${i - 1}`] } : {}) }));

/** Work of the engineer with an accepted plan, and a run of the engineer on it. */
async function planned(count = 5) {
  const issue = await acme.issue({ assigneeId: acme.engineer.id, status: 'BLOCKED' });
  const { revisionId } = await insertAcceptedPlan(boardroom.db, issue);
  const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
  return { issue, run, input: { issueId: issue.id, revisionId, children: set(count) } };
}

const childrenOf = (issue: Issue) => boardroom.db.prisma.issue.findMany({ where: { parentId: issue.id }, orderBy: { number: 'asc' }, include: { blockedBy: true } });
const endRun = (id: string) => boardroom.db.prisma.run.update({ where: { id }, data: { status: 'FAILED', finishedAt: new Date() } });

/** One set: each child once, in order, each waiting for the one before, the parent for all of them. */
async function expectOneSet(issue: Issue, count: number) {
  const children = await childrenOf(issue);
  expect(children.map(({ title }) => title)).toEqual(set(count).map(({ title }) => title));
  expect(children.map(({ blockedBy }) => blockedBy.map(({ blockerId }) => blockerId))).toEqual(children.map((_, i) => (i === 0 ? [] : [children[i - 1]?.id])));
  const waits = await boardroom.db.prisma.issueBlocker.findMany({ where: { issueId: issue.id } });
  expect(waits.map(({ blockerId }) => blockerId).sort()).toEqual(children.map(({ id }) => id).sort());
  const claims = await boardroom.db.prisma.planDecomposition.findMany({ where: { sourceIssueId: issue.id } });
  expect(claims).toMatchObject([{ status: 'COMPLETED', childCount: count }]);
}

describe('once', () => {
  test('the children of an accepted plan, and the parent waits for them', async () => {
    const { issue, run, input } = await planned();
    const made = await decompose(tokenOf(run), { ...input, children: input.children.map((child, i) => (i === 0 ? { ...child, assigneeId: acme.engineer.id } : child)) });
    expect(made).toMatchObject({ __typename: 'PlanDecomposition', status: 'COMPLETED', childCount: 5, ownerRun: { id: run.id } });
    expect(await boardroom.db.prisma.issue.count({ where: { origin: 'PLAN', originId: made.id } })).toBe(5);
    await expectOneSet(issue, 5);
    expect(await boardroom.db.prisma.wakeup.count({ where: { issueId: made.children[0].id, reason: 'issue_assigned' } })).toBe(1);
    const actions = await boardroom.db.prisma.activity.findMany({ where: { issueId: issue.id, entityType: 'planDecomposition' }, orderBy: { seq: 'asc' } });
    expect(actions.map(({ action }) => action)).toEqual(['plan.claimed', ...Array(5).fill('plan.childMade'), 'plan.decomposed']);
  });

  test('asked again it gives the same children, whoever asks and however the fields are ordered', async () => {
    const { issue, run, input } = await planned();
    const first = await decompose(tokenOf(run), input);
    const children = input.children.map(({ key, title, description, afterKeys }) => ({ afterKeys: afterKeys ?? [], description, title: ` ${title} `, assigneeId: null, key }));
    expect(await decompose(BOARD, { ...input, children })).toEqual(first);
    await expectOneSet(issue, 5);
  });

  test('other children for the same revision are told what was asked for first', async () => {
    const { issue, run, input } = await planned();
    const { id } = await decompose(tokenOf(run), input);
    for (const children of [set(4), set(6), input.children.map((child) => ({ ...child, priority: 'LOW' as const })), input.children.toReversed().map((child) => ({ ...child, afterKeys: [] }))]) {
      expect(await decompose(tokenOf(run), { ...input, children })).toEqual({ __typename: 'DecompositionDiffers', decomposition: { id } });
    }
    await expectOneSet(issue, 5);
  });
});

describe('declined', () => {
  const refusal = (by: Principal, input: DecomposePlan) => boardroom.refusal(by, MUTATION, { input });

  test('a revision that the board has not accepted, that is of another key, or of another issue', async () => {
    const { run, input } = await planned();
    const issue = await acme.issue({ assigneeId: acme.engineer.id });
    const [plan, notes] = [await insertDocument(boardroom.db, issue), await insertDocument(boardroom.db, issue, 'notes')];
    const by = tokenOf(run);
    expect(await refusal(by, { ...input, issueId: issue.id, revisionId: plan.latestRevisionId })).toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('not accepted') });
    expect(await refusal(by, { ...input, issueId: issue.id, revisionId: notes.latestRevisionId })).toMatchObject({ code: 'RULE_VIOLATION', field: 'revisionId' });
    expect(await refusal(by, { ...input, issueId: issue.id })).toMatchObject({ code: 'RULE_VIOLATION', field: 'revisionId' });
    expect(await refusal(by, { ...input, children: [] })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await refusal(by, { ...input, children: set(26) })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('who may not direct the work, and who may not touch it now', async () => {
    const { issue, run, input } = await planned();
    expect(await refusal(keyOf(acme.writer), input)).toMatchObject({ code: 'FORBIDDEN' });
    await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS', holderRunId: run.id, holderStatus: 'RUNNING' } });
    const other = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    expect(await decompose(tokenOf(other), input)).toEqual({ __typename: 'IssueHeld', holder: { id: run.id } });
    expect(await decompose(tokenOf(run), input)).toMatchObject({ status: 'COMPLETED' });
  });

  test('an assignee that was terminated since the claim leaves its child to nobody, and the set is complete', async () => {
    const { issue, input } = await planned(2);
    const leaving = await acme.agent();
    const children = input.children.map((child) => ({ ...child, assigneeId: leaving.id }));
    const step = <T>(command: (tx: never, by: Principal) => Promise<T>) => write(boardroom.db, (tx) => command(tx as never, BOARD));
    await decomposePlan(step as never, { ...input, children }, async (taken) => {
      if (taken === 1) await boardroom.db.prisma.agent.update({ where: { id: leaving.id }, data: { status: 'TERMINATED' } });
    });
    expect((await childrenOf(issue)).map(({ assigneeId, status }) => [assigneeId, status])).toEqual([[leaving.id, 'TODO'], [null, 'BACKLOG']]);
  });
});

describe('by many at once', () => {
  test('50 runs: one makes the children, the others are told which', async () => {
    const { issue, input } = await planned(8);
    const runs = await Promise.all(Array.from({ length: 50 }, () => insertRun(boardroom.db, acme.engineer, { issueId: issue.id })));
    const answers = await Promise.all(runs.map(async (run) => ({ run, ...(await decompose(tokenOf(run), input)) })));
    await expectOneSet(issue, 8);
    const claim = await boardroom.db.prisma.planDecomposition.findFirstOrThrow({ where: { sourceIssueId: issue.id } });
    expect(runs.map(({ id }) => id)).toContain(claim.ownerRunId);
    for (const { run, ...answer } of answers) {
      if (run.id === claim.ownerRunId) expect(answer).toMatchObject({ __typename: 'PlanDecomposition', status: 'COMPLETED' });
      else if (answer.__typename === 'DecompositionInFlight') expect(answer.decomposition.ownerRun.id).toBe(claim.ownerRunId);
      else expect(answer).toMatchObject({ __typename: 'PlanDecomposition', id: claim.id, status: 'COMPLETED' });
    }
  });

  test.each([['one run', true], ['the board', false]])('50 times by %s: all get the same children', async (_who, isRun) => {
    const { issue, run, input } = await planned(8);
    const answers = await Promise.all(Array.from({ length: 50 }, () => decompose(isRun ? tokenOf(run) : BOARD, input)));
    await expectOneSet(issue, 8);
    const ids = (await childrenOf(issue)).map(({ id }) => id);
    for (const answer of answers) expect(answer).toMatchObject({ status: 'COMPLETED', children: ids.map((id) => ({ id })) });
  });
});

describe('cut short', () => {
  const CHILDREN = 4;
  const steps = Array.from({ length: CHILDREN + 1 }, (_, step) => step);

  /** Each transaction is whole or did not happen: after step n the claim and n children are there. */
  async function expectHalf(issue: Issue, made: number) {
    expect(await childrenOf(issue)).toHaveLength(made);
    expect(await boardroom.db.prisma.planChild.count({ where: { decomposition: { sourceIssueId: issue.id } } })).toBe(made);
  }

  test.each(steps)('by a fault after step %i, the same run goes on', async (last) => {
    const { issue, run, input } = await planned(CHILDREN);
    const step = (command: never) => write(boardroom.db, (tx) => (command as (tx: unknown, by: Principal) => Promise<never>)(tx, tokenOf(run)));
    const fault = decomposePlan(step as never, input, async (taken) => { if (taken === last) throw new Error('a fault'); });
    await expect(fault).rejects.toThrow('a fault');
    await expectHalf(issue, last);
    await decompose(tokenOf(run), input);
    await expectOneSet(issue, CHILDREN);
  });

  test.each(steps)('by a fault inside step %i, nothing of which remains', async (broken) => {
    const { issue, run, input } = await planned(CHILDREN);
    let taken = -1;
    const step = (command: never) => write(boardroom.db, async (tx) => {
      const result = await (command as (tx: unknown, by: Principal) => Promise<never>)(tx, tokenOf(run));
      taken += 1;
      if (taken === broken) throw new Error('a fault');
      return result;
    });
    await expect(decomposePlan(step as never, input)).rejects.toThrow('a fault');
    await expectHalf(issue, Math.max(0, broken - 1));
    await decompose(tokenOf(run), input);
    await expectOneSet(issue, CHILDREN);
  });

  /** Another process decomposes the plan, and is killed where the order has it stand still. */
  async function killed(order: object): Promise<void> {
    const child = spawn(process.execPath, [fileURLToPath(new URL('fixtures/decompose.ts', import.meta.url)), JSON.stringify({ url: boardroom.url, ...order })], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const [said] = (await Promise.race([once(child.stdout, 'data'), exited])) as [unknown];
    expect(String(said)).toContain('standing still');
    child.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);
  }

  test.each(steps)('by kill -9 after step %i: others wait for its run to be over, then go on', async (last) => {
    const { issue, run, input } = await planned(CHILDREN);
    await killed({ by: tokenOf(run), input, standStillAfter: last });
    await expectHalf(issue, last);

    const next = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    if (last < CHILDREN) expect(await decompose(tokenOf(next), input)).toMatchObject({ __typename: 'DecompositionInFlight', decomposition: { ownerRun: { id: run.id } } });
    await endRun(run.id);
    expect(await decompose(tokenOf(next), input)).toMatchObject({ status: 'COMPLETED', ownerRun: { id: last < CHILDREN ? next.id : run.id } });
    await expectOneSet(issue, CHILDREN);
  });

  test.each(steps)('by kill -9 before step %i is committed: it did not happen', async (broken) => {
    const { issue, run, input } = await planned(CHILDREN);
    await killed({ by: tokenOf(run), input, standStillIn: broken });
    await endRun(run.id);
    const next = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    expect(await decompose(tokenOf(next), input)).toMatchObject({ status: 'COMPLETED', ownerRun: { id: next.id } });
    await expectOneSet(issue, CHILDREN);
  });
});
