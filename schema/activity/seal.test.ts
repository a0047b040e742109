import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setClock } from '../../prisma/clock.ts';
import { openDatabase } from '../../prisma/client.ts';
import type { Activity } from '../../prisma/generated/client.ts';
import { singleClient } from '../../prisma/single-client.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { keyOf } from '../testing/runs.ts';
import { breachOf, hashOf, isUpTo, lineOf, marksOf, type Seal } from './chain.ts';
import { SEGMENT_ROWS, sealActivity } from './commands/seal-activity.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
let other: pg.Client;
const restore: (() => void)[] = [];
beforeAll(async () => {
  boardroom = await testBoardroom();
  other = singleClient(boardroom.url);
  await other.connect();
  // Rows are at least two minutes old for the job, whenever they were written.
  restore.push(setClock(() => new Date(Date.now() + 120_000)));
});
afterAll(async () => {
  for (const back of restore) back();
  await other.end();
  await boardroom.close();
});
let named = 0;
beforeEach(async () => { acme = await smallCompany(boardroom, `Acme${(named += 1)}`); });

const prisma = () => boardroom.db.prisma;
const seals = (companyId = acme.id) => prisma().activitySeal.findMany({ where: { companyId }, orderBy: { number: 'asc' } });
const rows = (companyId = acme.id) => prisma().activity.findMany({ where: { companyId }, orderBy: [{ txid: 'asc' }, { seq: 'asc' }] });
const fill = (count: number, companyId = acme.id, client: pg.Client = other) => client.query(
  `INSERT INTO activity (id, company_id, actor_type, action, entity_type, entity_id, details) SELECT gen_random_uuid(), $1, 'SYSTEM', 'test.filled', 'company', $1, jsonb_build_object('n', n) FROM generate_series(1, $2::int) n`, [companyId, count]);

const SEALS = `query ($id: ID!, $after: Cursor) { node(id: $id) { ... on Company {
  activityHead { number hash } activitySeals(first: 2, after: $after) { nodes { number cursor rowCount rowMarks previousHash hash sealedAt } pageInfo { hasNextPage endCursor } } } } }`;

/** The chain as the API tells it, against the rows as they are in the database: the first breach, or null. */
async function breach(companyId = acme.id) {
  const lines = (await rows(companyId)).map(lineOf);
  let before: Seal | null = null;
  for (let after: string | null = null; ;) {
    const { node } = await boardroom.ask(BOARD, SEALS, { id: companyId, after });
    for (const seal of node.activitySeals.nodes as Seal[]) {
      const here = lines.splice(0, lines.findLastIndex((line) => isUpTo((JSON.parse(line) as { cursor: string }).cursor, seal.cursor)) + 1);
      const found = breachOf(seal, before, here);
      if (found) return found;
      before = seal;
    }
    if (!node.activitySeals.pageInfo.hasNextPage) return null;
    after = node.activitySeals.pageInfo.endCursor as string;
  }
}

