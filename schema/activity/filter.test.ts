import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { LOCAL_BOARD_USER } from '../access/principal.ts';
import { type Answer, BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let issueId: string;
let runId: string;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  await smallCompany(boardroom, 'Other');
  const run = await insertRun(boardroom.db, acme.engineer);
  runId = run.id;
  ({ id: issueId } = await acme.issue({ title: 'First' }));
  await boardroom.ask(tokenOf(run), 'mutation ($i: ID!) { addComment(input: { issueId: $i, body: "by a run" }) { id } }', { i: issueId });
  await boardroom.ask(keyOf(acme.writer), 'mutation ($i: ID!) { updateIssue(input: { issueId: $i, priority: HIGH }) { __typename } }', { i: issueId });
  const row = (action: string, createdAt: Date) => ({ id: newId(), companyId: acme.id, actorType: 'SYSTEM' as const, action, entityType: 'run', entityId: runId, createdAt });
  await boardroom.db.prisma.activity.createMany({ data: [row('run.started', new Date('2020-01-01T10:00:00Z')), row('run.finished', new Date('2020-01-01T11:00:00Z')), row('runner.odd', new Date('2020-01-01T12:00:00Z'))] });
});
afterAll(() => boardroom.close());

const LIST = 'query ($id: String!, $filter: ActivityFilter, $first: Int, $after: Cursor) { company(ref: $id) { activity(filter: $filter, first: $first, after: $after) { nodes { action } pageInfo { hasNextPage endCursor } } } }';
const found = async (filter: object): Promise<string[]> =>
  (await boardroom.ask(BOARD, LIST, { id: acme.id, filter }))['company'].activity.nodes.map(({ action }: { action: string }) => action);

const hired = ['agent.created', 'agent.created', 'agent.created'];
const old = ['runner.odd', 'run.finished', 'run.started'];
test.each<[string, () => object, string[]]>([
  ['an action', () => ({ actions: ['issue.created'] }), ['issue.created']],
  ['several', () => ({ actions: ['issue.created', 'comment.added', 'no.such'] }), ['comment.added', 'issue.created']],
  ['all of one thing, and not of one whose name begins alike', () => ({ actions: ['run.*'] }), ['run.finished', 'run.started']],
  ['both ways', () => ({ actions: ['issue.*', 'company.created'] }), ['issue.updated', 'issue.created', 'company.created']],
  ['none', () => ({ actions: [] }), []],
  ['what agents did', () => ({ actorType: 'AGENT' }), ['issue.updated', 'comment.added']],
  ['what Boardroom did', () => ({ actorType: 'SYSTEM' }), old],
  ['what one agent did', () => ({ actorId: acme.writer.id }), ['issue.updated']],
  ['what one person did', () => ({ actorId: LOCAL_BOARD_USER }), ['issue.created', ...hired, 'company.created']],
  ['what concerns an agent', () => ({ agentId: acme.writer.id }), ['agent.created']],
  ['a run', () => ({ runId }), ['comment.added']],
  ['an issue', () => ({ issueId }), ['issue.updated', 'comment.added', 'issue.created']],
  ['a thing', () => ({ entityType: 'issue', entityId: issueId }), ['issue.updated', 'issue.created']],
  ['a kind of thing', () => ({ entityType: 'run' }), old],
  ['until a time, which is not in it', () => ({ until: '2020-01-01T11:00:00Z' }), ['run.started']],
  ['since a time, which is', () => ({ since: '2020-01-01T11:00:00Z', until: '2021-01-01T00:00:00Z' }), ['runner.odd', 'run.finished']],
  ['all of it at once', () => ({ actions: ['issue.*'], actorType: 'AGENT', actorId: acme.writer.id, issueId, since: '2020-01-01T11:00:00Z' }), ['issue.updated']],
  ['what contradicts itself', () => ({ actorType: 'USER', actorId: acme.writer.id }), []],
])('%s', async (_name, filter, actions) => expect(await found(filter())).toEqual(actions));

test('pages of a filtered list have every row once', async () => {
  const seen: string[] = [];
  for (let after: string | null = null; ;) {
    const { company }: Answer = await boardroom.ask(BOARD, LIST, { id: acme.id, filter: { actions: ['agent.*', 'run.*'] }, first: 2, after });
    seen.push(...company.activity.nodes.map(({ action }: { action: string }) => action));
    if (!company.activity.pageInfo.hasNextPage) break;
    after = company.activity.pageInfo.endCursor;
  }
  expect(seen.sort()).toEqual([...hired, 'run.finished', 'run.started']);
});

test.each([[['*']], [['issue*']], [['issue.*.x']], [['i%.*']], [Array.from({ length: 101 }, () => 'issue.created')]])('%j is no filter by action', async (actions) => {
  expect(await boardroom.refusal(BOARD, LIST, { id: acme.id, filter: { actions } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'actions' });
});

test('what is rare is found by an index: the log is not read for it', async () => {
  await boardroom.db.prisma.$executeRaw`
    INSERT INTO activity (id, company_id, actor_type, action, entity_type, entity_id)
    SELECT gen_random_uuid(), ${acme.id}::uuid, 'SYSTEM', 'run.started', 'run', ${runId}::uuid FROM generate_series(1, 20000)`;
  await boardroom.db.prisma.$executeRaw`ANALYZE activity`;
  const plan = async (condition: string) =>
    (await boardroom.db.prisma.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(`EXPLAIN SELECT * FROM activity v WHERE v.company_id = '${acme.id}' AND ${condition} ORDER BY v.txid DESC, v.seq DESC LIMIT 26`)).map((line) => line['QUERY PLAN']).join('\n');
  expect(await plan(`(v.action = ANY(ARRAY['agent.terminated', 'agent.paused']))`)).toContain('activity_company_id_action_txid_seq_idx');
  expect(await plan(`(v.action = ANY(ARRAY[]::text[]) OR (v.action >= 'budget.' AND v.action < 'budget/'))`)).toContain('activity_company_id_action_txid_seq_idx');
});
