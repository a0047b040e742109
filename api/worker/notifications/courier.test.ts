import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { channelsOf } from '../../notifications/channels.ts';
import { newId } from '../../../prisma/id.ts';
import { openDatabase } from '../../../prisma/client.ts';
import { now, setClock } from '../../../prisma/clock.ts';
import { write } from '../../../prisma/transaction.ts';
import { claimDeliveries } from '../../../schema/notification/commands/claim-deliveries.ts';
import { createNotificationTarget } from '../../../schema/notification/commands/create-target.ts';
import { settleDelivery } from '../../../schema/notification/commands/settle-delivery.ts';
import { notify } from '../../../schema/notification/notify.ts';
import { ATTEMPTS_MAX, CUT_OFF_MS, delayAfter, NOTIFICATIONS } from '../../../schema/notification/rules.ts';
import { BOARD, type TestBoardroom, testBoardroom } from '../../../schema/testing/boardroom.ts';
import { smallCompany } from '../../../schema/testing/company.ts';
import { Courier, type CourierParts } from './courier.ts';
import { bodyOf } from './message.ts';
import { mailServer, receiver } from './testing.ts';

const log = { info() {}, warn() {}, error() {} };
const channels = channelsOf({ smtpUrl: 'smtp://mail.test', notifyPrivate: true });
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
  const { id: companyId, company: { name, prefix } } = await smallCompany(boardroom);
  const { target, signingKey } = await write(boardroom.db, (tx) =>
    createNotificationTarget(tx, BOARD, channels, { companyId, name: 'Pager', channel, address, events: ['BUDGET_WARNING', 'RUN_FAILED'] }));
  const happens = (payload = {}, subject: string = newId()) => write(boardroom.db, (tx) => notify(tx, { companyId, event: 'BUDGET_WARNING', subject, payload: { title: 'May', ...payload } }));
  const deliveries = () => boardroom.db.prisma.notificationDelivery.findMany({ where: { targetId: target.id }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  const actions = async () => (await boardroom.db.prisma.activity.findMany({ where: { companyId, action: { startsWith: 'notif' } }, orderBy: { seq: 'asc' } })).map((row) => row.action);
  const settled = async (count = 1) => {
    await expect.poll(async () => (await deliveries()).filter((row) => row.status !== 'PENDING').length, { timeout: 60_000, interval: 10 }).toBe(count);
    return deliveries();
  };
  return { companyId, name, prefix, target, key: signingKey as string, happens, deliveries, settled, actions };
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
  const { happens, settled, actions, key, companyId, name, prefix } = await company(hook.url);
  await happens({ agentId: 'some-agent', spent: '$8.00' }, 'incident-1');
  await expect.poll(() => hook.received.length, { interval: 5 }).toBe(1);
  const [delivery] = await settled();
  const [{ headers, body }] = hook.received as [(typeof hook.received)[0]];
  expect(delivery).toMatchObject({ status: 'DELIVERED', attempts: 1, lastStatus: 204, lastError: null, nextAttemptAt: null });
  expect(JSON.parse(body)).toEqual({
    id: delivery?.id, event: 'BUDGET_WARNING', at: delivery?.createdAt.toISOString(), company: { id: companyId, name }, subject: 'incident-1',
    url: `https://board.test/${prefix}/agents/some-agent`, data: { title: 'May', spent: '$8.00', agentId: 'some-agent' },
  });
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'boardroom-delivery': delivery?.id, 'boardroom-event': 'BUDGET_WARNING' });
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['boardroom-signature'])) ?? [];
  expect(Math.abs(Number(t) - Date.now() / 1000)).toBeLessThan(300);
  expect(v1).toBe(createHmac('sha256', key).update(`${t}.${body}`).digest('hex'));
  expect(await actions()).toEqual(['notificationTarget.created', 'notification.delivered']);
});

