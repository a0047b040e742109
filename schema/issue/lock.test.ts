import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { insertRun, tokenOf } from '../testing/runs.ts';
import { singleClient } from '../../prisma/single-client.ts';

/* A lock never outlives its run: the database itself sees to it, whoever ends the run and however. */
let boardroom: TestBoardroom;
let acme: SmallCompany;
let admin: pg.Client;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
  admin = singleClient(boardroom.url);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await boardroom.close();
});

async function held() {
  const issue = await acme.issue();
  const run = await insertRun(boardroom.db, await acme.agent());
  await boardroom.ask(tokenOf(run), `mutation { checkoutIssue(input: { issueId: "${issue.id}" }) { __typename } }`);
  expect(await holderOf(issue.id)).toBe(run.id);
  return { issue, run };
}

async function holderOf(issueId: string): Promise<string | null> {
  const { rows } = await admin.query<{ holder: string | null; status: string | null }>('SELECT holder_run_id AS holder, holder_status AS status FROM issue WHERE id = $1', [issueId]);
  expect(rows[0]?.holder === null).toBe(rows[0]?.status === null);
  return rows[0]?.holder ?? null;
}

const statuses = ['QUEUED', 'SCHEDULED_RETRY', 'SUCCEEDED', 'INTERRUPTED', 'FAILED', 'CANCELLED', 'TIMED_OUT'];
const levels = ['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'];

test.each(statuses.flatMap((status) => levels.map((level) => [status, level] as const)))('a run made %s by hand, %s, frees its issue', async (status, level) => {
  const { issue, run } = await held();
  await admin.query(`BEGIN ISOLATION LEVEL ${level}`);
  await admin.query('UPDATE run SET status = $2 WHERE id = $1', [run.id, status]);
  await admin.query('COMMIT');
  expect(await holderOf(issue.id)).toBeNull();
  const { issue: seen } = await boardroom.ask(BOARD, `{ issue(ref: "${issue.id}") { status holder { id } assignee { name } } }`);
  expect(seen).toEqual({ status: 'IN_PROGRESS', holder: null, assignee: { name: 'Acme agent' } });
});

test('all issues of a run are freed at once', async () => {
  const { issue, run } = await held();
  const others = [await acme.issue(), await acme.issue()];
  for (const other of others) await boardroom.ask(tokenOf(run), `mutation { checkoutIssue(input: { issueId: "${other.id}" }) { __typename } }`);
  await admin.query("UPDATE run SET status = 'FAILED' WHERE id = $1", [run.id]);
  expect(await Promise.all([issue, ...others].map(({ id }) => holderOf(id)))).toEqual([null, null, null]);
});

test('a run that is deleted frees its issue', async () => {
  const { issue, run } = await held();
  await admin.query('DELETE FROM run WHERE id = $1', [run.id]);
  expect(await holderOf(issue.id)).toBeNull();
});

test('what changes in a running run leaves its lock alone', async () => {
  const { issue, run } = await held();
  await admin.query("UPDATE run SET lease_expires_at = now(), summary = 'x', cancel_requested_at = now() WHERE id = $1", [run.id]);
  expect(await holderOf(issue.id)).toBe(run.id);
});

test.each(statuses)('no issue can be held by a run that is %s', async (status) => {
  const issue = await acme.issue();
  const agent = await acme.agent(); // a queued run of its own
  const run = await insertRun(boardroom.db, agent, { status: status as never });
  const hold = (as: string | null) => admin.query('UPDATE issue SET holder_run_id = $2, holder_status = $3 WHERE id = $1', [issue.id, run.id, as]);
  await expect(hold('RUNNING')).rejects.toThrow(/issue_holder_run_id_holder_status_fkey/);
  await expect(hold(status)).rejects.toThrow(/issue_holder_running/);
  await expect(hold(null)).rejects.toThrow(/issue_holder_whole/);
  expect(await holderOf(issue.id)).toBeNull();
});

test.each([
  ['two assignees', "UPDATE issue SET assignee_id = $2, assignee_user_id = '00000000-0000-7000-8000-000000000001' WHERE id = $1", /issue_one_assignee/],
  ['work in progress of nobody', "UPDATE issue SET status = 'IN_PROGRESS' WHERE id = $1 AND $2::uuid IS NOT NULL", /issue_progress_assigned/],
  ['its own parent', 'UPDATE issue SET parent_id = id WHERE id = $1 AND $2::uuid IS NOT NULL', /issue_not_own_parent/],
])('the database refuses %s', async (_what, sql, constraint) => {
  const issue = await acme.issue();
  await expect(admin.query(sql, [issue.id, acme.engineer.id])).rejects.toThrow(constraint);
});