describe('sealing', () => {
  test('closes segments of a thousand rows, and the rest once it is a minute old', async () => {
    await fill(2 * SEGMENT_ROWS);
    await sealActivity(boardroom.db);
    const all = await rows();
    const made = await seals();
    expect(made.map((seal) => [seal.number, seal.rowCount])).toEqual([[1, SEGMENT_ROWS], [2, SEGMENT_ROWS], [3, all.length - 2 * SEGMENT_ROWS]]);
    expect(Buffer.from(made[0]?.previousHash ?? []).toString('hex')).toBe('0'.repeat(64));
    expect(made[1]?.previousHash).toEqual(made[0]?.hash);
    expect(Buffer.from(made[2]?.hash ?? [])).toEqual(hashOf(made[1]?.hash as Uint8Array, all.slice(2 * SEGMENT_ROWS).map(lineOf)));
    expect([made[2]?.lastTxid, made[2]?.lastSeq]).toEqual([all.at(-1)?.txid, all.at(-1)?.seq]);
    expect(await breach()).toBeNull();
    expect((await boardroom.ask(BOARD, SEALS, { id: acme.id }))['node'].activityHead).toEqual({ number: 3, hash: Buffer.from(made[2]?.hash ?? []).toString('hex') });
  });

  test('leaves what is new for later, and a full segment not', async () => {
    const back = setClock(() => new Date());
    try {
      await fill(10);
      await sealActivity(boardroom.db);
      expect(await seals()).toEqual([]);
      await fill(SEGMENT_ROWS);
      await sealActivity(boardroom.db);
      expect((await seals()).map((seal) => seal.rowCount)).toEqual([SEGMENT_ROWS]);
    } finally {
      back();
    }
  });

  test('does nothing where nothing is new, and a company without rows has no head', async () => {
    await sealActivity(boardroom.db);
    const before = await seals();
    expect(before).toHaveLength(1);
    expect(await sealActivity(boardroom.db)).toEqual({ sealed: 0, more: false });
    expect(await seals()).toEqual(before);
    await prisma().activity.deleteMany({ where: { companyId: acme.id } });
    await prisma().activitySeal.deleteMany({ where: { companyId: acme.id } });
    expect((await boardroom.ask(BOARD, SEALS, { id: acme.id }))['node']).toEqual({ activityHead: null, activitySeals: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } });
  });

  test('waits for an older transaction that is still open: its rows come first, whenever they are committed', async () => {
    await sealActivity(boardroom.db);
    const late = singleClient(boardroom.url);
    await late.connect();
    await late.query('BEGIN');
    await fill(1, acme.id, late);
    await acme.issue({ title: 'after it' });
    await sealActivity(boardroom.db);
    expect(await seals()).toHaveLength(1);
    await late.query('COMMIT');
    await late.end();
    await sealActivity(boardroom.db);
    const [, second] = await seals();
    expect(second?.rowCount).toBe(2);
    expect((await rows()).slice(-2).map((row) => row.action)).toEqual(['test.filled', 'issue.created']);
    expect(await breach()).toBeNull();
  });

  test('one turn does a bounded part, the next goes on', async () => {
    await sealActivity(boardroom.db);
    await fill(3 * SEGMENT_ROWS);
    expect(await sealActivity(boardroom.db, 2)).toEqual({ sealed: 2, more: true });
    expect(await sealActivity(boardroom.db, 2)).toEqual({ sealed: 1, more: false });
    expect(await breach()).toBeNull();
  });

  test('several workers at once, while rows are written, make one chain', async () => {
    const workers = Array.from({ length: 3 }, () => openDatabase({ url: boardroom.url, connections: 2 }));
    try {
      let writing = true;
      const written = (async () => {
        for (let n = 0; n < 12; n += 1) await fill(400);
        writing = false;
      })();
      await Promise.all(workers.map(async (db) => { while (writing) await sealActivity(db); }));
      await written;
      await sealActivity(boardroom.db);
    } finally {
      await Promise.all(workers.map((db) => db.close()));
    }
    const made = await seals();
    expect(made.map((seal) => seal.number)).toEqual(made.map((_seal, i) => i + 1));
    expect(made.reduce((sum, seal) => sum + seal.rowCount, 0)).toBe((await rows()).length);
    expect(await breach()).toBeNull();
  });

  test('a worker that dies before its seal is written leaves nothing behind', async () => {
    await other.query(`CREATE FUNCTION fail_seal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is gone'; END $$`);
    await other.query('CREATE TRIGGER fail_seal BEFORE INSERT ON activity_seal FOR EACH ROW EXECUTE FUNCTION fail_seal()');
    try {
      await expect(sealActivity(boardroom.db)).rejects.toThrow('the disk is gone');
      expect(await seals()).toEqual([]);
    } finally {
      await other.query('DROP TRIGGER fail_seal ON activity_seal; DROP FUNCTION fail_seal()');
    }
    await sealActivity(boardroom.db);
    expect(await breach()).toBeNull();
  });

  test('costs four statements a segment at most, however many companies have nothing new', async () => {
    await sealActivity(boardroom.db);
    await fill(1);
    expect((await boardroom.statements(() => sealActivity(boardroom.db))).length).toBeLessThanOrEqual(4);
    expect(await boardroom.statements(() => sealActivity(boardroom.db))).toHaveLength(1);
  });

  test('agents see the seals of their company, and of no other', async () => {
    await sealActivity(boardroom.db);
    expect((await boardroom.ask(keyOf(acme.engineer), SEALS, { id: acme.id }))['node'].activityHead).toMatchObject({ number: 1 });
    const elsewhere = await smallCompany(boardroom, `Else${named}`);
    expect((await boardroom.ask(keyOf(elsewhere.engineer), SEALS, { id: acme.id }))['node']).toBeNull();
  });
});

