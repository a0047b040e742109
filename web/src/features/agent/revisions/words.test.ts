import { expect, test } from 'vitest';
import { changesWords, settingWords, valueWords } from './words.ts';

test('values and names as people read them', () => {
  expect([valueWords(null), valueWords(''), valueWords(true), valueWords('opus'), valueWords(3), valueWords(['a'])]).toEqual(['not set', 'not set', 'on', 'opus', '3', '["a"]']);
  expect([settingWords('heartbeat.enabled'), settingWords('adapterConfig.env.TOKEN'), settingWords('cheapConfig.model')]).toEqual(['Timer', 'env.TOKEN', 'cheapConfig.model']);
});

test('many changes are counted', () => {
  const of = (...names: string[]) => changesWords(names.map((name) => ({ name })));
  expect(of('title')).toBe('Title');
  expect(of('title', 'role', 'name')).toBe('Title, Role, Name');
  expect(of('title', 'role', 'name', 'adapterType')).toBe('Title, Role and 2 more');
});
