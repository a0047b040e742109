import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { ApiError } from './failure.ts';
import { readSettings } from './settings.ts';
import { subscribeRaw } from './subscribe.ts';

let respond: (response: ServerResponse) => Promise<void> | void = () => undefined;
const server = createServer((_, response) => void respond(response));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
const settings = readSettings({ 'api-url': `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, {});

async function received(): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of subscribeRaw(settings, { query: 'subscription { x }' })) items.push(item.data);
  return items;
}

/** Sends the bytes one by one, so that events and characters are cut everywhere. */
async function drip(response: ServerResponse, text: string): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const byte of Buffer.from(text)) await new Promise<void>((sent) => response.write(Buffer.of(byte), () => sent()));
  response.end();
}

test('events come whole however they are cut, heartbeats are skipped', async () => {
  respond = (response) => drip(response, ':\n\nevent: next\ndata: {"data":{"x":"größer 月"}}\n\n:\n\nevent: next\r\ndata: {"data":{"x":2}}\r\n\r\nevent: complete\ndata:\n\n');
  expect(await received()).toEqual([{ x: 'größer 月' }, { x: 2 }]);
});

test('a stream that ends before it is complete is a lost connection', async () => {
  respond = (response) => drip(response, 'event: next\ndata: {"data":{"x":1}}\n\n');
  await expect(received()).rejects.toMatchObject({ code: 'UNREACHABLE' });
});

test('an error of the API keeps its code, in the stream and before it', async () => {
  const errors = [{ message: 'no such run', extensions: { code: 'NOT_FOUND' } }];
  respond = (response) => drip(response, `event: next\ndata: ${JSON.stringify({ errors })}\n\nevent: complete\n\n`);
  await expect(received()).rejects.toEqual(new ApiError('NOT_FOUND', 'no such run'));
  respond = (response) => void response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }));
  await expect(received()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
