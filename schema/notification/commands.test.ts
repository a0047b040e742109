import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channelsOf } from '../../api/notifications/channels.ts';
import { newId } from '../../prisma/id.ts';
import { write } from '../../prisma/transaction.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../testing/boardroom.ts';
import { smallCompany, type SmallCompany } from '../testing/company.ts';
import { keyOf } from '../testing/runs.ts';
import { forgetOldDeliveries } from './commands/forget-deliveries.ts';
import { createNotificationTarget } from './commands/create-target.ts';
import { notify } from './notify.ts';

let boardroom: TestBoardroom;
let acme: SmallCompany;
beforeAll(async () => {
  boardroom = await testBoardroom();
  acme = await smallCompany(boardroom);
});
afterAll(() => boardroom.close());

let made = 0;
const fields = (more: Record<string, unknown> = {}) => ({ companyId: acme.id, name: 'Pager', channel: 'WEBHOOK', address: `https://hooks.test/${(made += 1)}`, events: ['BUDGET_STOPPED'], ...more });
const CREATE = 'mutation ($input: CreateNotificationTargetInput!) { createNotificationTarget(input: $input) { signingKey target { id name channel address events enabled failedInRow keyVersion } } }';
const UPDATE = 'mutation ($input: UpdateNotificationTargetInput!) { updateNotificationTarget(input: $input) { id name address events enabled } }';
const RETRY = 'mutation ($id: ID!) { retryNotificationDelivery(input: { deliveryId: $id }) { id status attempts nextAttemptAt } }';

async function target(more: Record<string, unknown> = {}) {
  const { createNotificationTarget: result } = await boardroom.ask(BOARD, CREATE, { input: fields(more) });
  return result.target as { id: string; address: string };
}
const happens = (event: 'BUDGET_STOPPED' | 'BUDGET_WARNING' | 'RUN_FAILED', subject: string = newId(), companyId = acme.id) =>
  write(boardroom.db, (tx) => notify(tx, { companyId, event, subject, payload: { title: 'It' } }));
