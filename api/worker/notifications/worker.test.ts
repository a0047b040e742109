import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newId } from '../../../prisma/id.ts';
import { write } from '../../../prisma/transaction.ts';
import { createNotificationTarget } from '../../../schema/notification/commands/create-target.ts';
import { notify } from '../../../schema/notification/notify.ts';
import { BOARD } from '../../../schema/run/testing.ts';
import { channelsOf } from '../../notifications/channels.ts';
import { Office } from '../testing.ts';
import { postWebhook } from './webhook.ts';
import { mailServer, receiver } from './testing.ts';

// Real worker processes, as they are started by npm start.

let office: Office;
beforeAll(async () => { office = await Office.open(); });
afterAll(() => office.close());

const PRIVATE = { BOARDROOM_NOTIFY_PRIVATE: '1' };

async function told(address: string, channel: 'WEBHOOK' | 'EMAIL' = 'WEBHOOK') {
  const { db, companyId } = office.acme;
  const { target, signingKey } = await write(db, (tx) => createNotificationTarget(tx, BOARD, channelsOf({ smtpUrl: 'smtp://mail.test', notifyPrivate: true }), { companyId, name: address, channel, address, events: ['RUN_FAILED'] }));
  onTestFinished(async () => { await db.prisma.notificationTarget.delete({ where: { id: target.id } }); });
  return {
    signingKey: signingKey as string,
    happens: () => write(db, (tx) => notify(tx, { companyId, event: 'RUN_FAILED', subject: newId(), payload: { title: 'Run #7 failed' } })),
    delivery: async () => (await db.prisma.notificationDelivery.findMany({ where: { targetId: target.id } }))[0],
    dueNow: () => db.prisma.notificationDelivery.updateMany({ where: { targetId: target.id, status: 'PENDING' }, data: { nextAttemptAt: new Date() } }),
  };
}

test('a worker that is killed between sending and storing that it sent has it sent again, under the same id', async () => {
  const first = office.startWorker(PRIVATE);
  const killed = Promise.withResolvers<void>();
  const hook = await receiver(async (_one, count) => {
    if (count === 1) await office.kill(await first).then(killed.resolve);
    return 200;
  });
  onTestFinished(() => hook.close());
  const { happens, delivery, dueNow } = await told(hook.url);
  await happens();
  await killed.promise;
  expect(await delivery()).toMatchObject({ status: 'PENDING', attempts: 1 });
  const next = await office.startWorker(PRIVATE);
  onTestFinished(async () => { await office.stop(next); });
  await dueNow();
  await expect.poll(async () => (await delivery())?.status, { timeout: 60_000 }).toBe('DELIVERED');
  expect(await delivery()).toMatchObject({ attempts: 2 });
  expect(hook.received.map(({ headers }) => headers['boardroom-delivery'])).toEqual([(await delivery())?.id, (await delivery())?.id]);
  expect(new Set(hook.received.map(({ body }) => body)).size).toBe(1);
});

test('a message leaves, by mail too, and what is in the own network is left alone unless it is allowed', async () => {
  const hook = await receiver();
  const server = await mailServer();
  onTestFinished(async () => { await hook.close(); await server.close(); });
  const worker = await office.startWorker({ BOARDROOM_SMTP_URL: server.url, BOARDROOM_MAIL_FROM: 'board@example.com' });
  onTestFinished(async () => { await office.stop(worker); });
  const [web, mail] = [await told(hook.url), await told('owner@example.com', 'EMAIL')];
  await mail.happens();
  await expect.poll(() => server.mails.length, { timeout: 60_000, interval: 10 }).toBe(1); // it loads the mailer
  await mail.happens();
  await expect.poll(() => server.mails.length, { timeout: 60_000, interval: 10 }).toBe(2);
  await expect.poll(async () => (await web.delivery())?.lastError).toBe('127.0.0.1, which is no address of the public internet');
  expect(hook.received).toEqual([]);
});

const page = readFileSync(new URL('../../../docs/governance.md', import.meta.url), 'utf8');
const examples = new Map(Array.from(page.matchAll(/^```\w+ file=(receive\.\w+)\n(.*?)^```$/gms), ([, name, text]) => [name as string, text as string]));

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('the documentation shows two receivers', () => expect([...examples.keys()]).toEqual(['receive.mjs', 'receive.py']));

test.each([['receive.mjs', process.execPath], ['receive.py', 'python3']].filter(([, program]) => has(program as string)))('%s of the documentation takes what is signed, and nothing else', async (name, program) => {
  const folder = await mkdtemp(join(tmpdir(), 'boardroom-receiver-'));
  await writeFile(join(folder, name as string), examples.get(name as string) as string);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/`;
  const { signingKey, happens, delivery, dueNow } = await told(address);
  const child = spawn(program as string, [join(folder, name as string)], { env: { PATH: process.env['PATH'], SIGNING_KEY: signingKey, PORT: String(port) }, stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => { printed += chunk.toString(); });
  onTestFinished(async () => {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
    await rm(folder, { recursive: true });
  });
  const forged = (headers: Record<string, string>) => postWebhook({ address, body: '{"event":"TEST"}', headers, allowsPrivate: true });
  await expect.poll(async () => (await forged({})).status, { timeout: 60_000 }).toBe(401);
  expect((await forged({ 'boardroom-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` })).status).toBe(401);

  const worker = await office.startWorker(PRIVATE);
  onTestFinished(async () => { await office.stop(worker); });
  await happens();
  await dueNow();
  await expect.poll(async () => (await delivery())?.status, { timeout: 60_000 }).toBe('DELIVERED');
  await expect.poll(() => printed).toBe('RUN_FAILED Acme Run #7 failed\n');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