test.each([
  [{ approvalId: 'a', runId: 'r', agentId: 'g' }, '/approvals/a'], [{ runId: 'r', agentId: 'g' }, '/runs/r'], [{ agentId: 'g' }, '/agents/g'], [{ budgetId: 'b' }, '/costs?view=budgets'], [{ runId: null }, ''],
])('the link of %o', (payload, page) => {
  const told = { id: 'i', event: 'BUDGET_STOPPED' as const, subject: 's', payload, createdAt: new Date(), companyId: 'c', companyName: 'Acme', companyPrefix: 'ACM' };
  expect(JSON.parse(bodyOf(told, 'https://board.test'))).toMatchObject({ url: `https://board.test/ACM${page}` });
});

test('what is not taken is sent again later and later, the same bytes newly signed, and given up after a day', async () => {
  const later = atTime();
  let status = 500;
  const hook = await listening(() => ({ status, body: 'try later' }));
  const sender = courier();
  const { happens, deliveries, settled, actions, target } = await company(hook.url);
  await happens();
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    sender.wake();
    await expect.poll(async () => (await deliveries())[0]?.lastError, { interval: 5 }).toBe('answered 500: try later');
    await expect.poll(() => hook.received.length, { interval: 5 }).toBe(attempt);
    // Not a moment earlier.
    later(delayAfter(attempt) - 1_000);
    sender.wake();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(hook.received).toHaveLength(attempt);
    later(1_000);
  }
  const [failed] = await settled();
  expect(failed).toMatchObject({ status: 'FAILED', attempts: 12, lastStatus: 500, nextAttemptAt: null });
  expect(new Set(hook.received.map(({ body }) => body)).size).toBe(1);
  expect(hook.received.every(({ headers }) => headers['boardroom-delivery'] === failed?.id)).toBe(true);
  expect(await actions()).toEqual(['notificationTarget.created', 'notification.failed']);

  status = 200;
  await boardroom.ask(BOARD, 'mutation ($id: ID!) { retryNotificationDelivery(input: { deliveryId: $id }) { id } }', { id: failed?.id });
  expect((await settled())[0]).toMatchObject({ status: 'DELIVERED', attempts: 1, lastError: null });
  expect(await boardroom.db.prisma.notificationTarget.findUnique({ where: { id: target.id } })).toMatchObject({ failedInRow: 0, enabled: true });
});

test('a target that gives up twenty messages in a row is disabled, and what waits for it is cancelled', async () => {
  const later = atTime();
  const hook = await listening(() => 404);
  const sender = courier();
  const { happens, deliveries, actions, target } = await company(hook.url);
  for (let i = 0; i < 20; i += 1) await happens();
  await happens(); // the last of them waits, and is cancelled
  await boardroom.db.prisma.notificationDelivery.updateMany({ where: { targetId: target.id }, data: { attempts: ATTEMPTS_MAX - 1 } });
  const [newest] = (await deliveries()).slice(-1);
  await boardroom.db.prisma.notificationDelivery.update({ where: { id: newest?.id as string }, data: { attempts: 0, nextAttemptAt: new Date(Date.now() + 3_600_000) } });
  later(60_000);
  sender.wake();
  const statuses = async () => (await deliveries()).map(({ status }) => status);
  await expect.poll(async () => (await statuses()).filter((status) => status === 'PENDING').length, { timeout: 60_000 }).toBe(0);
  expect((await statuses()).toSorted()).toEqual(['CANCELLED', ...Array.from({ length: 20 }, () => 'FAILED')]);
  expect(await boardroom.db.prisma.notificationTarget.findUnique({ where: { id: target.id } })).toMatchObject({ failedInRow: 20, enabled: false });
  expect((await actions()).filter((action) => action === 'notificationTarget.disabled')).toHaveLength(1);
  await happens();
  expect(await deliveries()).toHaveLength(21); // it hears no more
  await boardroom.ask(BOARD, 'mutation ($id: ID!) { updateNotificationTarget(input: { targetId: $id, enabled: true }) { id } }', { id: target.id });
  expect(await boardroom.db.prisma.notificationTarget.findUnique({ where: { id: target.id } })).toMatchObject({ failedInRow: 0, enabled: true });
});

