import { expect, test } from 'vitest';
import { fillTemplate } from './template.ts';

test('paths are filled in, unknown ones become nothing', () => {
  expect(fillTemplate('{{ agent.name }} does {{issue.title}}{{issue.nothing.at.all}}.', { agent: { name: 'Ada' }, issue: { title: 'it' } })).toBe('Ada does it.');
});

test('values are not templates, and replacement patterns are plain text', () => {
  expect(fillTemplate('{{a}} {{b}}', { a: '{{b}}', b: '$& $1' })).toBe('{{b}} $& $1');
});

test('objects are written as JSON; what every object inherits is out of reach', () => {
  expect(fillTemplate('{{a}} [{{a.constructor}}] [{{__proto__}}]', { a: { b: [1] } })).toBe('{"b":[1]} [] []');
});
