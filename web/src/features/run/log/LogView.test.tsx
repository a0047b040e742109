import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LogFeed, type LogSource } from './feed.ts';
import type { Chunk, Stream } from './line-store.ts';
import { LogView } from './LogView.tsx';

const TALL = 400;
let dispose: (() => void) | undefined;
let host: HTMLElement;
let size: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  size = vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(TALL);
});

afterEach(() => {
  dispose?.();
  size.mockRestore();
  document.body.replaceChildren();
});

/** A view on a log that already has `chunks`, and a way to print more. */
async function show(...chunks: [Stream, string][]) {
  const all: Chunk[] = [];
  let item: ((chunk: Chunk) => void) | undefined;
  const add = (stream: Stream, text: string) => {
    const chunk = { cursor: String(all.length + 1), stream, at: '2026-01-01T10:20:30.000Z', text };
    all.push(chunk);
    item?.(chunk);
  };
  for (const [stream, text] of chunks) add(stream, text);
  const source: LogSource = {
    page: async (after) => ({ chunks: all.slice(Number(after)), endCursor: String(all.length), hasMore: false }),
    follow: (_, on) => {
      item = (chunk) => on.item({ kind: 'chunk', chunk });
      return () => (item = undefined);
    },
  };
  const feed = new LogFeed(source);
  feed.start({ bytes: 0, chunks: 0 });
  host = document.body.appendChild(document.createElement('div'));
  dispose = render(() => <LogView feed={feed} live empty={<p>Nothing was printed</p>} />, host);
  await vi.waitFor(() => expect(feed.phase()).toBe('live'));
  await frame();
  return { print: (text: string, stream: Stream = 'STDOUT') => add(stream, text) };
}

const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const rows = () => [...host.querySelectorAll('.log-rows .log-line')];
const texts = () => rows().map((row) => row.querySelector('.log-text')?.textContent);
const log = () => host.querySelector<HTMLElement>('.log')!;
const bar = () => host.querySelector('.follow-bar')?.textContent ?? '';
const lines = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `line ${from + at}\n`).join('');

function scrollTo(top: number): void {
  log().scrollTop = top;
  log().dispatchEvent(new Event('scroll'));
}

test('draws the end of a long log, and only what is near it', async () => {
  await show(['STDOUT', lines(10_000)]);
  expect(texts().at(-1)).toBe('line 9999');
  expect(rows().length).toBeLessThan(100);
  expect(bar()).toContain('10,000 lines');
  expect(bar()).toContain('Following');
});

test('stays where the reader scrolled to, counts what comes, and goes back to the end', async () => {
  const { print } = await show(['STDOUT', lines(1_000)]);
  scrollTo(4_000);
  await frame();
  expect(texts()).toContain('line 200');
  expect(texts()).not.toContain('line 999');
  print(lines(3, 1_000));
  await vi.waitFor(() => expect(bar()).toContain('3 new lines, jump to end'));
  expect(log().scrollTop).toBe(4_000);
  host.querySelector<HTMLElement>('.follow')?.click();
  await vi.waitFor(() => expect(texts().at(-1)).toBe('line 1002'));
  expect(bar()).toContain('Following');
});

test('a wheel turned up stops following before the next lines arrive', async () => {
  const { print } = await show(['STDOUT', lines(1_000)]);
  const top = log().scrollTop;
  log().dispatchEvent(new WheelEvent('wheel', { deltaY: -10 }));
  print(lines(50, 1_000));
  await vi.waitFor(() => expect(bar()).toContain('50 new lines'));
  expect(log().scrollTop).toBe(top);
});

test('an unfinished line grows in place, a progress line is overwritten', async () => {
  const { print } = await show(['STDOUT', 'start\n10%']);
  expect(texts()).toEqual(['start', '10%']);
  print('\r20%');
  await vi.waitFor(() => expect(texts()).toEqual(['start', '20%']));
  print(' done\nend');
  await vi.waitFor(() => expect(texts()).toEqual(['start', '20% done', 'end']));
});

test('colours become classes and variables, never markup from the log', async () => {
  await show(['STDOUT', '\x1b[1;31mred\x1b[0m <img src=x onerror=alert(1)> \x1b[38;2;1;2;3mrgb\x1b[m\n']);
  const [red, rgb] = rows()[0]!.querySelectorAll<HTMLElement>('.log-text span span');
  expect(red?.className).toBe('ansi-b ansi-ink');
  expect(red?.style.getPropertyValue('--ink')).toBe('var(--ansi-1)');
  expect(rgb?.style.getPropertyValue('--ink')).toBe('#010203');
  expect(host.querySelector('img')).toBeNull();
  expect(texts()).toEqual(['red <img src=x onerror=alert(1)> rgb']);
});

test('tells error output and Boardroom from the rest, and fills what failed', async () => {
  await show(['SYSTEM', 'claimed\n'], ['STDERR', 'npm notice\nError: no such file\n']);
  expect(rows().map((row) => row.className)).toEqual(['log-line system', 'log-line', 'log-line failure']);
  expect(rows().map((row) => row.querySelector('.log-sign')?.textContent)).toEqual(['›', '!', '!']);
});

test('ten megabytes without a line break are one row until asked for', async () => {
  await show(['STDOUT', 'x'.repeat(10_000_000)]);
  expect(rows()).toHaveLength(1);
  expect(texts()[0]?.length).toBeLessThan(2_000);
  host.querySelector<HTMLElement>('.log-more')?.click();
  await vi.waitFor(() => expect(texts()[0]).toBe('x'.repeat(8_000)));
  scrollTo(500_000);
  await frame();
  expect(texts()[0]).toBe('x'.repeat(8_000));
  expect(rows().length).toBeLessThan(5);
});

test('finds in all of the log, goes from hit to hit and leaves again', async () => {
  const { print } = await show(['STDOUT', `needle first\n${lines(2_000)}\x1b[31mNee\x1b[0mdle last\n`]);
  log().dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true }));
  const input = host.querySelector<HTMLInputElement>('.find-bar input')!;
  input.value = 'needle';
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await vi.waitFor(() => expect(host.querySelector('.find-count')?.textContent).toBe('2 of 2'));
  await frame();
  expect(host.querySelector('.log-line.current')?.textContent).toContain('Needle last');
  expect([...host.querySelectorAll('.log-line.current mark')].map((mark) => mark.textContent).join('')).toBe('Needle');
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await vi.waitFor(() => expect(host.querySelector('.log-line.current')?.textContent).toContain('needle first'));
  print('a third needle\n');
  await vi.waitFor(() => expect(host.querySelector('.find-count')?.textContent).toBe('1 of 3'));
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(host.querySelector('.find-bar')).toBeNull();
  expect(host.querySelector('mark')).toBeNull();
});

test('says so where nothing was printed', async () => {
  await show();
  expect(host.textContent).toContain('Nothing was printed');
});