test('a message that arrives between those that do not counts from the start again', async () => {
  const later = atTime();
  const hook = await listening((_one, count) => (count === 3 ? 200 : 404));
  const sender = courier();
  const { companyId, settled, target } = await company(hook.url);
  for (let i = 0; i < 4; i += 1) {
    const id = newId();
    // Before its last attempt.
    await boardroom.db.prisma.notificationDelivery.create({
      data: { id, companyId, targetId: target.id, event: 'RUN_FAILED', subject: id, payload: {}, attempts: ATTEMPTS_MAX - 1, nextAttemptAt: now(), createdAt: now() },
    });
    later(1);
    sender.wake();
    await settled(i + 1);
  }
  expect(await boardroom.db.prisma.notificationTarget.findUnique({ where: { id: target.id } })).toMatchObject({ failedInRow: 1 });
});

test('a receiver that hangs holds up nobody else', async () => {
  const hung = await listening(() => ({ status: 200, never: true }));
  const quick = await listening();
  courier();
  const [slow, other] = [await company(hung.url), await company(quick.url)];
  for (let i = 0; i < 15; i += 1) await slow.happens();
  await expect.poll(() => hung.received.length).toBeGreaterThan(0);
  await other.happens();
  await other.settled();
  // At once, however many wait; one that was given up makes room.
  const givenUp = (await slow.deliveries()).filter(({ lastError }) => lastError !== null).length;
  expect(hung.received.length - givenUp).toBeLessThanOrEqual(2);
});

test('several workers send each message once', async () => {
  const hook = await listening();
  const others = Array.from({ length: 3 }, () => openDatabase({ url: boardroom.url, connections: 3 }));
  onTestFinished(async () => { for (const db of others) await db.close(); });
  const { happens, settled } = await company(hook.url);
  for (let i = 0; i < 30; i += 1) await happens();
  const couriers = others.map((db) => courier({ db }));
  const waking = setInterval(() => { for (const each of couriers) each.wake(); }, 5);
  onTestFinished(() => clearInterval(waking));
  const rows = await settled(30);
  expect(rows.map(({ attempts }) => attempts)).toEqual(Array.from({ length: 30 }, () => 1));
  expect(new Set(hook.received.map(({ headers }) => headers['boardroom-delivery'])).size).toBe(30);
  expect(hook.received).toHaveLength(30);
});

test('whoever tells late of an attempt does not undo what came after it', async () => {
  const hook = await listening();
  const { happens, deliveries, actions } = await company(hook.url);
  await happens();
  const [first] = await claimDeliveries(boardroom.db, { limit: 10, perTarget: 2, busy: [] });
  expect(first?.attempts).toBe(1);
  const id = first?.id as string;
  const settle = (attempt: number, outcome: Parameters<typeof settleDelivery>[1]['outcome']) => write(boardroom.db, (tx) => settleDelivery(tx, { deliveryId: id, attempt, outcome }));
  await boardroom.db.prisma.notificationDelivery.update({ where: { id }, data: { attempts: 2 } }); // somebody else's try
  await settle(1, { arrived: false, status: 500, error: 'late' });
  expect((await deliveries())[0]).toMatchObject({ status: 'PENDING', lastError: null });
  await settle(1, { arrived: true, status: 200 });
  await settle(2, { arrived: false, status: 500, error: 'late' });
  await settle(2, { arrived: true, status: 200 });
  expect((await deliveries())[0]).toMatchObject({ status: 'DELIVERED', lastStatus: 200, lastError: null });
  expect(await actions()).toEqual(['notificationTarget.created', 'notification.delivered']);
});

