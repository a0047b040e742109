import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issue } from '../../prisma/generated/client.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';
import { LOCAL_BOARD_USER, type Principal } from '../access/principal.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const SET = 'mutation ($input: SetIssuePolicyInput!) { setIssuePolicy(input: $input) { __typename } }';
const DECIDE = 'mutation ($input: DecidePolicyStageInput!) { decidePolicyStage(input: $input) { status assignee { id } completedAt } }';
const UPDATE = 'mutation ($input: UpdateIssueInput!) { updateIssue(input: $input) { __typename ... on Issue { status } } }';
const stage = (type: 'REVIEW' | 'APPROVAL', ...agents: { id: string }[]) => ({ type, participants: agents.map(({ id }) => ({ agentId: id })) });
const byBoard = (type: 'REVIEW' | 'APPROVAL') => ({ type, participants: [{ userId: LOCAL_BOARD_USER }] });

/** Work of the engineer in progress, under a policy. */
async function work(...stages: object[]): Promise<Issue> {
  const issue = await acme.issue({ assigneeId: acme.engineer.id, status: 'BACKLOG' });
  if (stages.length > 0) await boardroom.ask(BOARD, SET, { input: { issueId: issue.id, stages } });
  return boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { status: 'IN_PROGRESS', startedAt: new Date() } });
}

