import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';

/** What to follow: a subscription with `$after`, whose items carry a cursor. */
export interface Wish<Item> {
  query: string;
  variables: Record<string, unknown>;
  after: string;
  onItem: (item: Item) => void;
  /** The server said that nothing follows. */
  onEnd: () => void;
  /** The way of following says that it will not go on by itself. */
  onGivenUp: (why: string) => void;
}

/** A way to follow subscriptions, over as many connections as it takes. */
export interface Streams {
  follow<Item extends { cursor?: string }>(wish: Wish<Item>): () => void;
  /** Breaks what is open, as a bad network does. */
  hangUp(): void;
  close(): void;
}

/** As the board does it: one WebSocket for all, by the library, told never to give up. */
export function bySocket(address: string): Streams {
  let isClosed = false;
  const client: Client = createClient({
    url: `${address.replace('http', 'ws')}/graphql`, lazyCloseTimeout: 1_000, keepAlive: 3_000, retryAttempts: Infinity, shouldRetry: () => true,
    retryWait: async (retries) => {
      await sleep(Math.min(1_000, 50 * 2 ** retries));
      // The library lets nobody catch what it throws where the last reader leaves during this wait.
      if (isClosed) await new Promise(() => undefined);
    },
  });
  return {
    follow: ({ query, variables, after, onItem, onEnd, onGivenUp }) => {
      let cursor = after;
      // Read anew at each connection.
      const payload = { query, variables: { ...variables, get after() { return cursor; } } };
      return client.subscribe<Record<string, never>>(payload, {
        next: ({ data, errors }) => {
          if (errors) onGivenUp(errors[0]?.message ?? 'errors');
          const item = data && Object.values(data)[0];
          if (!item) return;
          cursor = (item as { cursor?: string }).cursor ?? cursor;
          onItem(item);
        },
        complete: onEnd,
        error: (error) => onGivenUp(describe(error)),
      });
    },
    hangUp: () => client.terminate(),
    close: () => {
      isClosed = true;
      void client.dispose();
    },
  };
}

/** As a program does it that knows nothing but HTTP: server-sent events, begun again from the last cursor. */
export function byEvents(address: string): Streams {
  const connections = new Set<AbortController>();
  return {
    follow: (wish) => {
      let isOver = false;
      const follow = async () => {
        for (let cursor = wish.after; !isOver; await sleep(80)) {
          const connection = new AbortController();
          connections.add(connection);
          try {
            for await (const item of itemsOf(address, wish, cursor, connection.signal)) {
              if (isOver) return;
              cursor = item.cursor ?? cursor;
              wish.onItem(item as never);
            }
            if (!isOver) wish.onEnd();
            return;
          } catch {
            // The cursor says where to go on.
          } finally {
            connections.delete(connection);
          }
        }
      };
      void follow();
      return () => (isOver = true);
    },
    hangUp: () => connections.forEach((connection) => connection.abort()),
    close: () => connections.forEach((connection) => connection.abort()),
  };
}

/** Ends where the server says that it is complete; throws where the connection or the answer breaks off. */
async function* itemsOf(
  address: string, { query, variables }: Pick<Wish<never>, 'query' | 'variables'>, after: string, signal: AbortSignal,
): AsyncGenerator<{ cursor?: string }> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream' }, signal,
    body: JSON.stringify({ query, variables: { ...variables, after } }),
  });
  let rest = '';
  for await (const text of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (/^event: complete/m.test(block)) return;
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (!/^event: next/m.test(block) || data === undefined) continue;
      const answer = JSON.parse(data) as { data?: Record<string, { cursor?: string }>; errors?: unknown[] };
      const item = Object.values(answer.data ?? {})[0];
      if (answer.errors || !item) throw new Error('the stream broke off');
      yield item;
    }
  }
  throw new Error('the stream was cut off');
}

function describe(error: unknown): string {
  if (Array.isArray(error)) return (error as { message: string }[]).map(({ message }) => message).join('; ');
  const { code, reason, message } = error as { code?: number; reason?: string; message?: string };
  return message ?? `closed with ${code} ${reason}`;
}
