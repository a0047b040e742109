import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { handleKey } from '../../../app/keyboard.ts';
import type { Entry } from './entry.ts';
import { TranscriptView } from './TranscriptView.tsx';

let dispose: (() => void) | undefined;
let host: HTMLElement;
let size: ReturnType<typeof vi.spyOn>;
let seq = 0;

beforeEach(() => {
  seq = 0;
  size = vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
afterEach(() => {
  dispose?.();
  size.mockRestore();
  document.body.replaceChildren();
});

function entry(kind: Entry['kind'], text: string, more: Partial<Entry> = {}): Entry {
  seq += 1;
  return { cursor: String(seq), seq, kind, at: new Date(1_700_000_000_000 + seq * 1000).toISOString(), text, tool: null, toolCallId: null, isError: false, data: null, ...more };
}

function show(entries: Entry[], live = true) {
  const [all, setAll] = createSignal<readonly Entry[]>(entries);
  const transcript = { entries: all, complete: () => true, error: () => undefined, retry: () => {} };
  host = document.body.appendChild(document.createElement('div'));
  dispose = render(() => <TranscriptView transcript={transcript} live={live} since={entries[0]?.at ?? ''} prefix="HAL" empty={<p>Nothing yet</p>} />, host);
  return { add: (...more: Entry[]) => setAll((before) => [...before, ...more]) };
}

const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const head = (verb: string) => [...host.querySelectorAll<HTMLButtonElement>('.fold-head')].find((each) => each.textContent?.includes(verb))!;

test('tells speech, thought, tools and errors apart', async () => {
  show([
    entry('ASSISTANT', '**Tests** before the mapping, see HAL-3.'),
    entry('THINKING', 'Two names.'),
    entry('TOOL_CALL', 'npm test', { tool: 'Bash', toolCallId: 'a' }),
    entry('TOOL_RESULT', '\x1b[31m1 failed\x1b[0m', { toolCallId: 'a', isError: true }),
    entry('ERROR', 'The model did not answer'),
  ]);
  await frame();
  expect(host.querySelector('.speech strong')?.textContent).toBe('Tests');
  expect(host.querySelector('.speech a')?.getAttribute('href')).toBe('/HAL/issues/HAL-3');
  expect(host.querySelector('.thinking')?.textContent).toBe('Two names.');
  expect(head('Run').getAttribute('aria-expanded')).toBe('true');
  expect(host.querySelector('.output.failed')?.textContent).toBe('1 failed');
  expect(host.querySelector('.moment-error')?.textContent).toContain('did not answer');
});

test('an edit shows what changed', async () => {
  show([
    entry('TOOL_CALL', 'a.ts', { tool: 'Edit', toolCallId: 'a', data: { input: { old_string: 'one\ntwo\n', new_string: 'one\nthree\nfour\n' } } }),
    entry('TOOL_RESULT', 'ok', { toolCallId: 'a' }),
  ]);
  await frame();
  expect(head('Edit').textContent).toContain('+2 −1');
  expect([...host.querySelectorAll('.diff > div')].map((line) => line.textContent)).toEqual([' one', '−two', '+three', '+four']);
});

test('what a reader opened stays open as more comes, and its element stays', async () => {
  const { add } = show([entry('TOOL_CALL', 'ls', { tool: 'Bash', toolCallId: 'a' }), entry('TOOL_RESULT', 'file', { toolCallId: 'a' })]);
  await frame();
  head('Run').click();
  expect(host.querySelector('.output')?.textContent).toBe('file');
  const element = head('Run');
  add(entry('ASSISTANT', 'Now the next.'), entry('TOOL_CALL', 'a.ts', { tool: 'Read', toolCallId: 'b' }));
  await frame();
  expect(head('Run')).toBe(element);
  expect(head('Run').getAttribute('aria-expanded')).toBe('true');
  expect(host.querySelector('.fold.running')?.textContent).toContain('Read');
});

test('draws only what is near the end of a long transcript, and finds in all of it', async () => {
  show([entry('ASSISTANT', 'a needle at the start'), ...Array.from({ length: 3_000 }, (_, at) => entry('ASSISTANT', `step ${at}`))]);
  await frame();
  expect(host.querySelectorAll('.moment').length).toBeLessThan(80);
  expect(host.textContent).toContain('step 2999');
  handleKey(new KeyboardEvent('keydown', { key: 'f' }));
  const input = host.querySelector<HTMLInputElement>('.find-bar input')!;
  input.value = 'needle';
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await frame();
  expect(host.querySelector('.find-count')?.textContent).toBe('1 of 1');
  expect(host.querySelector('.moment.current')?.textContent).toContain('a needle at the start');
});

test('says so where there is nothing', async () => {
  show([]);
  await frame();
  expect(host.textContent).toContain('Nothing yet');
});
