import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent, Issue } from '../../prisma/generated/client.ts';
import { write } from '../../prisma/transaction.ts';
import { type Principal, SYSTEM } from '../access/principal.ts';
import { claimRun } from '../run/commands/claim-run.ts';
import { finishRun } from '../run/commands/finish-run.ts';
import { testWorker } from '../run/testing.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { tokenOf } from '../testing/runs.ts';

/* A piece of work from its plan to its approval, each move made within the run that its wake has led to. */
let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const ask = (by: Principal, name: string, input: object, shown = '__typename') =>
  boardroom.ask(by, `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { result: ${name}(input: $input) { ${shown} } }`, { input }).then(({ result }) => result);

/** The run that waits for an agent on an issue is claimed, does its work, and ends well. */
async function work(agent: Agent, issue: Pick<Issue, 'id'>, reason: string, act: (by: Principal) => Promise<unknown>): Promise<void> {
  const queued = await boardroom.db.prisma.run.findFirstOrThrow({ where: { agentId: agent.id, issueId: issue.id, status: 'QUEUED' } });
  expect((queued.context as { wakes: { reason: string }[] }).wakes.map((wake) => wake.reason)).toContain(reason);
  const worker = testWorker();
  const claim = await write(boardroom.db, (tx) => claimRun(tx, { runId: queued.id, workerId: worker.id, hostId: worker.hostId, execution: () => ({ kind: 'process' }) }));
  expect(claim).toMatchObject({ kind: 'claimed' });
  await act(tokenOf(queued));
  await write(boardroom.db, (tx) => finishRun(tx, SYSTEM, { runId: queued.id, leaseToken: null, end: { kind: 'succeeded' }, exit: { code: 0, signal: null } }));
}

test('planned, confirmed, decomposed, done, reviewed, sent back, approved', async () => {
  const { ceo, engineer, writer } = acme;
  const source = await acme.issue({ title: 'Ship it', assigneeId: ceo.id });
  let interactionId = '';
  let revisionId = '';

  await work(ceo, source, 'issue_assigned', async (by) => {
    await ask(by, 'checkoutIssue', { issueId: source.id });
    const plan = await ask(by, 'putDocument', { issueId: source.id, key: 'plan', body: 'One step.' }, '... on Document { latestRevision { id } }');
    revisionId = plan.latestRevision.id;
    ({ id: interactionId } = await ask(by, 'createInteraction', { issueId: source.id, kind: 'CONFIRMATION', title: 'So?', targetRevisionId: revisionId }, '... on Interaction { id }'));
    await ask(by, 'updateIssue', { issueId: source.id, status: 'IN_REVIEW', comment: 'Planned; the board decides.' });
  });
  expect(await ask(BOARD, 'acceptInteraction', { interactionId }, '__typename ... on Interaction { status }')).toEqual({ __typename: 'Interaction', status: 'ACCEPTED' });

  let childId = '';
  await work(ceo, source, 'interaction_resolved', async (by) => {
    await ask(by, 'checkoutIssue', { issueId: source.id });
    const made = await ask(by, 'decomposePlan', { issueId: source.id, revisionId, children: [{ key: 'step', title: 'The step', assigneeId: engineer.id }] }, '... on PlanDecomposition { children { id } }');
    childId = made.children[0].id;
    await ask(by, 'setIssuePolicy', { issueId: childId, stages: [{ type: 'REVIEW', participants: [{ agentId: engineer.id }, { agentId: writer.id }] }] });
    await ask(by, 'addComment', { issueId: source.id, body: 'Decomposed.' });
  });

  const child = { id: childId };
  const seen = () => boardroom.ask(BOARD, `{ issue(ref: "${childId}") { status assignee { id } policy { participant { ... on Agent { id } } } } }`).then(({ issue }) => issue);
  await work(engineer, child, 'issue_assigned', async (by) => {
    await ask(by, 'checkoutIssue', { issueId: childId });
    expect(await ask(by, 'updateIssue', { issueId: childId, status: 'DONE', comment: 'Done.' }, '... on Issue { status }')).toEqual({ status: 'IN_REVIEW' });
  });
  await work(writer, child, 'execution_review_requested', (by) => ask(by, 'decidePolicyStage', { issueId: childId, outcome: 'CHANGES_REQUESTED', comment: 'No tests.' }, 'status'));
  expect(await seen()).toMatchObject({ status: 'IN_PROGRESS', assignee: { id: engineer.id } });
  await work(engineer, child, 'execution_changes_requested', async (by) => {
    await ask(by, 'checkoutIssue', { issueId: childId });
    await ask(by, 'updateIssue', { issueId: childId, status: 'DONE', comment: 'With tests.' });
  });
  await work(writer, child, 'execution_review_requested', (by) => ask(by, 'decidePolicyStage', { issueId: childId, outcome: 'APPROVED', comment: 'Good.' }, 'status'));
  expect((await seen()).status).toBe('DONE');
  await work(ceo, source, 'issue_blockers_resolved', (by) => ask(by, 'checkoutIssue', { issueId: source.id }));
});
