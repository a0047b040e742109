import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { post } from './ask.ts';
import { readSettings } from './settings.ts';

async function serve(listener: RequestListener, port = 0) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()) };
}

function settingsFor(port: number, run?: string) {
  return readSettings({ 'api-url': `http://127.0.0.1:${port}/` }, { BOARDROOM_API_KEY: 'brk_1', BOARDROOM_RUN_ID: run });
}

test('the key and the body are sent as JSON', async () => {
  const server = await serve(async (request, response) => {
    const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>);
    const { authorization } = request.headers;
    response.end(JSON.stringify({ data: { url: request.url, authorization, body: JSON.parse(Buffer.concat(chunks).toString()) } }));
  });
  const { data } = await post(settingsFor(server.port), { query: '{ a }' });
  expect(data).toEqual({ url: '/graphql', authorization: 'Bearer brk_1', body: { query: '{ a }' } });
  await server.close();
});

test('an agent waits for an API that is away; a person is told', async () => {
  const server = await serve((_, response) => response.end('{"data":1}'));
  await server.close();
  await expect(post(settingsFor(server.port), {})).rejects.toMatchObject({ code: 'UNREACHABLE' });
  const asked = post(settingsFor(server.port, 'a run'), {});
  const again = await serve((_, response) => response.end('{"data":2}'), server.port);
  expect(await asked).toEqual({ data: 2 });
  await again.close();
});

test('what may have arrived is sent again only where that does no harm', async () => {
  let requests = 0;
  const server = await serve((request, response) => {
    requests += 1;
    if (requests === 1) request.socket.destroy();
    else response.end('{"data":3}');
  });
  await expect(post(settingsFor(server.port, 'a run'), {}, { once: true })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  expect(requests).toBe(1);
  requests = 0;
  expect(await post(settingsFor(server.port, 'a run'), {})).toEqual({ data: 3 });
  await server.close();
});

test('an address that is not Boardroom is said to be none', async () => {
  const server = await serve((_, response) => response.end('<html>'));
  await expect(post(settingsFor(server.port), {})).rejects.toThrow('no JSON');
  await server.close();
});
