import { expect, test } from 'vitest';
import { diffOf, unified } from './diff.ts';
import { derivedKeys, isDocumentKey, isSystemKey } from './rules.ts';

test.each(['plan', 'a', '2026-budget', 'x'.repeat(64)])('%s is a key', (key) => expect(isDocumentKey(key)).toBe(true));
test.each(['', 'Plan', 'a_b', '-a', 'a-', 'a--b', 'a b', 'é', 'x'.repeat(65)])('%j is none', (key) => expect(isDocumentKey(key)).toBe(false));

test('what agents write beside a locked document has a key made from it, never longer than a key', () => {
  expect(derivedKeys('plan')).toEqual(['plan-2', 'plan-3', 'plan-4']);
  for (const key of ['x'.repeat(64), `${'x'.repeat(61)}-yy`]) for (const derived of derivedKeys(key)) expect(isDocumentKey(derived), derived).toBe(true);
  expect(['continuation-summary', 'plan'].map(isSystemKey)).toEqual([true, false]);
});

test('a diff says which lines changed', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
  const diff = diffOf(`${lines.join('\n')}\n`, `${lines.with(10, 'changed').join('\n')}\n`);
  expect(diff).toMatchObject({ added: 1, removed: 1, hunks: [{ oldStart: 8, oldLines: 7, newStart: 8, newLines: 7 }] });
  expect(unified(diff, 'a', 'b')).toBe('--- a\n+++ b\n@@ -8,7 +8,7 @@\n line 7\n line 8\n line 9\n-line 10\n+changed\n line 11\n line 12\n line 13\n');
  expect(unified(diffOf('same', 'same'), 'a', 'b')).toBe('');
});

test('texts that have nothing in common are shown as replaced, in good time', () => {
  const text = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word} ${i}`).join('\n');
  const diff = diffOf(text('one'), text('two'));
  expect([diff.added, diff.removed]).toEqual([20_000, 20_000]);
});
