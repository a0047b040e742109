import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HIDDEN, veilOver } from './veil.ts';

const password = 'correct horse battery';
const echo = 'hunter2-hunter2'; // begins like its own end
const token = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(40)}.${'c'.repeat(43)}`;
const veil = veilOver([password, echo]);

test.each([
  [`password is ${password}!`, `password is ${HIDDEN}!`],
  [`Authorization: Bearer ${token}\n`, `Authorization: Bearer ${HIDDEN}\n`],
  [`key=brk_${'0a'.repeat(24)} ok`, `key=${HIDDEN} ok`],
  [`ANTHROPIC_API_KEY=sk-ant-api03-${'x'.repeat(40)}`, `ANTHROPIC_API_KEY=${HIDDEN}`],
  ['ask-me eyJust a word, sk-short', 'ask-me eyJust a word, sk-short'],
])('%s', (printed, stored) => {
  expect(veil.hide(printed)).toBe(stored);
});

test('wherever a text is cut, what is given out before the cut holds no part of a secret', () => {
  const secrets = fc.constantFrom(password, echo, token, `brk_${'0a'.repeat(24)}`);
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), secrets, fc.string({ maxLength: 20 }), fc.nat(), (before, secret, after, place) => {
      const text = `${before} ${secret} ${after}`;
      const cut = place % (text.length + 1);
      const open = veil.openAt(text.slice(0, cut));
      const stored = veil.hide(text.slice(0, open)) + veil.hide(text.slice(open));
      expect(stored).not.toContain(secret);
      expect(veil.hide(text)).toBe(stored);
    }),
  );
});

test('ordinary ends of output are not held back', () => {
  expect(veil.openAt('line one\nline two\n')).toBe(18);
  expect(veil.openAt('a prompt: ')).toBe(10);
  expect(veil.openAt('x'.repeat(10_000))).toBe(10_000);
});

test('megabytes without a space take no longer than others', () => {
  const line = 'x'.repeat(1_000_000);
  expect(veil.openAt(line)).toBe(line.length); // a quadratic search would not come back in the time of a test
  expect(veil.hide(line)).toBe(line);
});
