import { expect, test } from 'vitest';
import { LiveBus } from '../../api/live/bus.ts';
import { follow, untilLeft } from './follow.ts';

/** Numbers that are stored one by one, read in pages of three. */
function source() {
  const stored: number[] = [];
  const bus = new LiveBus();
  const state = { heldFrom: Infinity };
  const read = async (after: number) => {
    const rest = stored.filter((each) => each > after);
    const items = rest.filter((each) => each < state.heldFrom).slice(0, 3);
    return { items, isHeldBack: items.length < rest.length };
  };
  const store = (...numbers: number[]) => {
    stored.push(...numbers);
    bus.poke('topic');
  };
  return { bus, state, store, stream: (start: number) => { const wakes = bus.open('topic'); return untilLeft(wakes, follow(wakes, read, (each) => each, start)); } };
}

async function take<Item>(stream: AsyncGenerator<Item>, count: number): Promise<Item[]> {
  const taken: Item[] = [];
  while (taken.length < count) {
    const { value, done } = await stream.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

test('what is stored comes first, then what is stored later, each once and in order', async () => {
  const { store, stream, bus } = source();
  store(1, 2, 3, 4, 5, 6, 7);
  const items = stream(2);
  expect(await take(items, 5)).toEqual([3, 4, 5, 6, 7]);
  const later = take(items, 3);
  store(8);
  store(9, 10);
  expect(await later).toEqual([8, 9, 10]);
  await bus.close();
});

test('what is stored while the reader is busy is not missed', async () => {
  const { store, stream, bus } = source();
  store(1);
  const items = stream(0);
  expect(await take(items, 1)).toEqual([1]);
  store(2);
  store(3);
  expect(await take(items, 2)).toEqual([2, 3]);
  await bus.close();
});

test('what is held back is looked for again, without a poke', async () => {
  const { state, store, stream, bus } = source();
  state.heldFrom = 2;
  store(1, 2, 3);
  const items = stream(0);
  expect(await take(items, 1)).toEqual([1]);
  const later = take(items, 2);
  setTimeout(() => { state.heldFrom = Infinity; }, 50);
  expect(await later).toEqual([2, 3]);
  await bus.close();
});

test('a reader that leaves while it waits need not be woken for that', async () => {
  const { stream, bus } = source();
  const items = stream(0);
  const waiting = items.next();
  expect((await items.return()).done).toBe(true);
  expect((await waiting).done).toBe(true);
  await bus.close();
});

test('a reader that leaves is forgotten, and a closed bus ends its readers', async () => {
  const { store, stream, bus } = source();
  store(1);
  const left = stream(0);
  await left.next();
  await left.return();
  const waiting = stream(1).next();
  await bus.close();
  expect((await waiting).done).toBe(true);
});
