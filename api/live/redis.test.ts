import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LiveBus } from './bus.ts';
import { connectRedis } from './redis.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

describe.skipIf(!hasRedis)('pokes through Redis (redis-server is installed)', () => {
  let server: ChildProcess;
  let port: number;
  const buses: LiveBus[] = [];

  const start = async () => {
    server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  };
  const busOn = () => {
    const bus = new LiveBus();
    bus.attach(connectRedis(bus, `redis://127.0.0.1:${port}`));
    buses.push(bus);
    return bus;
  };
  beforeAll(async () => {
    port = await freePort();
    await start();
  });
  afterAll(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    server.kill('SIGKILL');
  });

  test('one process hears another, not itself twice, and again after Redis was restarted', async () => {
    const [here, there] = [busOn(), busOn()];
    const heard: string[] = [];
    const heardHere: string[] = [];
    there.listen((topic) => heard.push(topic));
    here.listen((topic) => heardHere.push(topic));
    await reaches(() => here.poke('company:a'), () => heard.includes('company:a'));
    expect(heardHere.filter((topic) => topic === 'company:a').length).toBeGreaterThan(0);

    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
    here.poke('company:lost'); // reaches nobody, and harms nobody
    await start();
    await expect.poll(() => heard.filter((topic) => topic === '*').length, { timeout: 60_000 }).toBeGreaterThan(1); // all are told to look
    await reaches(() => here.poke('company:b'), () => heard.includes('company:b'));
  });
});

test('a line that is closed before Redis has answered leaves no rejection to nobody', async () => {
  // As much of Redis as that takes: it lets everybody in, and answers only the first who subscribes.
  const lines: Socket[] = [];
  let isAskedAgain = false;
  const redis = createServer((line) => {
    const isFirst = lines.push(line) <= 2; // one speaks and one listens
    line.on('error', () => undefined);
    line.on('data', (bytes) => {
      for (const [word] of bytes.toString().matchAll(/\b(client|info|subscribe|hello)\b/gi)) {
        if (/hello|client/i.test(word)) line.write('+OK\r\n');
        if (/info/i.test(word)) line.write('$15\r\nredis_version:1\r\n');
        if (/subscribe/i.test(word) && isFirst) line.write('*3\r\n$9\r\nsubscribe\r\n$9\r\nboardroom\r\n:1\r\n');
        if (/subscribe/i.test(word) && !isFirst) isAskedAgain = true;
      }
    });
  }).listen(0, '127.0.0.1');
  await once(redis, 'listening');
  const bus = new LiveBus();
  const heard: string[] = [];
  bus.listen((topic) => heard.push(topic));
  const transport = connectRedis(bus, `redis://127.0.0.1:${(redis.address() as { port: number }).port}`);
  await expect.poll(() => heard, { timeout: 60_000 }).toEqual(['*']);
  for (const line of lines) line.destroy();
  await expect.poll(() => isAskedAgain, { timeout: 60_000 }).toBe(true);
  await transport.close();
  for (const line of lines) line.destroy();
  redis.close();
  await once(redis, 'close'); // what was left to nobody has failed the run by now
});

/** A poke may be lost while connections are made: it is repeated until it arrives. */
async function reaches(poke: () => void, arrived: () => boolean): Promise<void> {
  await expect.poll(() => {
    if (!arrived()) poke();
    return arrived();
  }, { timeout: 60_000, interval: 50 }).toBe(true);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
