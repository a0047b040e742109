import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { LOCAL_BOARD_USER, type Principal } from '../access/principal.ts';
import { addComment } from '../issue/commands/add-comment.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

const QUERY = `query ($companyId: ID!, $filter: InboxFilter, $first: Int, $after: Cursor) { inbox(companyId: $companyId, filter: $filter, first: $first, after: $after) {
  nodes { at isUnread isArchived issue { id title } events { reason at comment { body } run { id } interaction { title } recovery { cause } } } pageInfo { hasNextPage endCursor } } }`;
interface Item { at: string; isUnread: boolean; isArchived: boolean; issue: { id: string; title: string }; events: { reason: string; comment: { body: string } | null }[] }
interface Inbox { nodes: Item[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
const inbox = async (filter: object = {}, more: object = {}, companyId = acme.id): Promise<Inbox> => (await boardroom.ask(BOARD, QUERY, { companyId, filter, ...more })).inbox;
const entry = async (issueId: string, filter: object = {}) => (await inbox(filter, { first: 100 })).nodes.find((item) => item.issue.id === issueId);
const say = (by: () => Principal, issueId: string, body: string) => write(boardroom.db, (tx) => addComment(tx, by(), { issueId, body }));
const agent = () => keyOf(acme.engineer);
const reasons = (item: Item | undefined) => item?.events.map((event) => event.reason);
const change = (name: string, input: object) => boardroom.ask(BOARD, `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { readAt archivedAt } }`, { input });

test('what agents say on what one filed or has is in one’s inbox; one’s own words are not', async () => {
  const [filed, quiet] = [await acme.issue({ title: 'Filed' }), await acme.issue({ title: 'Quiet' })];
  const others = await boardroom.db.prisma.issue.create({ data: { id: newId(), companyId: acme.id, number: 9_001, title: 'Others', creatorType: 'AGENT', creatorId: acme.ceo.id } });
  await say(agent, filed.id, 'first');
  await say(agent, filed.id, 'second');
  await say(() => BOARD, quiet.id, 'mine');
  await say(agent, others.id, 'not yours');
  expect((await entry(filed.id))?.events).toEqual([expect.objectContaining({ reason: 'COMMENT', comment: { body: 'second' } })]);
  expect([await entry(quiet.id), await entry(others.id)]).toEqual([undefined, undefined]);
  await say(agent, others.id, `but see this, [@Board](user:${LOCAL_BOARD_USER})`);
  expect(reasons(await entry(others.id))).toEqual(['MENTION']);
});

test('questions, reviews, failed runs and recovery', async () => {
  const { prisma } = boardroom.db;
  const asks = await acme.issue({ title: 'Asks' });
  await prisma.interaction.create({ data: { id: newId(), companyId: acme.id, issueId: asks.id, kind: 'CONFIRMATION', payload: {}, payloadHash: 'x', creatorType: 'AGENT', creatorId: acme.engineer.id } });
  const answered = await acme.issue({ title: 'Answered' });
  await prisma.interaction.create({ data: { id: newId(), companyId: acme.id, issueId: answered.id, kind: 'CONFIRMATION', status: 'ACCEPTED', payload: {}, payloadHash: 'x', creatorType: 'AGENT' } });
  const [reviewed, agents] = [await acme.issue({ title: 'In review' }), await acme.issue({ title: 'In review by an agent' })];
  await prisma.issue.updateMany({ where: { id: { in: [reviewed.id, agents.id] } }, data: { status: 'IN_REVIEW' } });
  await prisma.issuePolicy.create({ data: { issueId: agents.id, companyId: acme.id, stages: [], stageId: 'a', participantType: 'AGENT', participantId: acme.ceo.id } });
  const [failed, mended] = [await acme.issue({ title: 'Failed' }), await acme.issue({ title: 'Mended' })];
  await insertRun(boardroom.db, acme.engineer, { issueId: failed.id, status: 'FAILED', finishedAt: new Date() });
  await insertRun(boardroom.db, acme.engineer, { issueId: mended.id, status: 'FAILED', finishedAt: new Date() });
  await insertRun(boardroom.db, acme.engineer, { issueId: mended.id, status: 'SUCCEEDED', finishedAt: new Date() });
  const [stuck, self] = [await acme.issue({ title: 'Stuck' }), await acme.issue({ title: 'Mends itself' })];
  for (const [issue, ownerType] of [[stuck, 'BOARD'], [self, 'AGENT']] as const) {
    await prisma.recoveryAction.create({ data: { id: newId(), companyId: acme.id, issueId: issue.id, kind: 'STRANDED_ISSUE', ownerType, cause: 'x', fingerprint: 'x', nextAction: 'look' } });
  }
  expect(await Promise.all([asks, answered, reviewed, agents, failed, mended, stuck, self].map(async (issue) => reasons(await entry(issue.id))))).toEqual([
    ['INTERACTION'], undefined, ['REVIEW'], undefined, ['FAILED_RUN'], undefined, ['RECOVERY'], undefined,
  ]);
  expect((await inbox({ reasons: ['FAILED_RUN', 'RECOVERY'] })).nodes.map((item) => item.issue.title).sort()).toEqual(['Failed', 'Stuck']);
});

test('read until something newer happens', async () => {
  const issue = await acme.issue({ title: 'Read' });
  await say(agent, issue.id, 'one');
  expect((await entry(issue.id))?.isUnread).toBe(true);
  await change('markRead', { issueId: issue.id, seenAt: (await entry(issue.id))?.at });
  expect([(await entry(issue.id))?.isUnread, await entry(issue.id, { unread: true })]).toEqual([false, undefined]);
  await new Promise((resolve) => setTimeout(resolve, 2)); // times are whole milliseconds
  await say(agent, issue.id, 'two');
  expect((await entry(issue.id, { unread: true }))?.isUnread).toBe(true);
  await change('markRead', { issueId: issue.id });
  await change('markRead', { issueId: issue.id, read: false });
  expect((await entry(issue.id))?.isUnread).toBe(true);
});

test('put away until something newer happens, or taken back', async () => {
  const issue = await acme.issue({ title: 'Put away' });
  await say(agent, issue.id, 'one');
  await change('archiveFromInbox', { issueId: issue.id, seenAt: (await entry(issue.id))?.at });
  expect([await entry(issue.id), await entry(issue.id, { archived: true })]).toEqual([undefined, expect.objectContaining({ isArchived: true, isUnread: false })]);
  await new Promise((resolve) => setTimeout(resolve, 2));
  await say(agent, issue.id, 'two');
  expect(await entry(issue.id)).toMatchObject({ isArchived: false, isUnread: true });
  await change('archiveFromInbox', { issueId: issue.id });
  await change('archiveFromInbox', { issueId: issue.id, archived: false });
  expect(await entry(issue.id)).toMatchObject({ isArchived: false, isUnread: false });
});

test('what one has not seen yet is not put away with what one has', async () => {
  const issue = await acme.issue({ title: 'Overtaken' });
  await say(agent, issue.id, 'one');
  const seenAt = (await entry(issue.id))?.at;
  await new Promise((resolve) => setTimeout(resolve, 2));
  await say(agent, issue.id, 'two, while one was reading');
  await change('archiveFromInbox', { issueId: issue.id, seenAt });
  expect(await entry(issue.id)).toMatchObject({ isArchived: false, isUnread: true });
});

test('the same again records nothing', async () => {
  const issue = await acme.issue();
  const back = setClock(() => new Date('2026-06-01T12:00:00Z'));
  try {
    for (let n = 0; n < 3; n += 1) await change('markRead', { issueId: issue.id });
  } finally {
    back();
  }
  expect(await boardroom.db.prisma.activity.count({ where: { entityType: 'inbox', entityId: issue.id } })).toBe(1);
});

test('pages, newest event first, in as many statements whatever they hold', async () => {
  const zebra = await smallCompany(boardroom, 'Zebra');
  for (let n = 0; n < 7; n += 1) await say(() => keyOf(zebra.engineer), (await zebra.issue({ title: `z${n}` })).id, 'said');
  const seen: string[] = [];
  for (let after: string | null = null; ; ) {
    const page: Inbox = await inbox({}, { first: 3, after }, zebra.id);
    seen.push(...page.nodes.map((item) => item.issue.title));
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(seen).toHaveLength(7);
  expect([...seen].sort()).toEqual(['z0', 'z1', 'z2', 'z3', 'z4', 'z5', 'z6']);
  expect(seen[0]).toBe('z6');
  const [few, many] = [await boardroom.statements(() => inbox({}, { first: 1 }, zebra.id)), await boardroom.statements(() => inbox({}, { first: 50 }, zebra.id))];
  expect(new Set(many)).toEqual(new Set(few));
});

test('agents have none', async () => {
  expect(await boardroom.ask(agent(), QUERY, { companyId: acme.id })).toEqual({ inbox: null });
  const issue = await acme.issue();
  expect(await boardroom.refusal(agent(), 'mutation ($id: ID!) { markRead(input: { issueId: $id }) { readAt } }', { id: issue.id })).toMatchObject({ code: 'FORBIDDEN' });
});

test('an approval that waits for the board is an entry of its own: read, put away, and back with a new version or an agent’s word', async () => {
  const other = await smallCompany(boardroom, 'Approvals');
  let aheadMs = 0;
  const restore = setClock(() => new Date(Date.now() + aheadMs));
  const asEngineer = keyOf(other.engineer);
  const ask = 'mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { id } }';
  const issue = await other.issue();
  const { requestApproval: { id: approvalId } } = await boardroom.ask(asEngineer, ask, { input: { type: 'BOARD_REQUEST', title: 'A lamp', issueIds: [issue.id] } });
  const shown = async (filter: object = {}) =>
    (await boardroom.ask(BOARD, `query ($id: ID!, $filter: InboxFilter) { inbox(companyId: $id, filter: $filter) { nodes { at isUnread isArchived issue { id } approval { id title } events { reason approval { id } interaction { id } } } } }`, { id: other.id, filter })).inbox.nodes;
  const [first, none] = await shown();
  expect(none).toBeUndefined();
  expect(first).toMatchObject({ isUnread: true, issue: null, approval: { id: approvalId, title: 'A lamp' }, events: [{ reason: 'APPROVAL', approval: { id: approvalId }, interaction: null }] });
  expect(await shown({ reasons: ['COMMENT'] })).toEqual([]);
  expect(await shown({ reasons: ['APPROVAL'] })).toHaveLength(1);

  await change('markRead', { approvalId, seenAt: first.at });
  expect([await shown({ unread: true }), (await shown())[0].isUnread]).toEqual([[], false]);
  await change('archiveFromInbox', { approvalId });
  expect([await shown(), (await shown({ archived: true }))[0].approval.id]).toEqual([[], approvalId]);
  aheadMs += 1_000;
  await boardroom.ask(asEngineer, 'mutation ($input: AddApprovalCommentInput!) { addApprovalComment(input: $input) { id } }', { input: { approvalId, body: 'It is dark' } });
  expect(await shown({ unread: true })).toHaveLength(1);
  await change('archiveFromInbox', { approvalId, archived: true });
  await change('archiveFromInbox', { approvalId, archived: false });
  expect(await shown()).toHaveLength(1);

  const revise = (status: string) => boardroom.ask(BOARD, 'mutation ($input: RequestApprovalRevisionInput!) { requestApprovalRevision(input: $input) { __typename } }', { input: { approvalId, note: status } });
  await change('archiveFromInbox', { approvalId });
  await revise('Which?');
  expect(await shown()).toEqual([]);
  aheadMs += 1_000;
  await boardroom.ask(asEngineer, 'mutation ($input: ResubmitApprovalInput!) { resubmitApproval(input: $input) { __typename } }', { input: { approvalId, title: 'A green lamp' } });
  expect((await shown())[0].approval.title).toBe('A green lamp');
  await boardroom.ask(BOARD, 'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { __typename } }', { input: { approvalId, decision: 'APPROVED' } });
  expect([await shown(), await shown({ archived: true })]).toEqual([[], []]);
  restore();
});

test('an entry is an issue or an approval', async () => {
  const issue = await acme.issue();
  const { requestApproval: { id: approvalId } } = await boardroom.ask(agent(), 'mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { id } }', { input: { type: 'BOARD_REQUEST', title: 'x' } });
  const source = 'mutation ($input: MarkReadInput!) { markRead(input: $input) { readAt } }';
  for (const [input, field] of [[{}, 'issueId'], [{ issueId: issue.id, approvalId }, 'approvalId']] as const) expect(await boardroom.refusal(BOARD, source, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field });
  expect(await boardroom.refusal(BOARD, source, { input: { approvalId: newId() } })).toMatchObject({ code: 'NOT_FOUND' });
});
