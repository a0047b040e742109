import { expect, test } from 'vitest';
import { identifiersIn } from './rules.ts';

const names = (...texts: (string | null)[]) => identifiersIn(texts).map(({ prefix, number }) => `${prefix}-${number}`);

test.each<[string, string[]]>([
  ['see ACME-12', ['ACME-12']], ['ACME-12, ACME-3 and ACME-12 again', ['ACME-12', 'ACME-3']], ['(ACME-1) "CO2-2" **AB-3**', ['ACME-1', 'CO2-2', 'AB-3']],
  ['/ACME/issues/ACME-7?x=1', ['ACME-7']], ['boardroom/ACME-7-fix-it', ['ACME-7']], ['ACME-7.', ['ACME-7']], ['ACME-999999999', ['ACME-999999999']],
  ['acme-12', []], ['xACME-12', []], ['ÄACME-12', []], ['_ACME-12', []], ['X-ACME-12', []], ['ACME-12b', []], ['ACME-012', []], ['ACME-0', []], ['ACME--1', []],
  ['ACME-1234567890', []], ['A-1', []], ['ABCDEFGHIJK-1', []], ['ACME-', []], ['', []],
])('%j', (text, found) => expect(names(text)).toEqual(found));

test('several texts are one, and what is not there holds nothing', () => expect(names('ACME-1', null, 'ACME-2 ACME-1')).toEqual(['ACME-1', 'ACME-2']));

test('a list of numbers is cut short', () => {
  expect(names(Array.from({ length: 5_000 }, (_, n) => `ACME-${n + 1}`).join(' '))).toHaveLength(200);
});
