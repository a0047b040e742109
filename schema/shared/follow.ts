import type { Wakes } from '../context.ts';

export interface Page<Item> {
  readonly items: Item[];
  /** More is there, which may not be told before an older transaction has ended: that pokes nobody who waits here. */
  readonly isHeldBack?: boolean;
}

/** How soon to look again for what was held back: at first at once, then less and less often. */
const LOOK_MIN_MS = 20;
const LOOK_MAX_MS = 500;

/**
 * Yields what is stored after a place, then what is stored later: each item once, in order. Listening has started before the
 * first read, so that nothing falls between. `read` gives pages; an empty one means that all is read.
 */
export async function* follow<Item, Place>(
  wakes: Wakes, read: (after: Place) => Promise<Page<Item>>, placeOf: (item: Item) => Place, start: Place,
): AsyncGenerator<Item, void, void> {
  let place = start;
  let lookAgainMs = LOOK_MIN_MS;
  try {
    do {
      let page = await read(place);
      while (page.items.length > 0) {
        lookAgainMs = LOOK_MIN_MS;
        for (const item of page.items) {
          place = placeOf(item);
          yield item;
        }
        page = await read(place);
      }
      if (page.isHeldBack) {
        wakes.within(lookAgainMs);
        lookAgainMs = Math.min(lookAgainMs * 2, LOOK_MAX_MS);
      }
    } while (await wakes.next());
  } finally {
    wakes.close();
  }
}

/**
 * A stream that ends at once when its reader leaves. Asked to return, a generator first waits for what it awaits, which here
 * is the next poke: until then a reader who is gone would be kept, and read for once more.
 */
export function untilLeft<Item>(wakes: Wakes, items: AsyncGenerator<Item, void, void>): AsyncGenerator<Item, void, void> {
  const leave = <Result>(result: Result): Result => {
    wakes.close();
    return result;
  };
  return Object.assign(Object.create(items) as AsyncGenerator<Item, void, void>, {
    next: () => items.next(),
    return: () => leave(items).return(),
    throw: (error: unknown) => leave(items).throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  });
}
