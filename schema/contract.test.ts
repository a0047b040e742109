import { readFileSync } from 'node:fs';
import {
  getNamedType, type GraphQLArgument, type GraphQLNamedType, isEnumType, isInputObjectType, isInterfaceType, isNonNullType, isObjectType, isRequiredArgument, isSpecifiedScalarType, lexicographicSortSchema, printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { testSchema } from './testing/boardroom.ts';
import { rootFields } from './testing/documents.ts';

// What others rely on: the names of operations, their shape, and a word on each of their parts.

/** Others' programs call these. None goes away without a release that says so. */
const promised = {
  query: ['viewer', 'companies', 'company', 'agent', 'issue', 'project', 'goal', 'run', 'node'],
  mutation: [
    'createCompany', 'updateCompany', 'archiveCompany', 'createAgent', 'updateAgent', 'pauseAgent', 'resumeAgent', 'terminateAgent', 'createAgentKey', 'revokeAgentKey',
    'wakeAgent', 'cancelRun', 'createGoal', 'updateGoal', 'createProject', 'updateProject', 'createIssue', 'updateIssue', 'checkoutIssue', 'releaseIssue',
    'forceReleaseIssue', 'addComment', 'setBlockers', 'reportCost',
    'putDocument', 'restoreDocument', 'lockDocument', 'unlockDocument', 'deleteDocument', 'createAnnotation', 'replyToAnnotation', 'resolveAnnotation', 'reopenAnnotation',
    'createInteraction', 'acceptInteraction', 'rejectInteraction', 'answerInteraction', 'cancelInteraction', 'decomposePlan', 'setIssuePolicy', 'decidePolicyStage', 'setGrant',
  ],
  subscription: ['runLog', 'companyEvents'],
} as const;

test.each(Object.entries(promised))('the %s fields that are promised', (operation, names) => {
  expect(Object.keys(rootFields(operation as keyof typeof promised))).toEqual(expect.arrayContaining([...names]));
});

test('each mutation takes one input, named for it', () => {
  for (const [name, { args }] of Object.entries(rootFields('mutation'))) {
    const expected = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    expect({ name, args: args.map((arg) => `${arg.name}: ${String(arg.type)}`) }).toEqual({ name, args: [`input: ${expected}`] });
  }
});

test('lists of rows are connections of at most 100', () => {
  for (const type of Object.values(testSchema().getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!getNamedType(field.type).name.endsWith('Connection')) continue;
      expect(field.args.map((arg) => arg.name), `${type.name}.${field.name}`).toEqual(expect.arrayContaining(['first', 'after']));
      const isForTheBoardAlone = type.name === 'Agent' && field.name === 'keys'; // null for who may not see it
      const isOfWhatMayBeUnknown = type.name === 'Query' && field.args.some(isRequiredArgument);
      expect(isNonNullType(field.type), `${type.name}.${field.name}`).toBe(!isForTheBoardAlone && !isOfWhatMayBeUnknown);
    }
  }
});

test('schema.graphql is what the code says', () => {
  expect(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')).toBe(`${printSchema(lexicographicSortSchema(testSchema()))}\n`);
});

test('names carry their units, values are in capitals, and no list holds null', () => {
  const types = Object.values(testSchema().getTypeMap()).filter((type) => !type.name.startsWith('__'));
  expect(types.filter(isEnumType).flatMap((type) => type.getValues().map((value) => value.name)).filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
  const fields = types.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ on: type.name, name: field.name, type: String(field.type) })) : []));
  expect(fields.filter(({ type, name }) => /^DateTime!?$/.test(type) && !/(^at|At)$/.test(name))).toEqual([]);
  expect(fields.filter(({ type, name }) => /^Micros!?$/.test(type) && !name.endsWith('Micros'))).toEqual([]);
  expect(fields.filter(({ type }) => /\[\w+\]/.test(type))).toEqual([]);
});

test('each type, field, argument and value is described', () => {
  const types = Object.values(testSchema().getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type));
  expect(types.flatMap(undescribed)).toEqual([]);
});

function undescribed(type: GraphQLNamedType): string[] {
  const missing = (at: string, { description }: { description?: string | null | undefined }) => (description?.trim() ? [] : [at]);
  const own = missing(type.name, type);
  if (isEnumType(type)) return [...own, ...type.getValues().flatMap((value) => missing(`${type.name}.${value.name}`, value))];
  if (isInputObjectType(type)) return [...own, ...Object.values(type.getFields()).flatMap((field) => missing(`${type.name}.${field.name}`, field))];
  if (!isObjectType(type) && !isInterfaceType(type)) return own;
  return [...own, ...Object.values(type.getFields()).flatMap((field) => {
    const at = `${type.name}.${field.name}`;
    return [...missing(at, field), ...field.args.flatMap((arg: GraphQLArgument) => missing(`${at}(${arg.name})`, arg))];
  })];
}
