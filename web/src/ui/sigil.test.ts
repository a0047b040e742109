import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sigilOf, sigilPath } from './sigil.ts';

test('an id always gives the same picture', () => {
  expect(sigilOf('01a1fa7e-4a15-744e-9ef8-39e6eeaab712')).toEqual(sigilOf('01a1fa7e-4a15-744e-9ef8-39e6eeaab712'));
});

test('every picture is mirrored and uses one of eight inks', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const { ink, cells } = sigilOf(id);
      expect(ink).toBeGreaterThanOrEqual(1);
      expect(ink).toBeLessThanOrEqual(8);
      for (const row of cells) expect(row.toReversed()).toEqual(row);
    }),
  );
});

test('ids made in one millisecond look different', () => {
  const ids = Array.from({ length: 200 }, (_, at) => `01a1fa7e-4a15-7000-8000-${at.toString(16).padStart(12, '0')}`);
  const looks = new Set(ids.map((id) => `${sigilOf(id).ink} ${sigilPath(sigilOf(id))}`));
  expect(looks.size).toBeGreaterThan(195);
});