test('a last attempt that was cut off is given up, and said to be unknown', async () => {
  const later = atTime();
  const hook = await listening();
  const { happens, deliveries, settled } = await company(hook.url);
  await happens();
  const [row] = await deliveries();
  await boardroom.db.prisma.notificationDelivery.update({ where: { id: row?.id as string }, data: { attempts: ATTEMPTS_MAX - 1 } });
  await claimDeliveries(boardroom.db, { limit: 10, perTarget: 2, busy: [] }); // its worker is killed
  const sender = courier();
  later(CUT_OFF_MS - 1);
  sender.wake();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect((await deliveries())[0]?.status).toBe('PENDING');
  later(1);
  sender.wake();
  expect((await settled())[0]).toMatchObject({ status: 'FAILED', lastError: expect.stringContaining('not known') });
  expect(hook.received).toEqual([]);
});

test('a test is tried once, also where the target is disabled, and does not count', async () => {
  const hook = await listening(() => ({ status: 401, body: 'who are you' }));
  courier();
  const { settled, target } = await company(hook.url);
  await boardroom.ask(BOARD, 'mutation ($id: ID!) { updateNotificationTarget(input: { targetId: $id, enabled: false }) { id } }', { id: target.id });
  await boardroom.ask(BOARD, 'mutation ($id: ID!) { testNotificationTarget(input: { targetId: $id }) { id event status } }', { id: target.id });
  expect((await settled())[0]).toMatchObject({ event: 'TEST', status: 'FAILED', attempts: 1, lastStatus: 401, lastError: 'answered 401: who are you' });
  expect(await boardroom.db.prisma.notificationTarget.findUnique({ where: { id: target.id } })).toMatchObject({ failedInRow: 0 });
});

test('a key that was replaced signs nothing more', async () => {
  const hook = await listening();
  courier();
  const { happens, settled, key, target } = await company(hook.url);
  const { rotateNotificationKey: { signingKey, target: { keyVersion } } } = await boardroom.ask(BOARD, 'mutation ($id: ID!) { rotateNotificationKey(input: { targetId: $id }) { signingKey target { keyVersion } } }', { id: target.id });
  expect(keyVersion).toBe(2);
  expect(signingKey).not.toBe(key);
  await happens();
  await settled();
  const { headers, body } = hook.received[0] as (typeof hook.received)[0];
  const [, t, v1] = /^t=(\d+),v1=(.*)$/.exec(String(headers['boardroom-signature'])) ?? [];
  expect(v1).toBe(createHmac('sha256', signingKey).update(`${t}.${body}`).digest('hex'));
});

test('addresses of the own network are not called, whatever was stored', async () => {
  const hook = await listening();
  courier({ allowsPrivate: false });
  const { happens, settled, deliveries, target } = await company(hook.url);
  await boardroom.db.prisma.notificationTarget.update({ where: { id: target.id }, data: { address: `http://localhost:${hook.port}/` } });
  await happens();
  await expect.poll(async () => (await deliveries())[0]?.lastError).toMatch(/^localhost leads to (127\.0\.0\.1|::1), which is no address of the public internet$/);
  await boardroom.ask(BOARD, 'mutation ($id: ID!) { updateNotificationTarget(input: { targetId: $id, enabled: false }) { id } }', { id: target.id });
  expect((await settled())[0]?.status).toBe('CANCELLED');
  expect(hook.received).toEqual([]);
});

test('mail goes to the mail server, with facts in words and one id at every attempt', async () => {
  const server = await mailServer();
  onTestFinished(() => server.close());
  courier({ mail: { smtpUrl: server.url, from: 'Boardroom <board@example.com>' } });
  const { happens, settled, key, name, prefix } = await company('owner@example.com', 'EMAIL');
  expect(key).toBeNull();
  await happens({ spentSoFar: '$8.00', title: 'May\r\nBcc: all@example.com' });
  const [delivery] = await settled();
  expect(delivery).toMatchObject({ status: 'DELIVERED', lastStatus: 250 });
  const [mail] = server.mails;
  expect([mail?.from, mail?.to]).toEqual(['<board@example.com>', '<owner@example.com>']);
  expect(mail?.data).toContain(`Subject: [${name}] Budget warning: May Bcc: all@example.com\r\n`);
  expect(mail?.data).toContain(`Message-ID: <${delivery?.id}@boardroom>\r\n`);
  expect(mail?.data).toContain(`A budget of ${name} has reached its warning.`);
  expect(mail?.data).toContain('Spent so far: $8.00');
  expect(mail?.data).toContain(`https://board.test/${prefix}\r\n`);
  expect(mail?.data.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m);
});

