import { createClient, type SubscribePayload } from 'graphql-ws';
import { connectionLost, connectionOpened } from './connection.ts';

const RETRY_LIMIT_MS = 10_000;
const PING_EVERY_MS = 12_000;
const PONG_WITHIN_MS = 5_000;

let hurry: (() => void) | undefined;

/** Waits 250 ms, then twice as long each time up to ten seconds, or until the network is said to be back. */
async function wait(retries: number): Promise<void> {
  const waitMs = Math.min(RETRY_LIMIT_MS, 250 * 2 ** retries) * (0.8 + Math.random() * 0.4);
  connectionLost(waitMs);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    hurry = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  hurry = undefined;
}

/** Tries at once a connection that is waiting for its next attempt. */
export function reconnectNow(): void {
  hurry?.();
}

addEventListener('online', reconnectNow);

let current: WebSocket | undefined;
let unanswered: ReturnType<typeof setTimeout> | undefined;

/** The one WebSocket of the page. It never gives up, and notices a peer that is gone without a close by its missing pong. */
export const socket = createClient({
  url: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
  lazyCloseTimeout: 5_000,
  keepAlive: PING_EVERY_MS,
  retryAttempts: Infinity,
  shouldRetry: () => true,
  retryWait: wait,
  on: {
    connected: (opened) => {
      current = opened as WebSocket;
      connectionOpened();
    },
    closed: () => {
      clearTimeout(unanswered);
      connectionLost(0);
    },
    ping: (received) => {
      if (!received) unanswered = setTimeout(() => current?.close(4408, 'no answer'), PONG_WITHIN_MS);
    },
    pong: (received) => {
      if (received) clearTimeout(unanswered);
    },
  },
});


/**
 * Follows a subscription whose items carry a cursor. After a lost connection it asks for what comes after the last item
 * received, so nothing is missed and nothing comes twice. Bypasses the cache: made for streams such as logs.
 * Returns the function that ends it.
 */
export function followStream<Item>(options: {
  query: string;
  variables: Record<string, unknown>;
  /** Where to begin; without it, from now. */
  after?: string | undefined;
  cursorOf: (item: Item) => string | undefined;
  onItem: (item: Item) => void;
  onError?: (error: unknown) => void;
  onEnd?: () => void;
}): () => void {
  let cursor = options.after;
  const payload: SubscribePayload = {
    query: options.query,
    // Read again at every connection, when the payload is written out.
    variables: {
      ...options.variables,
      get after() {
        return cursor;
      },
    },
  };
  return socket.subscribe<Record<string, Item>>(payload, {
    next: ({ data, errors }) => {
      if (errors) options.onError?.(errors[0]);
      const item = data && Object.values(data)[0];
      if (!item) return;
      cursor = options.cursorOf(item) ?? cursor;
      options.onItem(item);
    },
    error: (error) => options.onError?.(error),
    complete: () => options.onEnd?.(),
  });
}
