import { expect, test } from 'vitest';
import { LiveBus, type Transport } from './bus.ts';

/** A transport that keeps what it was given. */
function recorded(): Transport & { sent: string[][] } {
  const sent: string[][] = [];
  return { sent, send: (topics) => void sent.push(topics), close: async () => {} };
}

test('a reader is woken by its own topic only, at once where it was poked before it asked', async () => {
  const bus = new LiveBus();
  const [mine, others] = [bus.open('mine'), bus.open('others')];
  bus.poke('mine');
  bus.poke('mine');
  expect(await mine.next()).toBe(true);
  let woken = false;
  void others.next().then(() => { woken = true; });
  const again = mine.next();
  bus.poke('mine');
  expect(await again).toBe(true);
  expect(woken).toBe(false);
  await bus.close();
});

test('many pokes between two questions are one answer', async () => {
  const bus = new LiveBus();
  const reader = bus.open('topic');
  for (let i = 0; i < 5; i += 1) bus.poke('topic');
  expect(await reader.next()).toBe(true);
  const next = reader.next();
  reader.close();
  expect(await next).toBe(false);
  await bus.close();
});

test('closing ends what waits, and stays closed', async () => {
  const bus = new LiveBus();
  const reader = bus.open('topic');
  const waiting = reader.next();
  reader.close();
  reader.close();
  expect([await waiting, await reader.next()]).toEqual([false, false]);
  const other = bus.open('topic').next();
  await bus.close();
  expect(await other).toBe(false);
});

test('a reader can ask to be woken without a poke', async () => {
  const bus = new LiveBus();
  const reader = bus.open('topic');
  reader.within(5);
  expect(await reader.next()).toBe(true);
  await bus.close();
});

test('pokes of a moment leave together, each topic once', async () => {
  const bus = new LiveBus();
  const transport = recorded();
  bus.attach(transport);
  for (const topic of ['a', 'b', 'a', 'a']) bus.poke(topic);
  await expect.poll(() => transport.sent).toEqual([['a', 'b']]);
  bus.poke('a');
  await expect.poll(() => transport.sent.length).toBe(2);
  await bus.close();
});

test('what came from elsewhere wakes readers here and is not sent on', async () => {
  const bus = new LiveBus();
  const transport = recorded();
  bus.attach(transport);
  const reader = bus.open('topic');
  bus.deliver('topic');
  expect(await reader.next()).toBe(true);
  bus.poke('last');
  await expect.poll(() => transport.sent).toEqual([['last']]);
  await bus.close();
});

test('after a lost line everybody looks', async () => {
  const bus = new LiveBus();
  const readers = ['a', 'b'].map((topic) => bus.open(topic));
  const heard: string[] = [];
  const stop = bus.listen((topic) => heard.push(topic));
  bus.deliverAll();
  expect(await Promise.all(readers.map((reader) => reader.next()))).toEqual([true, true]);
  bus.poke('a');
  stop();
  bus.poke('b');
  expect(heard).toEqual(['*', 'a']);
  await bus.close();
});
