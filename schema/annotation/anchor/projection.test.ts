import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workedMs } from '../../testing/cpu.ts';
import { project } from './projection.ts';
import { checkedSelector, selectorNear, selectorOf } from './selector.ts';

const text = (markdown: string, version?: number) => project(markdown, version).text;

describe('what a reader sees', () => {
  test.each([
    ['# A *title*\n\nand `code` here', 'A title and code here'],
    ['Setext\n===\n\n> quoted **bold**\n> on', 'Setext quoted bold on'],
    ['- one\n- [x] two\n1. three', 'one two three'],
    ['snake_case and 2*3*4 and __init__.py', 'snake_case and 234 and init.py'],
    ['a [link](http://x.y "title") and ![alt](i.png) and <http://a.b>', 'a link and alt and http://a.b'],
    ['[one][ref] [ref] [not a link]\n\n[ref]: http://x.y', 'one ref [not a link]'],
    ['a [[nested](http://x.y)](z)', 'a [nested](z)'],
    ['| a | b |\n|---|:-:|\n| c | d \\| e |', 'a b c d | e'],
    ['```js\nlet a_b = 1; // ~~~\n```\nafter', 'let a_b = 1; // ~~~ after'],
    ['~~gone~~ &amp; &#233; &unknown; \\*kept\\*', 'gone & é &unknown; *kept*'],
    ['a<b>c</b>d<br>e <!-- no --> f', 'acd e f'],
    ['<ul><li>one</li><li>two</li></ul>', 'one two'],
    ['', ''],
    ['   \n\n ', ''],
  ])('%j', (markdown, seen) => expect(text(markdown)).toBe(seen));

  test('version 1 stays as it was, with what it gets wrong', () => {
    expect(text('# A *title* of `a_b`\n- snake_case ![alt](x) [l](y) | z\\n', 1)).toBe('A title of a_b snakecase alt l zn');
    expect(text('```\na ~~~\n~~~\nb\n', 1)).toBe('a ~~~ b');
  });
});

const words = fc.constantFrom('plain', '**bold**', '_slanted_', '`co_de`', '[link](http://a.b/c)', '![alt](x.png)', '\u{1f469}\u200d\u{1f680}', 'e\u0301te\u0301', '&amp;', '\\*', '# ', '- ', '\n', '\n\n', '> ', '|', '```\n', '<b>', '中文', '~~out~~', '[x]', '* ', '\t');
const markdowns = fc.oneof(fc.array(words, { maxLength: 60 }).map((all) => all.join(' ')), fc.string({ unit: 'grapheme', maxLength: 200 }));

test.each([1, 2])('version %i: each character has its place in the source, in order', (version) => {
  fc.assert(fc.property(markdowns, (markdown) => {
    const { text: seen, from, to } = project(markdown, version);
    expect(seen).toBe(seen.replaceAll(/\s+/g, ' ').trim());
    expect([from.length, to.length]).toEqual([seen.length, seen.length]);
    for (let i = 0; i < seen.length; i += 1) {
      expect(to[i]).toBeGreaterThan(from[i] as number);
      expect(to[i]).toBeLessThanOrEqual(markdown.length);
      if (i > 0) expect(from[i]).toBeGreaterThanOrEqual(from[i - 1] as number);
      const stands = markdown.slice(from[i], to[i]);
      if (stands.length === 1 && seen[i] !== ' ') expect(stands).toBe(seen[i]);
    }
  }));
});

describe('a passage is checked where it is said to be', () => {
  const projection = project('The **quick** fox \u{1f98a} jumps.');
  const fox = selectorNear(projection, 'quick  fox', 0);

  test('its words, place and surroundings are computed', () => {
    expect(fox).toEqual({ quote: 'quick fox', prefix: 'The ', suffix: ' \u{1f98a} jumps.', anchor: { normalizedStart: 4, normalizedEnd: 13, markdownStart: 6, markdownEnd: 17 } });
    expect(fox && checkedSelector(projection, ' quick\nfox ', fox.anchor)).toEqual(fox);
  });

  const at = { normalizedStart: 4, normalizedEnd: 13, markdownStart: 6, markdownEnd: 17 };
  test.each([
    ['invalid_range', 'quick fox', { ...at, normalizedEnd: 4 }],
    ['invalid_range', 'quick fox', { ...at, normalizedEnd: 999 }],
    ['invalid_range', '\udd8a jumps', { ...at, normalizedStart: 15, normalizedEnd: 22 }],
    ['quote_mismatch', 'slow fox', at],
    ['position_mismatch', 'quick fox', { ...at, markdownStart: 4 }],
  ] as const)('%s', (reason, quote, place) => expect(checkedSelector(projection, quote, place)).toBe(reason));

  test('no half of a character is kept, and an accent belongs to its letter', () => {
    const faces = project(`${'\u{1f600}'.repeat(30)}x${'\u{1f600}'.repeat(30)}`);
    const selector = selectorOf(faces, 60, 61);
    expect([selector?.prefix.isWellFormed(), selector?.suffix.isWellFormed(), selector?.quote]).toEqual([true, true, 'x']);
    const odd = selectorOf(project(`a${'\u{1f600}'.repeat(30)}xy`), 61, 62);
    expect([odd?.prefix.isWellFormed(), odd?.prefix.length]).toEqual([true, 48]);
    expect(selectorNear(project('cafe\u0301 or cafe'), 'cafe', 0)?.anchor.normalizedStart).toBe(9);
  });
});

describe('a text that is made to take long', () => {
  const size = 400_000;
  const repeat = (text: string) => text.repeat(Math.ceil(size / text.length));
  test.each([
    ['links that do not end', repeat('[a](')], ['brackets in brackets', '['.repeat(size / 2) + ']'.repeat(size / 2)], ['brackets', repeat('[a]')], ['references', repeat('[a]: b\n')],
    ['strikes', repeat('~~a')], ['tags that do not end', `<div>\n${repeat('<a ')}`], ['comments that do not end', `<div>\n${repeat('<!--')}`], ['quotes in quotes', repeat('> ')],
    ['lines of quotes in quotes', repeat(`${'>'.repeat(100)}a\n`)], ['lists in lists', `${repeat('- ')}a`], ['lists that are none', repeat('2. [a](b [c](d\n')],
  ])('%s', (_name, markdown) => {
    const began = workedMs();
    const { text: seen, from } = project(markdown);
    expect(workedMs() - began).toBeLessThan(5_000);
    expect(from.length).toBe(seen.length);
  });

  test('what is around it is read as ever', () => {
    const text = `# The *title*\n\n${'[a]('.repeat(20_000)}\n\n- and **after** it, \`\`\`code_here\`\`\`\n\n\`\`\`\n${'[1, 2], '.repeat(10_000)}\n\`\`\`\n\n**The** end`;
    const { text: seen } = project(text);
    expect([seen.slice(0, 9), seen.slice(9, 13)]).toEqual(['The title', ' [a]']);
    expect(seen).toContain('and after it, code_here [1, 2], [1, 2],');
    expect(seen.endsWith('[1, 2], The end')).toBe(true);
  });
});
