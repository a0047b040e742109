import { readFileSync } from 'node:fs';
import { buildSchema, isAbstractType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { named, parts, possibleTypes } from './types.ts';

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));

test('every type without an id is a part of another or known by another field', () => {
  const roots = new Set(['Query', 'Mutation', 'Subscription']);
  const without = types
    .filter((type) => isObjectType(type))
    .filter((type) => !type.getFields()['id'] && !roots.has(type.name) && !/(Connection|Edge|PageInfo)$/.test(type.name))
    .map((type) => type.name);
  // AdapterModel has an id that is only unique within its adapter.
  expect([...parts, ...Object.keys(named)].toSorted()).toEqual([...without, 'AdapterModel'].toSorted());
});

test('the types behind unions and interfaces are those of the schema', () => {
  const expected = Object.fromEntries(types.filter(isAbstractType).map((type) => [type.name, schema.getPossibleTypes(type).map((each) => each.name).toSorted()]));
  expect(Object.fromEntries(Object.entries(possibleTypes).map(([name, list]) => [name, list.toSorted()]))).toEqual(expected);
});
