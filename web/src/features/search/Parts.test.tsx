import { expect, test } from 'vitest';
import { draw, only } from '../../ui/testing.tsx';
import { Parts, startOf } from './Parts.tsx';

const part = (text: string, isMatch = false) => ({ text, isMatch });

test('what was looked for stands out, and everything else is there', () => {
  const host = draw(() => <Parts parts={[part('the '), part('river', true), part(' is wide')]} />);
  expect(host.textContent).toBe('the river is wide');
  expect(only('b', host).textContent).toBe('river');
});

test('a snippet begins a few words before its first match', () => {
  const long = 'one two three four five six seven eight nine ten ';
  expect(startOf([part(long), part('river', true)])[0]?.text).toBe('…six seven eight nine ten ');
  expect(startOf([part('short '), part('river', true)])).toHaveLength(2);
  expect(startOf([part(long)])[0]?.text).toBe(long);
});