describe('tampering shows', () => {
  let sealed: Activity[];
  beforeEach(async () => {
    await fill(SEGMENT_ROWS);
    await sealActivity(boardroom.db);
    await fill(5);
    await sealActivity(boardroom.db);
    sealed = await rows();
    expect(await breach()).toBeNull();
  });
  const target = () => sealed[500] as Activity;

  test('a row that was changed is named', async () => {
    await other.query(`UPDATE activity SET details = '{"n": 0}' WHERE id = $1`, [target().id]);
    expect(await breach()).toMatchObject({ segment: 1, kind: 'CHANGED', line: lineOf({ ...target(), details: { n: 0 } }) });
  });

  test.each(['company_id', 'actor_type', 'actor_id', 'run_id', 'action', 'entity_type', 'entity_id', 'issue_id', 'agent_id', 'created_at', 'id'])('also by its %s alone', async (column) => {
    const values: Record<string, string> = { actor_type: `'USER'`, action: `'x.y'`, entity_type: `'x'`, created_at: `created_at - interval '1 ms'` };
    await other.query(`UPDATE activity SET ${column} = ${values[column] ?? 'gen_random_uuid()'} WHERE id = $1`, [target().id]);
    expect(await breach()).toMatchObject({ segment: 1, kind: column === 'company_id' ? 'MISSING' : 'CHANGED', after: `${sealed[499]?.txid}.${sealed[499]?.seq}` });
  });

  test.each([['the last of a segment', SEGMENT_ROWS - 1, 1], ['the first of the next', SEGMENT_ROWS, 2], ['the first of all', 0, 1]] as const)('also where it is %s', async (_where, at, segment) => {
    const row = sealed[at] as Activity;
    await other.query(`UPDATE activity SET details = '{"n": -1}' WHERE id = $1`, [row.id]);
    expect(await breach()).toMatchObject({ segment, kind: 'CHANGED', line: expect.stringContaining(row.id) });
    await other.query('DELETE FROM activity WHERE id = $1', [row.id]);
    expect(await breach()).toMatchObject({ segment, kind: 'MISSING' });
  });

  test('what was changed behind the last seal is not told, and is what is sealed next', async () => {
    await fill(3);
    const [, , last] = (await rows()).slice(-3);
    await other.query(`UPDATE activity SET details = '{"n": -1}' WHERE id = $1`, [last?.id]);
    expect(await breach()).toBeNull();
    await sealActivity(boardroom.db);
    expect(await breach()).toBeNull();
    await other.query(`UPDATE activity SET details = '{"n": 3}' WHERE id = $1`, [last?.id]);
    expect(await breach()).toMatchObject({ segment: 4, kind: 'CHANGED', line: expect.stringContaining(last?.id as string) });
  });

  test('a row that was deleted is missed', async () => {
    await other.query('DELETE FROM activity WHERE id = $1', [target().id]);
    expect(await breach()).toMatchObject({ segment: 1, kind: 'MISSING', line: null, after: `${sealed[499]?.txid}.${sealed[499]?.seq}` });
  });

  test('a row that was put in is named', async () => {
    const { txid } = target();
    await other.query(`INSERT INTO activity (id, txid, seq, company_id, actor_type, action, entity_type, entity_id)
      VALUES (gen_random_uuid(), $1, -5, $2, 'USER', 'issue.forged', 'company', $2)`, [txid, acme.id]);
    expect(await breach()).toMatchObject({ segment: 1, kind: 'ADDED', line: expect.stringContaining('issue.forged') });
  });

  test('rows that changed places are named', async () => {
    const next = sealed[501] as Activity;
    await other.query('UPDATE activity SET seq = CASE seq WHEN $1 THEN $2::bigint ELSE $1::bigint END WHERE id = ANY($3)', [target().seq, next.seq, [target().id, next.id]]);
    expect(await breach()).toMatchObject({ segment: 1, kind: 'CHANGED', line: expect.stringContaining(next.id) });
  });

  test('the last row, cut off with nobody after it', async () => {
    await other.query('DELETE FROM activity WHERE id = $1', [sealed.at(-1)?.id]);
    expect(await breach()).toMatchObject({ segment: 3, kind: 'MISSING' });
  });

  test('a seal that was forged to fit does not fit the next', async () => {
    await other.query(`UPDATE activity SET details = '{"n": 0}' WHERE id = $1`, [target().id]);
    const lines = (await rows()).slice(0, SEGMENT_ROWS).map(lineOf);
    await other.query('UPDATE activity_seal SET hash = $1, row_marks = $2 WHERE company_id = $3 AND number = 1', [hashOf(new Uint8Array(32), lines), marksOf(lines), acme.id]);
    expect(await breach()).toMatchObject({ segment: 2, kind: 'LINK' });
  });

  test('a seal with another hash, with another end, and one that is gone', async () => {
    await other.query('UPDATE activity_seal SET number = 7 WHERE company_id = $1 AND number = 3', [acme.id]);
    expect(await breach()).toMatchObject({ segment: 7, kind: 'LINK' });
    await other.query(`UPDATE activity_seal SET hash = sha256('x') WHERE company_id = $1 AND number = 2`, [acme.id]);
    expect(await breach()).toMatchObject({ segment: 2, kind: 'SEAL' });
    await other.query('DELETE FROM activity_seal WHERE company_id = $1 AND number = 1', [acme.id]);
    expect(await breach()).toMatchObject({ kind: 'LINK' });
  });

  test('rewritten from some row on, with all seals after it: only the head that was kept elsewhere tells', async () => {
    const kept = (await boardroom.ask(BOARD, SEALS, { id: acme.id }))['node'].activityHead.hash as string;
    await other.query(`UPDATE activity SET details = '{"n": 0}' WHERE id = $1`, [target().id]);
    await other.query('DELETE FROM activity_seal WHERE company_id = $1', [acme.id]);
    await sealActivity(boardroom.db);
    expect(await breach()).toBeNull();
    expect((await seals()).map((seal) => Buffer.from(seal.hash).toString('hex'))).not.toContain(kept);
  });
});
