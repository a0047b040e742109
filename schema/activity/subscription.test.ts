import type { ExecutionResult } from 'graphql';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../../prisma/id.ts';
import { singleClient } from '../../prisma/single-client.ts';
import { write } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { createAgentKey, revokeAgentKey } from '../agent/keys.ts';
import { type Answer, BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, keyOf, tokenOf } from '../testing/runs.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let other: pg.Client;
beforeAll(async () => {
  boardroom = await testBoardroom({ connections: 8 });
  acme = await smallCompany(boardroom);
  other = singleClient(boardroom.url);
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await boardroom.close();
});

const EVENTS = `subscription ($id: ID!, $after: Cursor) { companyEvents(companyId: $id, after: $after) {
  cursor kind entityType entityId details actor { __typename ... on Agent { name } } run { id } issue { id }
  entity { __typename ... on Comment { body } ... on Issue { title } ... on Resync { cursor message } } } }`;
const follow = (companyId: string, after?: string, by: Principal = BOARD) => boardroom.follow(by, EVENTS, { id: companyId, after });
const say = (issueId: string, body: string) => boardroom.ask(keyOf(acme.engineer), 'mutation ($i: ID!, $b: String!) { addComment(input: { issueId: $i, body: $b }) { id } }', { i: issueId, b: body });

/** The next so many events; fails where one is missing for long. */
async function take(stream: AsyncGenerator<ExecutionResult<Answer>>, count: number): Promise<Answer[]> {
  const taken: Answer[] = [];
  while (taken.length < count) {
    const { value, done } = await stream.next();
    if (done) throw new Error(`the stream ended after ${taken.length} of ${count}`);
    if (value.errors) throw value.errors[0]?.originalError ?? value.errors[0];
    taken.push(value.data?.['companyEvents']);
  }
  return taken;
}

/** An activity row of another transaction, which stays open until it is told what to do. */
async function openTransaction(companyId: string): Promise<(end: 'COMMIT' | 'ROLLBACK') => Promise<unknown>> {
  await other.query('BEGIN');
  await other.query("INSERT INTO activity (id, company_id, actor_type, action, entity_type, entity_id) VALUES (gen_random_uuid(), $1, 'SYSTEM', 'test.late', 'company', $1)", [companyId]);
  return (end) => other.query(end);
}

const place = (cursor: string) => cursor.split('.').map(BigInt) as [bigint, bigint];
const isAfter = (a: string, b: string) => { const [[at, as], [bt, bs]] = [place(a), place(b)]; return at > bt || (at === bt && as > bs); };

test('from the beginning, then live, with many writers and one that commits late: each once and in order', async () => {
  const company = await smallCompany(boardroom, 'Busy');
  const issue = await company.issue();
  const stored = await boardroom.db.prisma.activity.count({ where: { companyId: company.id } });
  const stream = await follow(company.id, '0');
  const writers = 5;
  const each = 20;
  const end = await openTransaction(company.id);
  const by = keyOf(company.engineer);
  const comment = (body: string) => boardroom.ask(by, 'mutation ($i: ID!, $b: String!) { addComment(input: { issueId: $i, body: $b }) { id } }', { i: issue.id, b: body });
  const writing = Promise.all(Array.from({ length: writers }, async (_, w) => { for (let i = 0; i < each; i += 1) await comment(`${w} ${i}`); })).then(() => end('COMMIT'));
  const events = await take(stream, stored + writers * each + 1);
  await writing;
  await stream.return(undefined);
  const cursors = events.map((event) => event['cursor'] as string);
  expect(cursors.every((cursor, i) => i === 0 || isAfter(cursor, cursors[i - 1] as string))).toBe(true);
  const bodies = events.flatMap((event) => (event['entity']?.__typename === 'Comment' ? [event['entity'].body] : []));
  expect([...bodies].sort()).toEqual(Array.from({ length: writers }, (_, w) => Array.from({ length: each }, (__, i) => `${w} ${i}`)).flat().sort());
  expect(events.filter((event) => event['kind'] === 'test.late')).toHaveLength(1);
  const all = await boardroom.db.prisma.activity.findMany({ where: { companyId: company.id }, orderBy: [{ txid: 'asc' }, { seq: 'asc' }] });
  expect(cursors).toEqual(all.map((row) => `${row.txid}.${row.seq}`));
});

test('who comes back with a cursor goes on where it left, without a gap', async () => {
  const issue = await acme.issue();
  const first = await follow(acme.id);
  for (let i = 0; i < 5; i += 1) await say(issue.id, `${i}`);
  const seen = await take(first, 2);
  await first.return(undefined);
  await say(issue.id, '5');
  const second = await follow(acme.id, seen[1]?.['cursor']);
  expect((await take(second, 4)).map((event) => event['entity'].body)).toEqual(['2', '3', '4', '5']);
  await second.return(undefined);
});