const deliveriesTo = (targetId: string) => boardroom.db.prisma.notificationDelivery.findMany({ where: { targetId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });

describe('a target', () => {
  test('of a webhook gets a key that nothing shows again', async () => {
    const { createNotificationTarget: { signingKey, target: row } } = await boardroom.ask(BOARD, CREATE, { input: fields({ name: ' Slack ', events: ['RUN_FAILED', 'RUN_FAILED'] }) });
    expect(signingKey).toMatch(/^whsec_[0-9a-f]{64}$/);
    expect(row).toMatchObject({ name: 'Slack', events: ['RUN_FAILED'], enabled: true, failedInRow: 0, keyVersion: 1 });
    const stored = JSON.stringify([await boardroom.db.prisma.notificationTarget.findMany(), (await boardroom.db.prisma.activity.findMany()).map(({ details }) => details)]);
    expect(stored).not.toContain(signingKey);
  });

  test('of mail has no key', async () => {
    const { createNotificationTarget: { signingKey } } = await boardroom.ask(BOARD, CREATE, { input: fields({ channel: 'EMAIL', address: 'owner@example.com' }) });
    expect(signingKey).toBeNull();
  });

  test.each([
    [{ name: ' ' }, 'BAD_USER_INPUT', 'name'], [{ address: 'example.com' }, 'BAD_USER_INPUT', 'address'], [{ events: [] }, 'BAD_USER_INPUT', 'events'], [{ events: ['TEST'] }, 'BAD_USER_INPUT', 'events'],
    [{ channel: 'EMAIL' }, 'BAD_USER_INPUT', 'address'], [{ address: 'http://127.0.0.1:9000/' }, 'RULE_VIOLATION', 'address'], [{ address: 'http://[::ffff:10.0.0.1]/' }, 'RULE_VIOLATION', 'address'],
  ])('with %j is refused', async (more, code, field) => {
    expect(await boardroom.refusal(BOARD, CREATE, { input: fields(more) })).toMatchObject({ code, field });
  });

  test('of mail needs a mail server', async () => {
    const input = { ...fields(), channel: 'EMAIL' as const, address: 'x@example.com', events: ['RUN_FAILED' as const] };
    const refused = write(boardroom.db, (tx) => createNotificationTarget(tx, BOARD, channelsOf({ smtpUrl: undefined, notifyPrivate: false }), input));
    await expect(refused).rejects.toMatchObject({ code: 'RULE_VIOLATION', message: expect.stringContaining('BOARDROOM_SMTP_URL') });
  });

  test('may be in the own network where that is allowed', async () => {
    const input = { ...fields(), channel: 'WEBHOOK' as const, address: 'http://127.0.0.1:9000', events: ['RUN_FAILED' as const] };
    const { target: row } = await write(boardroom.db, (tx) => createNotificationTarget(tx, BOARD, channelsOf({ smtpUrl: undefined, notifyPrivate: true }), input));
    expect(row.address).toBe('http://127.0.0.1:9000/');
  });

  test('at the same address is one, however often it is asked for', async () => {
    const input = fields();
    await boardroom.ask(BOARD, CREATE, { input });
    expect(await boardroom.refusal(BOARD, CREATE, { input })).toMatchObject({ code: 'CONFLICT', field: 'address' });
    const twin = fields();
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => boardroom.ask(BOARD, CREATE, { input: twin })));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const other = await target();
    expect(await boardroom.refusal(BOARD, UPDATE, { input: { targetId: other.id, address: twin.address } })).toMatchObject({ code: 'CONFLICT' });
  });

  test('is one of fifty at most', async () => {
    const { id: companyId } = await smallCompany(boardroom, 'Crowd');
    await boardroom.db.prisma.notificationTarget.createMany({ data: Array.from({ length: 50 }, (_, i) => ({ id: newId(), companyId, name: 'x', channel: 'EMAIL' as const, address: `${i}@x.test` })) });
    expect(await boardroom.refusal(BOARD, CREATE, { input: fields({ companyId }) })).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('is not made in a company that is archived', async () => {
    const { id: companyId } = await smallCompany(boardroom, 'Gone');
    await boardroom.ask(BOARD, 'mutation ($id: ID!) { archiveCompany(input: { companyId: $id }) { id } }', { id: companyId });
    expect(await boardroom.refusal(BOARD, CREATE, { input: fields({ companyId }) })).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('is changed where something is given, and unchanged leaves no trace', async () => {
    const { id, address } = await target();
    const before = await boardroom.db.prisma.activity.count();
    await boardroom.ask(BOARD, UPDATE, { input: { targetId: id, address, enabled: true, events: ['BUDGET_STOPPED'] } });
    expect(await boardroom.db.prisma.activity.count()).toBe(before);
    expect((await boardroom.ask(BOARD, UPDATE, { input: { targetId: id, events: ['RUN_FAILED', 'BUDGET_STOPPED'], name: 'New' } })).updateNotificationTarget).toMatchObject({ name: 'New', address, events: ['RUN_FAILED', 'BUDGET_STOPPED'] });
    for (const [wrong, code] of [[{ name: '' }, 'BAD_USER_INPUT'], [{ address: 'nowhere' }, 'BAD_USER_INPUT'], [{ address: 'http://10.0.0.1' }, 'RULE_VIOLATION'], [{ events: [] }, 'BAD_USER_INPUT']] as const) {
      expect(await boardroom.refusal(BOARD, UPDATE, { input: { targetId: id, ...wrong } })).toMatchObject({ code });
    }
  });

  test('that is removed takes its log along', async () => {
    const { id } = await target();
    await happens('BUDGET_STOPPED');
    expect(await deliveriesTo(id)).toHaveLength(1);
    await boardroom.ask(BOARD, 'mutation ($id: ID!) { removeNotificationTarget(input: { targetId: $id }) { id } }', { id });
    expect(await deliveriesTo(id)).toEqual([]);
    expect(await boardroom.db.prisma.activity.count({ where: { action: 'notificationTarget.removed', entityId: id } })).toBe(1);
  });

  test('of mail has no key to replace', async () => {
    const { id } = await target({ channel: 'EMAIL', address: 'key@example.com' });
    expect(await boardroom.refusal(BOARD, 'mutation ($id: ID!) { rotateNotificationKey(input: { targetId: $id }) { signingKey } }', { id })).toMatchObject({ code: 'RULE_VIOLATION' });
  });

  test('is for the board’s eyes, as its messages are', async () => {
    const { id } = await target();
    await happens('BUDGET_STOPPED');
    const [delivery] = await deliveriesTo(id);
    const agent = keyOf(acme.ceo);
    for (const each of [id, delivery?.id]) expect(await boardroom.ask(agent, 'query ($id: ID!) { node(id: $id) { id } }', { id: each })).toEqual({ node: null });
    for (const list of ['notificationTargets', 'notificationDeliveries']) {
      expect(await boardroom.refusal(agent, `query ($id: String!) { company(ref: $id) { ${list} { nodes { id } } } }`, { id: acme.id })).toMatchObject({ code: 'FORBIDDEN' });
    }
    const ACTIVITY = 'query ($id: String!, $of: ID!) { company(ref: $id) { activity(filter: { entityId: $of }) { nodes { action entity { __typename } details } } } }';
    const seenBy = async (by: typeof agent) => (await boardroom.ask(by, ACTIVITY, { id: acme.id, of: id })).company.activity.nodes[0];
    expect(await seenBy(BOARD)).toMatchObject({ action: 'notificationTarget.created', entity: { __typename: 'NotificationTarget' } });
    expect(await seenBy(agent)).toMatchObject({ action: 'notificationTarget.created', entity: null });
    expect(JSON.stringify(await seenBy(agent))).not.toContain('https://hooks.test/');
  });
});

describe('what happens', () => {
  test('is told to those who want to hear of it, in that company', async () => {
    const other = await smallCompany(boardroom, 'Other');
    const [wants, not, off, elsewhere] = [await target(), await target({ events: ['RUN_FAILED'] }), await target(), await target({ companyId: other.id })];
    await boardroom.ask(BOARD, UPDATE, { input: { targetId: off.id, enabled: false } });
    await happens('BUDGET_STOPPED');
    const counts = await Promise.all([wants, not, off, elsewhere].map(async ({ id }) => (await deliveriesTo(id)).length));
    expect(counts).toEqual([1, 0, 0, 0]);
  });

  test('is told once, however often and by how many at once', async () => {
    const { id } = await target({ events: ['RUN_FAILED'] });
    await Promise.all(Array.from({ length: 10 }, () => happens('RUN_FAILED', 'run-1')));
    await happens('RUN_FAILED', 'run-1');
    await happens('RUN_FAILED', 'run-2');
    expect((await deliveriesTo(id)).map(({ subject }) => subject)).toEqual(['run-1', 'run-2']);
  });

  test('is told only where its transaction ends well', async () => {
    const { id } = await target({ events: ['BUDGET_WARNING'] });
    await expect(write(boardroom.db, async (tx) => {
      await notify(tx, { companyId: acme.id, event: 'BUDGET_WARNING', subject: 'x', payload: {} });
      throw new Error('it went wrong');
    })).rejects.toThrow('it went wrong');
    expect(await deliveriesTo(id)).toEqual([]);
  });

  test('costs one statement where nobody listens, and two where many do', async () => {
    const { id: companyId } = await smallCompany(boardroom, 'Silent');
    expect(await boardroom.statements(() => happens('RUN_FAILED', newId(), companyId))).toHaveLength(1);
    for (let i = 0; i < 5; i += 1) await target({ companyId, events: ['RUN_FAILED'] });
    expect(await boardroom.statements(() => happens('RUN_FAILED', newId(), companyId))).toHaveLength(2);
  });
});

describe('a message', () => {
  async function message(data: Record<string, unknown>) {
    const { id } = await target();
    await happens('BUDGET_STOPPED');
    const [row] = await deliveriesTo(id);
    return boardroom.db.prisma.notificationDelivery.update({ where: { id: row?.id as string }, data });
  }

  test.each(['FAILED', 'CANCELLED'] as const)('that is %s is tried anew', async (status) => {
    const { id } = await message({ status, attempts: 12, nextAttemptAt: null });
    expect((await boardroom.ask(BOARD, RETRY, { id })).retryNotificationDelivery).toMatchObject({ status: 'PENDING', attempts: 0, nextAttemptAt: expect.any(String) });
  });

  test('that waits is tried now, and its attempts count on', async () => {
    const { id } = await message({ attempts: 9, nextAttemptAt: new Date(Date.now() + 3_600_000), lastAttemptAt: new Date(Date.now() - 3_600_000) });
    const { nextAttemptAt, attempts } = (await boardroom.ask(BOARD, RETRY, { id })).retryNotificationDelivery;
    expect(attempts).toBe(9);
    expect(Date.parse(nextAttemptAt)).toBeLessThanOrEqual(Date.now());
  });

  test.each([
    ['is being sent', { attempts: 2, nextAttemptAt: new Date(Date.now() + 60_000), lastAttemptAt: new Date() }], ['is due', { nextAttemptAt: new Date(0) }],
  ])('that %s is left alone', async (_what, data) => {
    const { id } = await message(data);
    const before = await boardroom.db.prisma.activity.count();
    const stored = await boardroom.db.prisma.notificationDelivery.findUnique({ where: { id } });
    await boardroom.ask(BOARD, RETRY, { id });
    expect(await boardroom.db.prisma.notificationDelivery.findUnique({ where: { id } })).toEqual(stored);
    expect(await boardroom.db.prisma.activity.count()).toBe(before);
  });

  test('that has arrived is not sent again', async () => {
    const { id } = await message({ status: 'DELIVERED', deliveredAt: new Date(), nextAttemptAt: null });
    expect(await boardroom.refusal(BOARD, RETRY, { id })).toMatchObject({ code: 'RULE_VIOLATION', message: 'it has arrived already' });
  });

  test('to a target that is disabled is not sent', async () => {
    const { id, targetId } = await message({});
    await boardroom.ask(BOARD, UPDATE, { input: { targetId, enabled: false } });
    expect((await deliveriesTo(targetId)).map(({ status }) => status)).toEqual(['CANCELLED']);
    expect(await boardroom.refusal(BOARD, RETRY, { id })).toMatchObject({ code: 'RULE_VIOLATION', message: 'Pager is disabled; enable it first' });
  });

  test('that is done with is forgotten after 90 days, and one that waits is not', async () => {
    const old = new Date(Date.now() - 91 * 86_400_000);
    const gone = await message({ status: 'DELIVERED', nextAttemptAt: null, createdAt: old });
    const waits = await message({ createdAt: old });
    const recent = await message({ status: 'FAILED', nextAttemptAt: null });
    await forgetOldDeliveries(boardroom.db);
    const left = await boardroom.db.prisma.notificationDelivery.findMany({ where: { id: { in: [gone.id, waits.id, recent.id] } } });
    expect(left.map(({ id }) => id).toSorted()).toEqual([waits.id, recent.id].toSorted());
  });

  test('is found in lists by what became of it and what it tells of, in one statement each', async () => {
    const { id: companyId } = await smallCompany(boardroom, 'Lists');
    const [one, two] = [await target({ companyId }), await target({ companyId, events: ['RUN_FAILED'] })];
    for (let i = 0; i < 3; i += 1) {
      await happens('BUDGET_STOPPED', newId(), companyId);
      await happens('RUN_FAILED', newId(), companyId);
    }
    await boardroom.db.prisma.notificationDelivery.updateMany({ where: { targetId: two.id }, data: { status: 'FAILED', nextAttemptAt: null } });
    const LIST = `query ($id: String!, $filter: NotificationDeliveryFilter) { company(ref: $id) {
      notificationDeliveries(filter: $filter) { nodes { event status target { id } } } notificationTargets { nodes { id events deliveries(first: 2) { nodes { id } pageInfo { hasNextPage } } } } } }`;
    const list = async (filter: object | null) => (await boardroom.ask(BOARD, LIST, { id: companyId, filter })).company;
    expect((await list(null)).notificationDeliveries.nodes).toHaveLength(6);
    expect((await list({ statuses: ['FAILED'] })).notificationDeliveries.nodes.map(({ target: { id } }: { target: { id: string } }) => id)).toEqual([two.id, two.id, two.id]);
    expect((await list({ events: ['BUDGET_STOPPED'], statuses: ['FAILED'] })).notificationDeliveries.nodes).toEqual([]);
    expect((await list(null)).notificationTargets.nodes).toEqual([one, two].map(({ id }, i) => ({ id, events: [i === 0 ? 'BUDGET_STOPPED' : 'RUN_FAILED'], deliveries: { nodes: [expect.anything(), expect.anything()], pageInfo: { hasNextPage: true } } })));
    expect((await boardroom.statements(() => list(null))).length).toBeLessThanOrEqual(5);
  });
});