const move = (by: Principal, issue: Issue, status: string, more: object = {}) => boardroom.ask(by, UPDATE, { input: { issueId: issue.id, status, ...more } });
const decide = async (by: Principal, issue: Issue, outcome: string, comment = 'Because') => (await boardroom.ask(by, DECIDE, { input: { issueId: issue.id, outcome, comment } })).decidePolicyStage;
const refusedDecision = (by: Principal, issue: Issue, comment = 'Because') => boardroom.refusal(by, DECIDE, { input: { issueId: issue.id, outcome: 'APPROVED', comment } });
const wakes = async (issue: Issue) => (await boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id, reason: { startsWith: 'execution_' } }, orderBy: { id: 'asc' } })).map(({ agentId, reason, status }) => ({ agentId, reason, status }));
const seen = async (issue: Issue) => (await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { status policy { pendingStage { type } participant { ... on Agent { id } ... on User { id } } executor { ... on Agent { id } } } policyDecisions { nodes { stageType outcome comment actor { ... on Agent { name } ... on User { name } } } } } }`)).issue;

describe('submitting', () => {
  test('who says done is put in review, and the reviewer is woken', async () => {
    const issue = await work(stage('REVIEW', acme.engineer, acme.writer, acme.ceo));
    expect(await move(keyOf(acme.engineer), issue, 'DONE')).toMatchObject({ updateIssue: { status: 'IN_REVIEW' } });
    expect(await seen(issue)).toMatchObject({ status: 'IN_REVIEW', policy: { pendingStage: { type: 'REVIEW' }, participant: { id: acme.writer.id }, executor: { id: acme.engineer.id } } });
    expect(await wakes(issue)).toEqual([{ agentId: acme.writer.id, reason: 'execution_review_requested', status: 'QUEUED' }]);
    expect(await boardroom.db.prisma.activity.count({ where: { entityId: issue.id, action: 'issue.submitted' } })).toBe(1);
  });

  test('from within the run that holds it, the lock ends', async () => {
    const issue = await work(stage('REVIEW', acme.writer));
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    await boardroom.db.prisma.issue.update({ where: { id: issue.id }, data: { holderRunId: run.id, holderStatus: 'RUNNING' } });
    await move(tokenOf(run), issue, 'DONE');
    expect(await boardroom.db.prisma.issue.findUniqueOrThrow({ where: { id: issue.id } })).toMatchObject({ status: 'IN_REVIEW', holderRunId: null, completedAt: null });
    // Another run is live on it: the reviewer waits for its end.
    expect(await wakes(issue)).toEqual([{ agentId: acme.writer.id, reason: 'execution_review_requested', status: 'DEFERRED' }]);
  });

  test('who puts it in review submits it too, and the board is no exception', async () => {
    const [one, two] = [await work(stage('REVIEW', acme.writer)), await work(stage('APPROVAL', acme.ceo))];
    await move(keyOf(acme.engineer), one, 'IN_REVIEW');
    await move(BOARD, two, 'DONE');
    expect([await seen(one), await seen(two)]).toMatchObject([{ policy: { pendingStage: { type: 'REVIEW' } } }, { status: 'IN_REVIEW', policy: { pendingStage: { type: 'APPROVAL' } } }]);
    expect((await wakes(two))[0]).toMatchObject({ reason: 'execution_approval_requested' });
  });

  test('a review by the executor alone is skipped, an approval is not', async () => {
    const [one, two] = [await work(stage('REVIEW', acme.engineer)), await work(stage('APPROVAL', acme.engineer))];
    expect(await move(BOARD, one, 'DONE')).toMatchObject({ updateIssue: { status: 'DONE' } });
    expect(await boardroom.refusal(BOARD, UPDATE, { input: { issueId: two.id, status: 'DONE' } })).toMatchObject({ code: 'RULE_VIOLATION' });
    expect((await seen(two)).status).toBe('IN_PROGRESS');
  });

  test('one who is paused or gone is passed over; where nobody is left it is declined', async () => {
    const [paused, gone] = [await acme.agent(), await acme.agent()];
    const [one, two] = [await work(stage('REVIEW', paused, gone, acme.ceo)), await work(stage('REVIEW', paused, gone))];
    await boardroom.db.prisma.agent.update({ where: { id: paused.id }, data: { status: 'PAUSED' } });
    await boardroom.db.prisma.agent.update({ where: { id: gone.id }, data: { status: 'TERMINATED' } });
    await move(BOARD, one, 'DONE');
    expect((await seen(one)).policy.participant).toEqual({ id: acme.ceo.id });
    expect(await boardroom.refusal(BOARD, UPDATE, { input: { issueId: two.id, status: 'DONE' } })).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('without a policy nothing is in the way', async () => {
    const issue = await work();
    expect(await move(keyOf(acme.engineer), issue, 'DONE')).toMatchObject({ updateIssue: { status: 'DONE' } });
    expect((await seen(issue)).policy).toBeNull();
  });
});

describe('deciding', () => {
  test('stage by stage, then it is done, and what waited for it goes on', async () => {
    const issue = await work(stage('REVIEW', acme.writer), byBoard('APPROVAL'));
    const dependent = await acme.issue({ assigneeId: acme.writer.id, blockedByIds: [issue.id] });
    await move(keyOf(acme.engineer), issue, 'DONE');
    expect(await decide(keyOf(acme.writer), issue, 'APPROVED', 'Reads well')).toMatchObject({ status: 'IN_REVIEW' });
    expect(await seen(issue)).toMatchObject({ policy: { pendingStage: { type: 'APPROVAL' }, participant: { id: LOCAL_BOARD_USER }, executor: { id: acme.engineer.id } } });
    expect(await boardroom.db.prisma.wakeup.count({ where: { issueId: dependent.id, reason: 'issue_blockers_resolved' } })).toBe(0);
    expect(await decide(BOARD, issue, 'APPROVED', 'Ship it')).toMatchObject({ status: 'DONE', completedAt: expect.any(String), assignee: { id: acme.engineer.id } });
    expect((await seen(issue)).policyDecisions.nodes).toEqual([
      { stageType: 'REVIEW', outcome: 'APPROVED', comment: 'Reads well', actor: { name: 'Acme writer' } }, { stageType: 'APPROVAL', outcome: 'APPROVED', comment: 'Ship it', actor: { name: 'Board' } },
    ]);
    expect(await boardroom.db.prisma.comment.count({ where: { issueId: issue.id } })).toBe(2);
    expect(await boardroom.db.prisma.wakeup.count({ where: { issueId: dependent.id, reason: 'issue_blockers_resolved' } })).toBe(1);
    expect(await refusedDecision(BOARD, issue)).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('changes go back to who did it, who is told what is wanted, and then all stages look again', async () => {
    const issue = await work(stage('REVIEW', acme.writer), stage('APPROVAL', acme.ceo));
    await move(keyOf(acme.engineer), issue, 'DONE');
    await decide(keyOf(acme.writer), issue, 'APPROVED');
    expect(await decide(keyOf(acme.ceo), issue, 'CHANGES_REQUESTED', 'No tests')).toMatchObject({ status: 'IN_PROGRESS', assignee: { id: acme.engineer.id }, completedAt: null });
    const [, , wake] = await boardroom.db.prisma.wakeup.findMany({ where: { issueId: issue.id, reason: { startsWith: 'execution_' } }, orderBy: { id: 'asc' } });
    expect(wake).toMatchObject({ agentId: acme.engineer.id, reason: 'execution_changes_requested', payload: { body: 'No tests' } });
    await move(keyOf(acme.engineer), issue, 'DONE');
    expect(await seen(issue)).toMatchObject({ policy: { pendingStage: { type: 'REVIEW' }, participant: { id: acme.writer.id } } });
  });

  test('nobody but the participant, and not without a word', async () => {
    const issue = await work(stage('REVIEW', acme.writer));
    expect(await refusedDecision(keyOf(acme.writer), issue)).toMatchObject({ code: 'RULE_VIOLATION' });
    await move(keyOf(acme.engineer), issue, 'DONE');
    for (const by of [keyOf(acme.engineer), keyOf(acme.ceo), BOARD]) expect(await refusedDecision(by, issue)).toMatchObject({ code: 'RULE_VIOLATION', details: { participantId: acme.writer.id } });
    expect(await refusedDecision(keyOf(acme.writer), issue, ' ')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'comment' });
    expect((await seen(issue)).policyDecisions.nodes).toEqual([]);
  });

  test('while a stage waits it is neither moved, given away, nor checked out', async () => {
    const issue = await work(stage('REVIEW', acme.writer));
    await move(keyOf(acme.engineer), issue, 'DONE');
    for (const change of [{ status: 'DONE' }, { status: 'IN_PROGRESS' }, { assigneeId: acme.ceo.id }]) {
      expect(await boardroom.refusal(BOARD, UPDATE, { input: { issueId: issue.id, ...change } }), JSON.stringify(change)).toMatchObject({ code: 'RULE_VIOLATION' });
    }
    await boardroom.ask(BOARD, UPDATE, { input: { issueId: issue.id, title: 'Other' } });
    const run = await insertRun(boardroom.db, acme.engineer, { issueId: issue.id });
    const checkout = await boardroom.ask(tokenOf(run), `mutation { checkoutIssue(input: { issueId: "${issue.id}" }) { __typename ... on IssueNotReady { message } } }`);
    expect(checkout).toEqual({ checkoutIssue: { __typename: 'IssueNotReady', message: 'a stage of its policy waits for a decision' } });
    await move(BOARD, issue, 'CANCELLED');
    expect((await seen(issue)).policy.pendingStage).toBeNull();
  });

  test('ten decisions at once: one counts', async () => {
    const issue = await work(byBoard('REVIEW'));
    await move(keyOf(acme.engineer), issue, 'DONE');
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => boardroom.run(BOARD, DECIDE, { input: { issueId: issue.id, outcome: i % 2 ? 'APPROVED' : 'CHANGES_REQUESTED', comment: `${i}` } })));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(await boardroom.db.prisma.policyDecision.count({ where: { issueId: issue.id } })).toBe(1);
  });
});

describe('the policy itself', () => {
  test('who may set it: the board, a manager; not who does the work', async () => {
    const issue = await work();
    const input = { issueId: issue.id, stages: [stage('REVIEW', acme.writer)] };
    expect(await boardroom.refusal(keyOf(acme.engineer), SET, { input })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await boardroom.refusal(keyOf(acme.writer), SET, { input })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await boardroom.ask(keyOf(acme.ceo), SET, { input })).toEqual({ setIssuePolicy: { __typename: 'Issue' } });
  });

  test('what the board has set, no agent takes away: not by letting go of the work, nor through a report', async () => {
    const run = (issue: Issue, name: string, by: Principal) => boardroom.ask(by, `mutation { ${name}(input: { issueId: "${issue.id}" }) { __typename } }`);
    const none = (issue: Issue) => ({ input: { issueId: issue.id, stages: [] } });
    const released = await work(stage('REVIEW', acme.writer));
    expect(await run(released, 'releaseIssue', keyOf(acme.engineer))).toEqual({ releaseIssue: { __typename: 'Issue' } });
    expect(await boardroom.refusal(keyOf(acme.engineer), SET, none(released))).toMatchObject({ code: 'FORBIDDEN' });
    const handed = await work(byBoard('APPROVAL'));
    expect(await boardroom.refusal(keyOf(acme.ceo), SET, none(handed))).toMatchObject({ code: 'FORBIDDEN' });
    expect((await seen(handed)).policy).not.toBeNull();

    const own = await work();
    await boardroom.ask(keyOf(acme.ceo), SET, { input: { issueId: own.id, stages: [stage('REVIEW', acme.writer)] } });
    expect(await boardroom.ask(keyOf(acme.ceo), SET, none(own))).toEqual({ setIssuePolicy: { __typename: 'Issue' } });
  });

  test('a new one asks anew what waits; none lets it go', async () => {
    const issue = await work(stage('REVIEW', acme.writer));
    await move(keyOf(acme.engineer), issue, 'DONE');
    await boardroom.ask(BOARD, SET, { input: { issueId: issue.id, stages: [byBoard('APPROVAL')] } });
    expect(await seen(issue)).toMatchObject({ status: 'IN_REVIEW', policy: { pendingStage: { type: 'APPROVAL' }, participant: { id: LOCAL_BOARD_USER }, executor: { id: acme.engineer.id } } });
    await boardroom.ask(BOARD, SET, { input: { issueId: issue.id, stages: [] } });
    expect(await seen(issue)).toMatchObject({ status: 'IN_REVIEW', policy: null });
    expect(await move(BOARD, issue, 'DONE')).toMatchObject({ updateIssue: { status: 'DONE' } });
    expect(await boardroom.refusal(BOARD, SET, { input: { issueId: issue.id, stages: [] } })).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test.each([
    ['a stage without participants', [{ type: 'REVIEW', participants: [] }]], ['a participant that names nobody', [{ type: 'REVIEW', participants: [{}] }]],
    ['eleven stages', Array.from({ length: 11 }, () => byBoard('REVIEW'))], ['somebody twice', [{ type: 'REVIEW', participants: [{ userId: LOCAL_BOARD_USER }, { userId: LOCAL_BOARD_USER }] }]],
  ])('%s', async (_name, stages) => {
    expect(await boardroom.refusal(BOARD, SET, { input: { issueId: (await work()).id, stages } })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