test('mail that is refused is tried again, with what the server said', async () => {
  const server = await mailServer((command) => (command.startsWith('RCPT') ? '550 no such user' : undefined));
  onTestFinished(() => server.close());
  courier({ mail: { smtpUrl: server.url, from: 'board@example.com' } });
  const { happens, deliveries } = await company('gone@example.com', 'EMAIL');
  await happens();
  await expect.poll(async () => (await deliveries())[0]).toMatchObject({ status: 'PENDING', attempts: 1, lastStatus: 550, lastError: expect.stringContaining('550 no such user') });
});

test('a mail server that refuses the password is tried again, and nothing that is kept or told repeats it', async () => {
  const [password, sent] = ['hunter2+lamp', Buffer.from('\0board\0hunter2+lamp').toString('base64')];
  const server = await mailServer((command) => (command.startsWith('AUTH') ? `535 no: ${password} nor ${sent}` : command.startsWith('EHLO') ? '250-mail.test\r\n250 AUTH PLAIN' : undefined));
  onTestFinished(() => server.close());
  courier({ mail: { smtpUrl: server.url.replace('smtp://', `smtp://board:${encodeURIComponent(password)}@`), from: 'board@example.com' } });
  const { companyId, happens, deliveries } = await company('owner@example.com', 'EMAIL');
  await happens();
  await expect.poll(async () => (await deliveries())[0]).toMatchObject({ status: 'PENDING', attempts: 1, lastStatus: 535, lastError: expect.stringContaining('535 no: [redacted] nor [redacted]') });
  expect(server.mails).toEqual([]);
  const kept = [await deliveries(), (await boardroom.db.prisma.activity.findMany({ where: { companyId } })).map(({ details }) => details)];
  expect(JSON.stringify(kept)).not.toMatch(/hunter2|AGJvYXJk/);
});

test.each([
  ['that offers to encrypt and then does not', '', (command: string) => (command.startsWith('EHLO') ? '250-mail.test\r\n250-AUTH PLAIN\r\n250 STARTTLS' : command === 'STARTTLS' ? '220 go on' : undefined)],
  ['that offers none where it is demanded', '?requireTLS=true', (command: string) => (command.startsWith('EHLO') ? '250-mail.test\r\n250 AUTH PLAIN' : undefined)],
])('a mail server %s is told neither the password nor the mail', async (_what, query, answer) => {
  const heard: string[] = [];
  const server = await mailServer((command) => {
    heard.push(command);
    return answer(command) ?? (command.startsWith('STARTTLS') ? '502 what' : undefined);
  });
  onTestFinished(() => server.close());
  courier({ mail: { smtpUrl: `${server.url.replace('smtp://', 'smtp://board:hunter2@')}${query}`, from: 'board@example.com' } });
  const { happens, deliveries } = await company('owner@example.com', 'EMAIL');
  await happens();
  await expect.poll(async () => (await deliveries())[0]?.lastError).toEqual(expect.any(String));
  expect(server.mails).toEqual([]);
  expect(heard).toContain('STARTTLS');
  expect(heard.join('\n')).not.toMatch(/AUTH|MAIL FROM|hunter2/);
  expect((await deliveries())[0]).toMatchObject({ status: 'PENDING' });
});

test('mail without a mail server says what is missing', async () => {
  courier();
  const { happens, deliveries } = await company('owner@example.com', 'EMAIL');
  await happens();
  await expect.poll(async () => (await deliveries())[0]?.lastError).toBe('no mail server is set (BOARDROOM_SMTP_URL, BOARDROOM_MAIL_FROM)');
});
