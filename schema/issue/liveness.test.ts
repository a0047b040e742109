import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { pauseAgent } from '../agent/commands.ts';
import { holdSubtree } from '../hold/commands/hold-subtree.ts';
import { BOARD, testBoardroom, type TestBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun } from '../testing/runs.ts';
import { setBlockers } from './commands/set-blockers.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const LIVENESS = 'liveness { state mover stalled text run { number } agent { name } issue { identifier } recoveryId interactionId at }';
const livenessOf = async (id: string) => (await boardroom.ask(BOARD, `query ($ref: String!) { issue(ref: $ref) { ${LIVENESS} nextStep { text stalled } } }`, { ref: id })).issue;
const forgetRuns = (issueId: string) => boardroom.db.prisma.run.deleteMany({ where: { issueId } });
const owned = async (fields = {}) => {
  const issue = await acme.issue({ assigneeId: acme.engineer.id, ...fields });
  await forgetRuns(issue.id);
  return issue;
};
const put = (id: string, data: object) => boardroom.db.prisma.issue.update({ where: { id }, data });
const at = { companyId: '', issueId: '' };
const on = (issueId: string) => ({ ...at, companyId: acme.id, issueId });

test.each<[string, (id: string) => Promise<unknown>, object]>([
  ['nothing', () => Promise.resolve(), { state: 'STALLED', mover: 'NOTHING', stalled: true }],
  ['a running run', (issueId) => insertRun(boardroom.db, acme.engineer, { issueId }), { state: 'RUNNING', mover: 'RUN' }],
  ['a queued run', (issueId) => insertRun(boardroom.db, acme.engineer, { issueId, status: 'QUEUED' }), { state: 'QUEUED', mover: 'WAKE' }],
  ['a run that only answers', (issueId) => insertRun(boardroom.db, acme.engineer, { issueId, status: 'QUEUED', answersOnly: true }), { state: 'STALLED' }],
  ['a scheduled retry', (issueId) => insertRun(boardroom.db, acme.engineer, { issueId, status: 'SCHEDULED_RETRY', availableAt: new Date(Date.now() + 60_000) }), { state: 'SCHEDULED', mover: 'TIME' }],
  ['a question to the board', (issueId) => boardroom.db.prisma.interaction.create({ data: { ...on(issueId), id: newId(), kind: 'CONFIRMATION', title: 'x', payload: {}, payloadHash: '', creatorType: 'SYSTEM' } }), { state: 'ASKED', mover: 'BOARD' }],
  ['a reviewer', async (issueId) => {
    await put(issueId, { status: 'IN_REVIEW' });
    await boardroom.db.prisma.issuePolicy.create({ data: { ...on(issueId), stages: [], stageId: 's', participantType: 'AGENT', participantId: acme.writer.id } });
  }, { state: 'IN_REVIEW', mover: 'AGENT', agent: { name: 'Acme writer' } }],
  ['a monitor', async (issueId) => {
    await put(issueId, { status: 'IN_PROGRESS' });
    await boardroom.db.prisma.issueMonitor.create({ data: { ...on(issueId), nextCheckAt: new Date(Date.now() + 60_000), creatorType: 'SYSTEM' } });
  }, { state: 'MONITORED', mover: 'TIME' }],
  ['a person', (id) => put(id, { assigneeId: null, assigneeUserId: '00000000-0000-7000-8000-000000000001' }), { state: 'WITH_PERSON', mover: 'USER' }],
  ['a recovery action', (issueId) => boardroom.db.prisma.recoveryAction.create({
    data: { ...on(issueId), id: newId(), kind: 'STRANDED_ISSUE', cause: 'empty', fingerprint: 'x', nextAction: 'say what is wanted.', ownerType: 'AGENT', ownerId: acme.ceo.id },
  }), { state: 'RECOVERY', mover: 'AGENT', text: 'Acme CEO is to look: say what is wanted.', agent: { name: 'Acme CEO' } }],
  ['a hold', (issueId) => write(boardroom.db, (tx) => holdSubtree(tx, BOARD, { issueId, mode: 'PAUSE' })), { state: 'HELD', mover: 'BOARD' }],
  ['a child that somebody has', async (parentId) => acme.issue({ parentId, assigneeId: acme.writer.id }), { state: 'WAITS_FOR_CHILDREN', mover: 'CHILDREN' }],
  ['a child that nobody has', (parentId) => acme.issue({ parentId }), { state: 'STALLED', stalled: true }],
])('an issue with %s', async (_name, arrange, expected) => {
  const issue = await owned();
  await arrange(issue.id);
  const { liveness, nextStep } = await livenessOf(issue.id);
  expect(liveness).toMatchObject(expected);
  expect(nextStep).toEqual({ text: liveness.text, stalled: liveness.stalled });
});

