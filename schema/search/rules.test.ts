import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workedMs } from '../testing/cpu.ts';
import { searchQuery, searchWords, snippetOf } from './rules.ts';

test.each<[string, string[]]>([
  ['Fix the LOGIN', ['fix', 'the', 'login']], ['ACME-12', ['acme', '12']], ['schema/issue/reads.ts', ['schema', 'issue', 'reads', 'ts']], ['Ünïcode Ünïcode', ['ünïcode']],
  ["it's “quoted”—so", ['it', 's', 'quoted', 'so']], ['%_ & | ! :* <->', []], ['', []],
])('the words of %j', (text, words) => expect(searchWords(text)).toEqual(words));

test('words match as beginnings, numbers as they are', () => expect(searchQuery('Log-12 in')).toBe("'log':* & '12' & 'in':*"));

test('no text becomes an operator, and none is long', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
    const query = searchQuery(text);
    expect(query === null || /^('[\p{L}\p{M}\p{N}]+'(:\*)?( & |$))+$/u.test(query)).toBe(true);
  }));
  expect((searchQuery(Array.from({ length: 1_000 }, (_, n) => `w${n}`).join(' ')) ?? '').length).toBeLessThan(200);
});

const marked = (text: string, ...words: string[]) => snippetOf(text, words).map((part) => (part.isMatch ? `[${part.text}]` : part.text)).join('');

test('a snippet shows what was found in its surroundings', () => {
  expect(marked('The login of Logan', 'log')).toBe('The [log]in of [Log]an');
  expect(marked('catalog', 'log')).toBe('catalog');
  expect(marked(`${'before '.repeat(100)}needle ${'after '.repeat(100)}`, 'needle')).toMatch(/^…(before )+\[needle\]( after)+…$/);
  expect(marked('x\n\n  y')).toBe('x y');
  expect(marked('')).toBe('');
});

test('a snippet is some of the text, whole characters, in bounds', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), fc.array(fc.string({ unit: 'grapheme', maxLength: 4 })), (text, words) => {
    const parts = snippetOf(text, words.flatMap(searchWords));
    const shown = parts.map((part) => part.text).join('');
    expect(shown.length).toBeLessThanOrEqual(202);
    expect(text.replace(/\s+/g, ' ')).toContain(shown.replace(/^…|…$/g, '').trim());
    expect(!text.isWellFormed() || shown.isWellFormed()).toBe(true);
  }));
});

test('a snippet of a long text costs what is shown of it', () => {
  const text = 'login '.repeat(33_000);
  const rival = (work: () => void) => {
    const start = workedMs();
    for (let i = 0; i < 20; i += 1) work();
    return workedMs() - start;
  };
  const all = rival(() => void [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].length);
  expect(rival(() => void snippetOf(text, ['log']))).toBeLessThan(all);
});
