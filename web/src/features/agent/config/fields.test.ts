import { expect, test } from 'vitest';
import { fieldsOf, fromText, isCommon, readConfig, toText } from './fields.ts';

const schema = {
  type: 'object',
  properties: {
    command: { type: 'string', minLength: 1, description: 'What to run.' },
    args: { type: 'array', items: { type: 'string' }, default: [] },
    instructions: { type: 'string', maxLength: 200_000 },
    effort: { type: 'string', enum: ['low', 'high'] },
    timeoutSec: { type: 'integer', minimum: 0, maximum: 600, default: 0 },
    chrome: { type: 'boolean', default: false },
    env: { type: 'object', additionalProperties: { type: 'string' }, default: {} },
    mcpServers: { type: 'object', additionalProperties: { type: 'object' } },
  },
  required: ['command', 'timeoutSec'],
};
const fields = fieldsOf(schema);

test('each property becomes the control that fits it', () => {
  expect(Object.fromEntries(fields.map((field) => [field.name, field.kind]))).toEqual({
    command: 'text', args: 'lines', instructions: 'long', effort: 'choice', timeoutSec: 'number', chrome: 'switch', env: 'pairs', mcpServers: 'json',
  });
  expect(fields.find((field) => field.name === 'timeoutSec')?.label).toBe('Timeout, seconds');
});

test('only what has no default must be given, and what must be given comes first', () => {
  expect(fields.filter((field) => field.required).map((field) => field.name)).toEqual(['command']);
  expect(fields.filter(isCommon).map((field) => field.name)).toEqual(['command', 'args', 'instructions']);
});

test('what was typed becomes a configuration; what was left empty stays with the adapter', () => {
  const { config, errors } = readConfig(fields, { command: 'bash', args: '-c\necho hi there', env: 'A=1\nB=x=y', timeoutSec: '30', chrome: 'true', mcpServers: '{"a": {}}' });
  expect(errors).toEqual({});
  expect(config).toEqual({ command: 'bash', args: ['-c', 'echo hi there'], env: { A: '1', B: 'x=y' }, timeoutSec: 30, chrome: true, mcpServers: { a: {} } });
});

test('every mistake is told at its field', () => {
  const { errors } = readConfig(fields, { timeoutSec: '601', env: 'nonsense', mcpServers: '{' });
  expect(Object.keys(errors).toSorted()).toEqual(['command', 'env', 'mcpServers', 'timeoutSec']);
  expect(errors['timeoutSec']).toBe('At most 600.');
});

test.each([
  ['lines', ['-c', 'two words']],
  ['pairs', { A: '1', B: 'x=y' }],
  ['json', { deep: [1, { a: null }] }],
  ['number', 12],
  ['text', 'claude'],
] as const)('%s survive being edited', (kind, value) => {
  const field = { kind, min: undefined, max: undefined, required: false };
  expect(fromText(field, toText(kind, value))).toEqual({ value, error: null });
});