test('a chain of blockers is as healthy as its ends', async () => {
  const [first, second, third] = [await owned(), await owned(), await owned()];
  const block = (issueId: string, ...blockedByIds: string[]) => write(boardroom.db, (tx) => setBlockers(tx, BOARD, { issueId, blockedByIds }));
  await block(first.id, second.id);
  await block(second.id, third.id);
  await insertRun(boardroom.db, acme.engineer, { issueId: third.id, status: 'QUEUED' });
  expect((await livenessOf(first.id)).liveness).toMatchObject({ state: 'BLOCKED', mover: 'BLOCKER', stalled: false, issue: { identifier: `${acme.company.prefix}-${second.number}` } });
  await put(third.id, { assigneeId: null, assigneeUserId: null });
  await forgetRuns(third.id);
  expect((await livenessOf(first.id)).liveness).toMatchObject({ state: 'BLOCKED_STALLED', stalled: true, issue: { identifier: `${acme.company.prefix}-${third.number}` } });
  await put(third.id, { status: 'DONE' });
  await put(second.id, { status: 'DONE' });
  expect((await livenessOf(first.id)).liveness).toMatchObject({ state: 'STALLED' });
});

test('an agent that takes no work', async () => {
  const agent = await acme.agent({ managerId: acme.ceo.id });
  const issue = await acme.issue({ assigneeId: agent.id });
  await write(boardroom.db, (tx) => pauseAgent(tx, BOARD, { agentId: agent.id }));
  expect((await livenessOf(issue.id)).liveness).toMatchObject({ state: 'AGENT_PAUSED', mover: 'BOARD', stalled: true });
  await boardroom.db.prisma.agent.update({ where: { id: agent.id }, data: { status: 'TERMINATED' } });
  expect((await livenessOf(issue.id)).liveness).toMatchObject({ state: 'AGENT_TERMINATED', stalled: true });
});

test('a list of fifty takes one statement for the liveness of all', async () => {
  const other = await smallCompany(boardroom, 'Beta');
  for (let count = 0; count < 50; count += 1) await other.issue({ assigneeId: other.engineer.id });
  const send = (first: number) => boardroom.statements(() => boardroom.ask(BOARD, `query ($ref: String!, $first: Int) { company(ref: $ref) { issues(first: $first) { nodes { liveness { state text } nextStep { text } } } } }`, { ref: other.id, first }));
  const [few, many] = [await send(1), await send(50)];
  expect(many).toHaveLength(few.length);
  expect(many.filter((text) => text.includes('RECURSIVE chain'))).toHaveLength(1);
});

test('recoveries of a company and of an issue', async () => {
  const gamma = await smallCompany(boardroom, 'Gamma');
  const issue = await gamma.issue();
  const make = (status: 'ACTIVE' | 'RESOLVED') => boardroom.db.prisma.recoveryAction.create({
    data: { id: newId(), companyId: gamma.id, issueId: issue.id, kind: 'STRANDED_ISSUE', cause: 'empty', fingerprint: status, nextAction: 'look', ownerType: 'BOARD', status },
  });
  await make('RESOLVED');
  const open = await make('ACTIVE');
  const { company, issue: seen } = await boardroom.ask(BOARD, `query ($company: String!, $issue: String!) {
    company(ref: $company) { recoveries { totalCount nodes { id issue { title } ownerType ownerAgent { name } evidence } } all: recoveries(open: false) { totalCount } }
    issue(ref: $issue) { recovery { id status } recoveries { totalCount } modelLane } }`, { company: gamma.id, issue: issue.id });
  expect(company).toMatchObject({ recoveries: { totalCount: 1, nodes: [{ id: open.id }] }, all: { totalCount: 2 } });
  expect(seen).toMatchObject({ recovery: { id: open.id, status: 'ACTIVE' }, recoveries: { totalCount: 2 }, modelLane: null });
});
