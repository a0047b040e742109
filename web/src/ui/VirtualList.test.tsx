import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { draw, only } from './testing.tsx';
import { VirtualList, type VirtualListHandle } from './VirtualList.tsx';

interface Item {
  id: string;
  head?: boolean;
  text: string;
}

const many = (length: number, text = 'row'): Item[] => Array.from({ length }, (_, at) => ({ id: `${at}`, text: `${text} ${at}` }));

function scrollTo(top: number): void {
  const viewport = only('.virtual');
  viewport.scrollTop = top;
  viewport.dispatchEvent(new Event('scroll'));
}

test('of ten thousand rows only those in sight are in the document', () => {
  draw(() => (
    <VirtualList items={many(10_000)} key={(item) => item.id} height={() => 36} label="Rows">
      {(item) => <p>{item().text}</p>}
    </VirtualList>
  ));
  expect(document.querySelectorAll('.virtual-item').length).toBeLessThan(60);
  expect(only('.virtual-space').style.height).toBe('360000px');
  scrollTo(180_000);
  expect(document.body.textContent).toContain('row 5000');
  expect(document.body.textContent).not.toContain('row 10 ');
});

test('a row keeps its element, and so its focus, when the list is read again', () => {
  const [items, setItems] = createSignal(many(20));
  draw(() => (
    <VirtualList items={items()} key={(item) => item.id} height={() => 36} label="Rows">
      {(item) => <button type="button">{item().text}</button>}
    </VirtualList>
  ));
  const third = document.querySelectorAll('button')[2];
  third?.focus();
  setItems([{ id: 'new', text: 'newest' }, ...many(20, 'changed')]);
  expect(document.activeElement).toBe(third);
  expect(third?.textContent).toBe('changed 2');
});

test('says when the end is near, again after more came', () => {
  const near = vi.fn();
  const [items, setItems] = createSignal(many(100));
  draw(() => (
    <VirtualList items={items()} key={(item) => item.id} height={() => 36} label="Rows" onNearEnd={near}>
      {(item) => <p>{item().text}</p>}
    </VirtualList>
  ));
  expect(near).not.toHaveBeenCalled();
  scrollTo(3000);
  expect(near).toHaveBeenCalledTimes(1);
  setItems(many(200));
  expect(near).toHaveBeenCalledTimes(1);
  scrollTo(6800);
  expect(near).toHaveBeenCalledTimes(2);
});

test('a header stays at the top over its rows, and the next pushes it out', () => {
  const items: Item[] = [{ id: 'a', head: true, text: 'A' }, ...many(30).map((item) => ({ ...item, id: `a${item.id}` })), { id: 'b', head: true, text: 'B' }, ...many(30)];
  draw(() => (
    <VirtualList items={items} key={(item) => item.id} height={(item) => (item.head ? 32 : 36)} sticky={(item) => item.head === true} label="Rows">
      {(item) => <p>{item().text}</p>}
    </VirtualList>
  ));
  const pinned = () => only('.virtual-pinned');
  expect(pinned().textContent).toBe('A');
  scrollTo(32 + 30 * 36 - 10);
  expect(pinned().textContent).toBe('A');
  expect(pinned().style.transform).toBe('translateY(-22px)');
  scrollTo(32 + 30 * 36 + 5);
  expect(pinned().textContent).toBe('B');
});

test('brings a row into sight', () => {
  let handle: VirtualListHandle | undefined;
  draw(() => (
    <VirtualList ref={(it) => (handle = it)} items={many(1000)} key={(item) => item.id} height={() => 36} label="Rows">
      {(item) => <p>{item().text}</p>}
    </VirtualList>
  ));
  handle?.scrollToIndex(500, 'start');
  expect(only('.virtual').scrollTop).toBe(500 * 36);
});
