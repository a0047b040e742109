import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentTypeOf, isShown, safeFilename } from './rules.ts';

const text = (content: string) => new TextEncoder().encode(content);

test.each<[string, string, Uint8Array, string, boolean]>([
  ['a picture', 'a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]), 'image/png', true],
  ['a picture by another name', 'a.html', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg', true],
  ['a page that says it is a picture', 'a.png', text('<script>alert(1)</script>'), 'application/octet-stream', false],
  ['a page', 'a.html', text('<script>alert(1)</script>'), 'text/html', false],
  ['a drawing', 'a.SVG', text('<svg onload="alert(1)"/>'), 'image/svg+xml', false],
  ['a script', 'a.js', text('alert(1)'), 'text/javascript', false],
  ['a text', 'a.md', text('# Hello'), 'text/markdown', true],
  ['a text that is none', 'a.txt', new Uint8Array([65, 0, 66]), 'application/octet-stream', false],
  ['half a character at the end', 'a.txt', text('aä').slice(0, 2), 'text/plain', true],
  ['no name', 'README', text('x'), 'application/octet-stream', false],
  ['a name of the language', 'a.constructor', text('x'), 'application/octet-stream', false],
  ['nothing', 'a.txt', new Uint8Array(), 'text/plain', true],
  ['a paper', 'a.txt', text('%PDF-1.7'), 'application/pdf', false],
])('%s', (_what, name, head, type, shown) => expect([contentTypeOf(name, head), isShown(contentTypeOf(name, head))]).toEqual([type, shown]));

test.each([
  ['../../etc/passwd', 'passwd'], ['C:\\temp\\a.txt', 'a.txt'], ['a\r\nb"<c>.txt', 'abc.txt'], ['..', 'file'], ['', 'file'], ['  a  b.txt ', 'a b.txt'], ['x\u202etxt.exe', 'xtxt.exe'], ['\ud800.txt', '\ufffd.txt'],
])('%j becomes %j', (name, safe) => expect(safeFilename(name)).toBe(safe));

test('a long name keeps its extension', () => expect(safeFilename(`${'x'.repeat(300)}.tar`)).toBe(`${'x'.repeat(196)}.tar`));

test('every name can be stored and is no path', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
    const safe = safeFilename(name);
    expect(safe.length).toBeGreaterThan(0);
    expect(safe.length).toBeLessThanOrEqual(200);
    expect(safe).not.toMatch(/[/\\\0-\x1f]/);
    expect(safe.isWellFormed()).toBe(true);
  }));
});
