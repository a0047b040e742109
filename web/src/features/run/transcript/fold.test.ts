import { expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { fold, looksInWords } from './fold.ts';

let seq = 0;

function entry(kind: Entry['kind'], text: string, more: Partial<Entry> = {}): Entry {
  seq += 1;
  return { cursor: String(seq), seq, kind, at: new Date(1_700_000_000_000 + seq * 1000).toISOString(), text, tool: null, toolCallId: null, isError: false, data: null, ...more };
}

const call = (id: string, tool: string, text: string) => entry('TOOL_CALL', text, { tool, toolCallId: id });
const result = (id: string, text = '', isError = false) => entry('TOOL_RESULT', text, { toolCallId: id, isError });

test('a call and what came back are one block, with how long it took', () => {
  const [block] = fold([call('a', 'Bash', 'npm test'), result('a', 'ok')], true);
  expect(block).toMatchObject({ kind: 'call', call: { verb: 'Run', argument: 'npm test', state: 'done', ms: 1000 } });
});

test('a call without an answer is at work while the run is, and unanswered after it', () => {
  const entries = [call('a', 'Bash', 'sleep 100')];
  expect(fold(entries, true)[0]).toMatchObject({ call: { state: 'running' } });
  expect(fold(entries, false)[0]).toMatchObject({ call: { state: 'unanswered' } });
});

test('looks that follow each other become one; a failed one stays on its own', () => {
  const blocks = fold(
    [call('a', 'Read', 'a.ts'), result('a'), call('b', 'Grep', 'x'), result('b'), call('c', 'Read', 'c.ts'), result('c'), call('d', 'Read', 'no.ts'), result('d', 'ENOENT', true)],
    true,
  );
  expect(blocks.map((block) => block.kind)).toEqual(['looks', 'call']);
  expect(blocks[0]?.kind === 'looks' && looksInWords(blocks[0].calls)).toBe('2 reads, 1 search');
});

test('speech parts looks, and results that arrive late and mixed find their calls', () => {
  const blocks = fold([call('a', 'Read', 'a'), call('b', 'Read', 'b'), result('b'), entry('ASSISTANT', 'I see'), result('a'), call('c', 'Read', 'c'), result('c')], true);
  expect(blocks.map((block) => block.kind)).toEqual(['looks', 'speech', 'call']);
});

test('the closing result does not repeat the last words', () => {
  const blocks = fold([entry('ASSISTANT', 'All done.'), entry('RESULT', 'All done.', { data: { turns: 3 } })], false);
  expect(blocks.map((block) => 'text' in block && block.text)).toEqual(['All done.', 'Finished after 3 turns']);
  expect(fold([entry('RESULT', 'Boom', { isError: true })], false)[0]).toMatchObject({ kind: 'error', text: 'Boom' });
});

test('a result whose call is not there is shown for itself', () => {
  expect(fold([result('lost', 'output')], false)[0]).toMatchObject({ kind: 'note', text: 'output' });
});