test('without a cursor it starts when it is asked for, and not when it is first read', async () => {
  const issue = await acme.issue();
  const stream = await follow(acme.id);
  await say(issue.id, 'between');
  expect(await take(stream, 1)).toMatchObject([{ kind: 'comment.added', entity: { body: 'between' } }]);
  await stream.return(undefined);
});

test.each(['COMMIT', 'ROLLBACK'] as const)('what a transaction elsewhere held back comes soon after its %s, though that pokes nobody', async (how) => {
  const elsewhere = await smallCompany(boardroom, 'Elsewhere');
  const issue = await acme.issue();
  const stream = await follow(acme.id);
  const end = await openTransaction(elsewhere.id);
  await say(issue.id, 'waits');
  const next = take(stream, 1);
  let came = false;
  void next.then(() => { came = true; });
  const looks = () => boardroom.heard.filter((text) => text.includes('FROM activity v')).length;
  const before = looks();
  await vi.waitFor(() => expect(looks()).toBeGreaterThan(before + 4), 60_000);
  expect(came).toBe(false);
  const ended = Date.now();
  await end(how);
  expect(await next).toMatchObject([{ entity: { body: 'waits' } }]);
  expect(Date.now() - ended).toBeLessThan(8_000); // and not with the look that everybody has every ten seconds
  await stream.return(undefined);
});

test('an event tells who did what, where, and what it is now', async () => {
  const issue = await acme.issue({ title: 'Before' });
  const run = await insertRun(boardroom.db, acme.engineer);
  const stream = await follow(acme.id);
  await boardroom.ask(tokenOf(run), `mutation { updateIssue(input: { issueId: "${issue.id}", title: "Now" }) { __typename } }`);
  expect(await take(stream, 1)).toEqual([{
    cursor: expect.stringMatching(/^\d+\.\d+$/), kind: 'issue.updated', entityType: 'issue', entityId: issue.id, details: { changed: ['title'] },
    actor: { __typename: 'Agent', name: 'Acme engineer' }, run: { id: run.id }, issue: { id: issue.id }, entity: { __typename: 'Issue', title: 'Now' },
  }]);
  await stream.return(undefined);
});

test('a reader too far behind is told to query anew, and goes on from now', async () => {
  const company = await smallCompany(boardroom, 'Long');
  await other.query(`INSERT INTO activity (id, company_id, actor_type, action, entity_type, entity_id) SELECT gen_random_uuid(), $1, 'SYSTEM', 'test.old', 'company', $1 FROM generate_series(1, 5000)`, [company.id]);
  const stream = await follow(company.id, '0');
  const [resync] = await take(stream, 1);
  expect(resync).toMatchObject({ kind: 'resync', entityType: 'resync', actor: { __typename: 'System' }, entity: { __typename: 'Resync', message: expect.any(String) } });
  expect(resync?.['entity'].cursor).toBe(resync?.['cursor']);
  await boardroom.ask(BOARD, `mutation { createLabel(input: { companyId: "${company.id}", name: "new" }) { id } }`);
  expect(await take(stream, 1)).toMatchObject([{ kind: 'label.created' }]);
  await stream.return(undefined);
  const again = await follow(company.id, resync?.['cursor']);
  expect(await take(again, 1)).toMatchObject([{ kind: 'label.created' }]);
  await again.return(undefined);
});

test('events of other companies do not come', async () => {
  const elsewhere = await smallCompany(boardroom, 'Apart');
  const issue = await acme.issue();
  const stream = await follow(acme.id);
  await elsewhere.issue();
  await say(issue.id, 'mine');
  expect(await take(stream, 1)).toMatchObject([{ entity: { body: 'mine' } }]);
  await stream.return(undefined);
});

test('a company that nobody has is not found', async () => {
  for (const id of [newId(), 'x', '']) await expect(follow(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('an agent hears no more once its run is over', async () => {
  const issue = await acme.issue();
  const run = await insertRun(boardroom.db, acme.engineer);
  const stream = await follow(acme.id, undefined, tokenOf(run));
  await say(issue.id, 'during');
  expect(await take(stream, 1)).toMatchObject([{ entity: { body: 'during' } }]);
  await boardroom.db.prisma.run.update({ where: { id: run.id }, data: { status: 'SUCCEEDED' } });
  await say(issue.id, 'after');
  await expect(take(stream, 1)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect((await stream.next()).done).toBe(true);
});

test('nor with a key that was revoked', async () => {
  const issue = await acme.issue();
  const { agentKey } = await write(boardroom.db, (tx) => createAgentKey(tx, BOARD, { agentId: acme.ceo.id, name: 'k' }));
  const stream = await follow(acme.id, undefined, { kind: 'agentKey', agentId: acme.ceo.id, companyId: acme.id, keyId: agentKey.id });
  await say(issue.id, 'during');
  expect(await take(stream, 1)).toMatchObject([{ entity: { body: 'during' } }]);
  await write(boardroom.db, (tx) => revokeAgentKey(tx, BOARD, { agentKeyId: agentKey.id }));
  await expect(take(stream, 1)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
