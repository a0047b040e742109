import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spansOf, styleAfter, visibleText } from './ansi.ts';
import { applySgr, BOLD, DIM, INVERSE, paletteRgb, PLAIN, RGB, styleOf } from './style.ts';

describe('colours and weights', () => {
  test.each([
    ['31', styleOf(1, -1, 0)],
    ['1;91', styleOf(9, -1, BOLD)],
    ['38;5;208', styleOf(208, -1, 0)],
    ['38;2;10;20;30', styleOf(RGB | 0x0a141e, -1, 0)],
    ['38:2::10:20:30', styleOf(RGB | 0x0a141e, -1, 0)],
    ['38:2:10:20:30', styleOf(RGB | 0x0a141e, -1, 0)],
    ['48;5;17;1', styleOf(-1, 17, BOLD)],
    ['58;5;9;2', styleOf(-1, -1, DIM)],
    ['7', styleOf(-1, -1, INVERSE)],
    ['38;5', PLAIN],
    ['38;2;300;0;0', PLAIN],
    ['', PLAIN],
  ])('ESC[%sm', (params, expected) => {
    expect(applySgr(PLAIN, params)).toBe(expected);
  });

  test('each is taken back by its own code and all by 0', () => {
    const loud = applySgr(PLAIN, '1;3;4;7;9;31;44');
    expect(applySgr(loud, '22;23;24;27;29;39;49')).toBe(PLAIN);
    expect(applySgr(loud, '0')).toBe(PLAIN);
    expect(applySgr(loud, '')).toBe(PLAIN);
  });

  test('the palette from 16 up is a cube and greys', () => {
    expect(paletteRgb(16)).toBe(0x000000);
    expect(paletteRgb(196)).toBe(0xff0000);
    expect(paletteRgb(232)).toBe(0x080808);
    expect(paletteRgb(255)).toBe(0xeeeeee);
  });
});

describe('a line', () => {
  test('is cut where its style changes', () => {
    expect(spansOf('a\x1b[31mb\x1b[0mc')).toEqual([
      { text: 'a', style: PLAIN },
      { text: 'b', style: styleOf(1, -1, 0) },
      { text: 'c', style: PLAIN },
    ]);
  });

  test('starts in the style that the last one left', () => {
    const red = styleAfter('\x1b[31mred', PLAIN);
    expect(spansOf('more', red)).toEqual([{ text: 'more', style: red }]);
  });

  test.each([
    ['a title', '\x1b]0;title\x07text', 'text'],
    ['a link', '\x1b]8;;https://example.test\x1b\\here\x1b]8;;\x1b\\', 'here'],
    ['a hidden cursor', '\x1b[?25lx\x1b[?25h', 'x'],
    ['a charset', '\x1b(Bx', 'x'],
    ['a device string', '\x1bP1$r0m\x1b\\x', 'x'],
    ['a cursor that moves up', 'x\x1b[2A', 'x'],
    ['a sequence that is not all there yet', 'x\x1b[38;5', 'x'],
    ['a string without its end', '\x1b]0;text', '0;text'],
  ])('drops %s', (_, line, expected) => {
    expect(visibleText(line)).toBe(expected);
  });

  test.each([
    ['10%\r20%\r100%', '100%'],
    ['long text\rdone', 'done text'],
    ['working\r\x1b[Kdone', 'done'],
    ['\x1b[2K\x1b[1Gone\x1b[2K\x1b[1Gtwo', 'two'],
    ['ab\b\bxy', 'xy'],
    ['text\r', 'text'],
    ['abc\x1b[1Dx', 'abx'],
    ['a\x1b[3Cb', 'a   b'],
    ['abcdef\x1b[3G\x1b[1Kx', '  xdef'],
  ])('overwrites itself: %j', (line, expected) => {
    expect(visibleText(line)).toBe(expected);
  });

  test('shows bytes that draw nothing', () => {
    expect(visibleText('a\x00b\x07c\x7f')).toBe('a\u2400bc\u2421');
  });

  test('shows the end of a progress line of any size', () => {
    const line = Array.from({ length: 200_000 }, (_, step) => `step ${step}`).join('\r');
    expect(visibleText(line)).toBe('step 199999');
    expect(visibleText(`${'x'.repeat(200_000)}\r${'y'.repeat(100_000)}`)).toBe('y'.repeat(100_000));
  });

  test('keeps every visible character, whatever escapes stand between', () => {
    const word = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '世', '🙂') });
    const escape = fc.constantFrom('\x1b[31m', '\x1b[m', '\x1b[48;2;1;2;3m', '\x1b[?2004h', '\x1b]0;t\x07');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, escape)), (parts) => {
        const line = parts.map(([text, sequence]) => text + sequence).join('');
        expect(visibleText(line)).toBe(parts.map(([text]) => text).join(''));
      }),
    );
  });

  test('of any bytes at all is read in bounded time and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (line) => void spansOf(line)));
    const started = performance.now();
    visibleText('\x1b]'.repeat(200_000));
    visibleText(`\x1b]${'x'.repeat(1_000_000)}`);
    visibleText('\x1b['.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
