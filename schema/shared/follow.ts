import type { Wakes } from '../context.ts';

/**
 * Yields what is stored after a place, then what is stored later: each item once, in order. Listening starts before the
 * first read, so that nothing falls between. `read` gives pages; an empty one means that all is read.
 */
export async function* follow<Item, Place>(
  open: () => Wakes, read: (after: Place) => Promise<Item[]>, placeOf: (item: Item) => Place, start: Place,
): AsyncGenerator<Item, void, void> {
  const wakes = open();
  let place = start;
  try {
    do {
      for (let page = await read(place); page.length > 0; page = await read(place)) {
        for (const item of page) {
          place = placeOf(item);
          yield item;
        }
      }
    } while (await wakes.next());
  } finally {
    wakes.close();
  }
}
