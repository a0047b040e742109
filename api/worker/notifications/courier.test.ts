import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newId } from '../../../prisma/id.ts';
import { openDatabase } from '../../../prisma/client.ts';
import { setClock } from '../../../prisma/clock.ts';
import { write } from '../../../prisma/transaction.ts';
import { createNotificationTarget } from '../../../schema/notification/commands/create-target.ts';
import { notify } from '../../../schema/notification/notify.ts';
import { ATTEMPTS_MAX, delayAfter, NOTIFICATIONS } from '../../../schema/notification/rules.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../../schema/testing/boardroom.ts';
import { smallCompany } from '../../../schema/testing/company.ts';
import { Courier, type CourierParts } from './courier.ts';
import { mailServer, receiver } from './testing.ts';

const log = { info() {}, warn() {}, error() {} };
const channels = { hasMail: true, allowsPrivate: true };
let boardroom: TestBoardroom;
let instanceKey: Uint8Array;
beforeAll(async () => {
  boardroom = await testBoardroom();
  instanceKey = (await boardroom.db.prisma.instance.findUniqueOrThrow({ where: { id: 1 } })).signingKey;
});
afterAll(() => boardroom.close());

function courier(parts: Partial<CourierParts> = {}): Courier {
  const made = new Courier({ db: boardroom.db, log, instanceKey, boardUrl: 'https://board.test', allowsPrivate: true, mail: null, ...parts });
  const leave = boardroom.live.listen((topic) => { if (topic === NOTIFICATIONS) made.wake(); });
  made.start();
  onTestFinished(async () => { leave(); await made.close(); });
  return made;
}

/** A company of its own, with a target at an address; gives back how something happens there. */
async function company(address: string, channel: 'WEBHOOK' | 'EMAIL' = 'WEBHOOK') {
  const { id: companyId, company: { name } } = await smallCompany(boardroom);
  const { target, signingKey } = await write(boardroom.db, (tx) =>
    createNotificationTarget(tx, BOARD, channels, { companyId, name: 'Pager', channel, address, events: ['BUDGET_WARNING', 'RUN_FAILED'] }));
  const happens = (payload = {}, subject: string = newId()) => write(boardroom.db, (tx) => notify(tx, { companyId, event: 'BUDGET_WARNING', subject, payload: { title: 'May', ...payload } }));
  const deliveries = () => boardroom.db.prisma.notificationDelivery.findMany({ where: { targetId: target.id }, orderBy: { createdAt: 'asc' } });
  const actions = async () => (await boardroom.db.prisma.activity.findMany({ where: { companyId, action: { startsWith: 'notif' } }, orderBy: { seq: 'asc' } })).map((row) => row.action);
  const settled = async (count = 1) => {
    await expect.poll(async () => (await deliveries()).filter((row) => row.status !== 'PENDING').length, { timeout: 10_000, interval: 10 }).toBe(count);
    return deliveries();
  };
  return { companyId, name, target, key: signingKey as string, happens, deliveries, settled, actions };
}

async function listening(...args: Parameters<typeof receiver>) {
  const made = await receiver(...args);
  onTestFinished(() => made.close());
  return made;
}

/** Each look at the clock is as late as is said. */
function atTime(): (later: number) => void {
  let at = Date.now();
  onTestFinished(setClock(() => new Date(at)));
  return (later) => { at += later; };
}

test('a message leaves at once, signed, with the board’s address in its link', async () => {
  const hook = await listening();
  courier();
  const { happens, settled, actions, key, companyId, name } = await company(hook.url);
  const since = performance.now();
  await happens({ url: '/ACME/costs', spent: '$8.00' }, 'incident-1');
  await expect.poll(() => hook.received.length, { interval: 5 }).toBe(1);
  expect(performance.now() - since).toBeLessThan(1_000);
  const [delivery] = await settled();
  const [{ headers, body }] = hook.received as [(typeof hook.received)[0]];
  expect(delivery).toMatchObject({ status: 'DELIVERED', attempts: 1, lastStatus: 204, lastError: null, nextAttemptAt: null });
  expect(JSON.parse(body)).toEqual({
    id: delivery?.id, event: 'BUDGET_WARNING', at: delivery?.createdAt.toISOString(), company: { id: companyId, name }, subject: 'incident-1',
    data: { title: 'May', spent: '$8.00', url: 'https://board.test/ACME/costs' },
  });
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'boardroom-delivery': delivery?.id, 'boardroom-event': 'BUDGET_WARNING' });
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['boardroom-signature'])) ?? [];
  expect(Math.abs(Number(t) - Date.now() / 1000)).toBeLessThan(10);
  expect(v1).toBe(createHmac('sha256', key).update(`${t}.${body}`).digest('hex'));
  expect(await actions()).toEqual(['notificationTarget.created', 'notification.delivered']);
});
