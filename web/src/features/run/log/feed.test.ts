import fc from 'fast-check';
import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Declined } from '../../../graphql/ask.ts';
import { LogFeed, type LogItem, type LogSource } from './feed.ts';
import type { Chunk } from './line-store.ts';

/** A run's log as the server keeps it, with connections that a test can break. */
class Server implements LogSource {
  readonly chunks: Chunk[] = [];
  readonly pages: string[] = [];
  atMost = 3;
  failPages = 0;
  refuse = false;
  over = false;
  #followers = new Set<{ item: (item: LogItem) => void; done: (error?: unknown) => void; last: number }>();

  print(text: string): void {
    this.chunks.push({ cursor: String(this.chunks.length + 1), stream: 'STDOUT', at: '2026-01-01T00:00:00Z', text });
    this.deliver();
  }

  deliver(): void {
    for (const follower of [...this.#followers]) {
      for (const chunk of this.chunks.slice(follower.last)) {
        follower.last = Number(chunk.cursor);
        follower.item({ kind: 'chunk', chunk });
      }
      if (this.over) follower.item({ kind: 'ended', cursor: String(this.chunks.length) });
    }
  }

  /** What a fresh connection after a bad one may do: send again what was sent. */
  repeat(): void {
    const chunk = this.chunks.at(-1);
    for (const { item } of this.#followers) if (chunk) item({ kind: 'chunk', chunk });
  }

  lose(error: unknown = new Error('gone')): void {
    const followers = [...this.#followers];
    this.#followers.clear();
    for (const { done } of followers) done(error);
  }

  /** Items fall out of a queue that got too long. */
  skip(): void {
    for (const follower of this.#followers) follower.last = this.chunks.length;
  }

  resync(): void {
    this.skip();
    for (const { item } of [...this.#followers]) item({ kind: 'resync' });
  }

  end(): void {
    this.over = true;
    this.deliver();
  }

  async page(after: string, first: number): ReturnType<LogSource['page']> {
    this.pages.push(after);
    if (this.refuse) throw new Declined('no such run');
    if (this.failPages > 0) {
      this.failPages -= 1;
      throw new Error('offline');
    }
    const chunks = this.chunks.slice(Number(after), Number(after) + Math.min(first, this.atMost));
    return { chunks, endCursor: chunks.at(-1)?.cursor ?? after, hasMore: Number(after) + chunks.length < this.chunks.length };
  }

  follow(after: string, on: { item: (item: LogItem) => void; done: (error?: unknown) => void }): () => void {
    const follower = { ...on, last: Number(after) };
    this.#followers.add(follower);
    queueMicrotask(() => this.deliver());
    return () => this.#followers.delete(follower);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const size = (server: Server) => ({ chunks: server.chunks.length, bytes: server.chunks.reduce((sum, { text }) => sum + text.length, 0) });
const settle = () => vi.advanceTimersByTimeAsync(30_000);

function textOf(feed: LogFeed): string {
  const lines = feed.lines();
  return Array.from({ length: lines.end - lines.first }, (_, at) => `${lines.raw(lines.first + at)}\n`).join('');
}

function feedOf(server: Server, onEnded?: () => void): LogFeed {
  return createRoot(() => {
    const feed = new LogFeed(server, onEnded ? { onEnded } : {});
    feed.start(size(server));
    return feed;
  });
}

test('reads the pages there are, then follows to the end', async () => {
  const server = new Server();
  for (let i = 0; i < 10; i += 1) server.print(`${i}\n`);
  const ended = vi.fn();
  const feed = feedOf(server, ended);
  await settle();
  expect(feed.phase()).toBe('live');
  server.print('live\n');
  server.end();
  await settle();
  expect(textOf(feed)).toBe('0\n1\n2\n3\n4\n5\n6\n7\n8\n9\nlive\n');
  expect(feed.phase()).toBe('ended');
  expect(ended).toHaveBeenCalledOnce();
});

test('whatever happens to the connection, every chunk is there once and in order', async () => {
  const event = fc.oneof(
    { weight: 4, arbitrary: fc.constant('print') },
    fc.constantFrom('lose', 'resync', 'skip', 'repeat', 'failPages', 'wait', 'complete'),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(8), fc.array(event, { maxLength: 30 }), async (before, events) => {
      const server = new Server();
      let printed = 0;
      const print = () => server.print(`line ${(printed += 1)}\n`);
      for (let i = 0; i < before; i += 1) print();
      const feed = feedOf(server);
      for (const each of events) {
        if (each === 'print') print();
        if (each === 'lose') server.lose();
        if (each === 'complete') server.lose(undefined);
        if (each === 'resync') server.resync();
        if (each === 'skip') server.skip();
        if (each === 'repeat') server.repeat();
        if (each === 'failPages') server.failPages = 2;
        if (each === 'wait') await vi.advanceTimersByTimeAsync(400);
        await vi.advanceTimersByTimeAsync(0);
      }
      await settle();
      server.end();
      await settle();
      expect(textOf(feed)).toBe(Array.from({ length: printed }, (_, at) => `line ${at + 1}\n`).join(''));
      expect(feed.phase()).toBe('ended');
      feed.stop();
    }),
    { numRuns: 200 },
  );
});

test('of a large log the end comes first, and the rest joins it without a seam', async () => {
  const server = new Server();
  server.atMost = 20;
  const line = (number: number) => `${String(number).padStart(7)} ${'x'.repeat(92)}\n`;
  let printed = 0;
  let text = '';
  for (let chunk = 0; chunk < 200; chunk += 1) {
    for (let i = 0; i < 500; i += 1) text += line((printed += 1));
    // Chunks that end in the middle of a line, as they do.
    server.print(text.slice(0, -7));
    text = text.slice(-7);
  }
  const feed = feedOf(server);
  await vi.advanceTimersByTimeAsync(1);
  expect(feed.lines().raw(feed.lines().end - 2)).toContain(String(printed - 1));
  expect(Number(server.pages.find((after) => after !== '0'))).toBeGreaterThan(150);
  server.print(`${text}last\n`);
  await settle();
  expect(feed.earlier()).toBeNull();
  expect(textOf(feed)).toBe(`${Array.from({ length: printed }, (_, at) => line(at + 1)).join('')}last\n`);
});

test('is told that there is no such run, and tries again only when asked', async () => {
  const server = new Server();
  server.refuse = true;
  const feed = feedOf(server);
  await settle();
  expect(feed.phase()).toBe('failed');
  expect(server.pages).toHaveLength(1);
  server.refuse = false;
  feed.retry();
  await settle();
  expect(feed.phase()).toBe('live');
});

test('stops asking once nobody watches', async () => {
  const server = new Server();
  server.failPages = 100;
  const feed = feedOf(server);
  await vi.advanceTimersByTimeAsync(500);
  feed.stop();
  const asked = server.pages.length;
  await settle();
  expect(server.pages).toHaveLength(asked);
});
