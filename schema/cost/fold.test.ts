import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../prisma/id.ts';
import type { CostEvent } from '../../prisma/generated/client.ts';
import { sql } from '../../prisma/sql.ts';
import { write } from '../../prisma/transaction.ts';
import { SYSTEM } from '../access/principal.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { checkCosts, repairCosts } from './check.ts';
import { reportCost } from './commands.ts';
import { foldCosts, foldSome } from './fold.ts';
import { usedSince } from './sums.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());
beforeEach(async () => {
  for (const table of ['cost_event', 'cost_unfolded', 'cost_rollup']) await boardroom.db.prisma.$executeRawUnsafe(`DELETE FROM ${table}`);
});

const { floor } = Math;
/** A source of chance that says the same each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return floor((state / 2 ** 32) * below);
  };
}
const START = Date.parse('2026-01-30T20:00:00.000Z');

async function insert(count: number, dice: (below: number) => number): Promise<CostEvent[]> {
  const events = Array.from({ length: count }, () => ({
    id: newId(), companyId: acme.id, agentId: [acme.ceo.id, acme.engineer.id][dice(2)] as string, issueId: null, projectId: null, goalId: null, runId: null,
    billingCode: [null, 'A', 'B'][dice(3)] as string | null, provider: ['p', 'q'][dice(2)] as string, biller: 'b', billingType: 'UNKNOWN' as const, model: ['m', 'n'][dice(2)] as string,
    inputTokens: BigInt(dice(100)), cachedInputTokens: BigInt(dice(100)), outputTokens: BigInt(dice(100)),
    ...(dice(4) === 0 ? { costMicros: null, costStatus: 'UNPRICED' as const } : { costMicros: BigInt(dice(1_000)), costStatus: 'REPORTED' as const }),
    imputedMicros: dice(4) === 0 ? null : BigInt(dice(1_000)),
    occurredAt: new Date(START + dice(5 * 86_400) * 1_000), createdAt: new Date(START),
  }));
  await boardroom.db.prisma.$transaction([
    boardroom.db.prisma.costEvent.createMany({ data: events }),
    boardroom.db.prisma.costUnfolded.createMany({ data: events.map(({ id, companyId, occurredAt }) => ({ eventId: id, companyId, occurredAt })) }),
  ]);
  return events;
}

const used = (dimension: Parameters<typeof usedSince>[2], keys: string[], since: Date | null) => write(boardroom.db, (tx) => usedSince(tx, acme.id, dimension, keys, since));
const waiting = () => boardroom.db.prisma.costUnfolded.count();

function addUp(events: CostEvent[]) {
  const sum = (pick: (event: CostEvent) => bigint | null) => events.reduce((total, event) => total + (pick(event) ?? 0n), 0n);
  return { costMicros: sum((e) => e.costMicros), imputedMicros: sum((e) => e.imputedMicros), tokens: sum((e) => e.inputTokens + e.cachedInputTokens + e.outputTokens) };
}

describe('sums', () => {
  test('are those of the events, whatever part of them is folded, of any span that begins anywhere', async () => {
    const dice = chance(7);
    const events: CostEvent[] = [];
    for (let round = 0; round < 6; round += 1) {
      events.push(...(await insert(60, dice)));
      for (const since of [null, new Date(START + 86_400_000), ...Array.from({ length: 12 }, () => new Date(START + dice(5 * 86_400) * 1_000 + dice(1_000)))]) {
        const those = events.filter((event) => since === null || event.occurredAt >= since);
        expect(await used('COMPANY', [acme.id], since)).toEqual(addUp(those));
        expect(await used('AGENT', [acme.ceo.id], since)).toEqual(addUp(those.filter((event) => event.agentId === acme.ceo.id)));
        expect(await used('MODEL', ['p\nm', 'q\nn', 'p\nm'], since)).toEqual(addUp(those.filter(({ provider, model }) => (provider === 'p' && model === 'm') || (provider === 'q' && model === 'n'))));
        expect(await used('BILLING_CODE', ['', 'B'], since)).toEqual(addUp(those.filter(({ billingCode }) => billingCode !== 'A')));
      }
      await write(boardroom.db, (tx) => foldSome(tx, 35)); // a part is folded, a part waits, and the next round adds to both
    }
    expect(await waiting()).toBe(360 - 6 * 35);
  });

  test('of what nobody used are zero', async () => {
    expect(await used('COMPANY', [acme.id], null)).toEqual({ costMicros: 0n, imputedMicros: 0n, tokens: 0n });
    expect(await used('GOAL', [], null)).toEqual({ costMicros: 0n, imputedMicros: 0n, tokens: 0n });
  });

  test('are one statement', async () => {
    const sent = await boardroom.statements(() => used('ISSUE', [newId(), newId()], new Date()));
    expect(sent).toHaveLength(1);
  });
});

describe('the fold', () => {
  test('leaves nothing waiting and changes no sum; again it changes nothing', async () => {
    const events = await insert(250, chance(3));
    expect(await foldCosts(boardroom.db, 100)).toBe(250);
    expect(await waiting()).toBe(0);
    expect(await used('COMPANY', [acme.id], null)).toEqual(addUp(events));
    const rows = await boardroom.db.prisma.costRollup.findMany({ orderBy: [{ dimension: 'asc' }, { grain: 'asc' }, { key: 'asc' }, { bucket: 'asc' }] });
    expect(await foldCosts(boardroom.db)).toBe(0);
    expect(await boardroom.db.prisma.costRollup.findMany({ orderBy: [{ dimension: 'asc' }, { grain: 'asc' }, { key: 'asc' }, { bucket: 'asc' }] })).toEqual(rows);
  });

  test('stops after so many batches, for other jobs to have their turn', async () => {
    await insert(50, chance(8));
    expect(await foldCosts(boardroom.db, 10, 3)).toBe(30);
    expect(await foldCosts(boardroom.db, 10, Infinity)).toBe(20);
  });

  test('at the same time by many, with reports in between, counts each event once', async () => {
    await insert(300, chance(5));
    const report = () => write(boardroom.db, (tx) => reportCost(tx, BOARD, { agentId: acme.ceo.id, provider: 'p', model: 'm', costMicros: 1_000_000n }));
    await Promise.all([...Array.from({ length: 8 }, () => foldCosts(boardroom.db, 40)), ...Array.from({ length: 20 }, report), ...Array.from({ length: 8 }, () => foldCosts(boardroom.db, 40))]);
    while ((await waiting()) > 0) await foldCosts(boardroom.db);
    const events = await boardroom.db.prisma.costEvent.findMany();
    expect(events).toHaveLength(320);
    expect(await used('COMPANY', [acme.id], null)).toEqual(addUp(events));
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ wrongCount: 0, foldedCount: 320, unfoldedCount: 0 });
  });

  test('that dies before it commits has done nothing', async () => {
    const events = await insert(50, chance(9));
    const died = write(boardroom.db, async (tx) => {
      expect(await foldSome(tx)).toBe(50);
      throw new Error('killed');
    });
    await expect(died).rejects.toThrow('killed');
    expect([await waiting(), await boardroom.db.prisma.costRollup.count()]).toEqual([50, 0]);
    expect(await used('COMPANY', [acme.id], null)).toEqual(addUp(events));
    expect(await foldCosts(boardroom.db)).toBe(50);
  });

  test('while another is at it leaves it to that one', async () => {
    await insert(10, chance(1));
    await write(boardroom.db, async (tx) => {
      expect(await foldSome(tx, 4)).toBe(4);
      expect(await foldCosts(boardroom.db)).toBe(0);
    });
    expect(await waiting()).toBe(6);
  });

  test('absurd amounts stand at the end of what can be counted, and stop nobody else\'s', async () => {
    const absurd = Array.from({ length: 1_100 }, () => newId());
    await boardroom.db.prisma.costEvent.createMany({ data: absurd.map((id) => ({ id, companyId: acme.id, agentId: acme.ceo.id, provider: 'p', biller: 'p', model: 'm', inputTokens: 9_007_199_254_740_992n, costStatus: 'UNPRICED' as const, occurredAt: new Date(START) })) });
    await boardroom.db.prisma.costUnfolded.createMany({ data: absurd.map((eventId) => ({ eventId, companyId: acme.id, occurredAt: new Date(START) })) });
    expect(await used('COMPANY', [acme.id], null)).toMatchObject({ tokens: 9_223_372_036_854_775_807n });
    expect(await foldCosts(boardroom.db, 500)).toBe(1_100);
    expect(await used('COMPANY', [acme.id], null)).toMatchObject({ tokens: 9_223_372_036_854_775_807n });
  });
});

describe('the check', () => {
  test('sees nothing where nothing is wrong, folded or not', async () => {
    await insert(40, chance(2));
    await write(boardroom.db, (tx) => foldSome(tx, 15));
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ companyId: acme.id, foldedCount: 15, unfoldedCount: 25, wrongCount: 0, discrepancies: [], days: [], repaired: false });
    expect(await repairCosts(boardroom.db, BOARD, acme.id)).toMatchObject({ wrongCount: 0, repaired: false });
  });

  test.each<[string, string]>([
    ['a sum that was changed', `UPDATE cost_rollup SET cost_micros = cost_micros + 1 WHERE dimension = 'COMPANY' AND grain = 'DAY' AND bucket = (SELECT min(bucket) FROM cost_rollup WHERE grain = 'DAY')`],
    ['tokens that were changed', `UPDATE cost_rollup SET output_tokens = output_tokens + 1 WHERE (dimension, grain, key, bucket) = (SELECT dimension, grain, key, bucket FROM cost_rollup LIMIT 1)`],
    ['a sum that is gone', `DELETE FROM cost_rollup WHERE (dimension, grain, key, bucket) = (SELECT dimension, grain, key, bucket FROM cost_rollup WHERE dimension = 'AGENT' LIMIT 1)`],
    ['a sum of nothing', `INSERT INTO cost_rollup (company_id, dimension, grain, key, bucket, cost_micros, event_count) SELECT company_id, dimension, grain, 'forged', bucket, 5, 1 FROM cost_rollup LIMIT 1`],
  ])('sees %s, and repairs it', async (_name, harm) => {
    const events = await insert(40, chance(4));
    await write(boardroom.db, (tx) => foldSome(tx, 30));
    expect(await boardroom.db.prisma.$executeRawUnsafe(harm)).toBe(1);
    const found = await checkCosts(boardroom.db, acme.id);
    expect(found).toMatchObject({ wrongCount: 1, foldedCount: 30, unfoldedCount: 10 });
    expect(found.discrepancies).toHaveLength(1);
    expect(await repairCosts(boardroom.db, BOARD, acme.id)).toMatchObject({ wrongCount: 1, repaired: true });
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ wrongCount: 0, unfoldedCount: 10 });
    await foldCosts(boardroom.db);
    expect(await used('COMPANY', [acme.id], null)).toEqual(addUp(events));
    expect(await checkCosts(boardroom.db, acme.id)).toMatchObject({ wrongCount: 0, foldedCount: 40 });
  });

  test('says what is held and what is right', async () => {
    await write(boardroom.db, (tx) => reportCost(tx, SYSTEM, { agentId: acme.ceo.id, provider: 'p', model: 'm', costMicros: 5n, occurredAt: new Date(START) }));
    await foldCosts(boardroom.db);
    await boardroom.db.prisma.$executeRaw(sql`UPDATE cost_rollup SET cost_micros = 8 WHERE dimension = 'PROVIDER' AND grain = 'HOUR'`);
    expect((await checkCosts(boardroom.db, acme.id)).discrepancies).toEqual([
      { dimension: 'PROVIDER', grain: 'HOUR', key: 'p', bucket: new Date(START), held: { costMicros: 8n, imputedMicros: 5n, eventCount: 1 }, right: { costMicros: 5n, imputedMicros: 5n, eventCount: 1 } },
    ]);
  });

  test('leaves the repair to later while sums are being changed', async () => {
    await insert(5, chance(6));
    await foldCosts(boardroom.db);
    await boardroom.db.prisma.$executeRaw(sql`DELETE FROM cost_rollup WHERE dimension = 'MODEL'`);
    await write(boardroom.db, async (tx) => {
      await foldSome(tx);
      expect(await repairCosts(boardroom.db, BOARD, acme.id)).toMatchObject({ repaired: false });
    });
    expect(await repairCosts(boardroom.db, BOARD, acme.id)).toMatchObject({ repaired: true });
  });
});
