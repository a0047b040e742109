import {
  type GraphQLField, type GraphQLNamedType, type GraphQLObjectType, getNamedType, isAbstractType, isInterfaceType, isLeafType, isObjectType, isRequiredArgument, type OperationTypeNode,
} from 'graphql';
import { testSchema } from './boardroom.ts';

type Unasked = (field: GraphQLField<unknown, unknown>) => boolean;

/** All that can be asked of a type without arguments, so many objects deep. Members of unions are told apart by aliases. */
export function selectionOf(type: GraphQLNamedType, depth: number, unasked: Unasked = () => false): string {
  if (isLeafType(type)) return '';
  const parts = isAbstractType(type)
    ? testSchema().getPossibleTypes(type).map((member) => `... on ${member.name} { ${fieldsOf(member, depth, `${member.name}_`, unasked)} }`)
    : isObjectType(type) || isInterfaceType(type) ? [fieldsOf(type as GraphQLObjectType, depth, '', unasked)] : [];
  return `{ __typename ${parts.join(' ')} }`;
}

function fieldsOf(type: GraphQLObjectType, depth: number, prefix: string, unasked: Unasked): string {
  return Object.values(type.getFields())
    .filter((field) => !unasked(field) && !field.args.some(isRequiredArgument) && (depth > 0 || isLeafType(getNamedType(field.type))))
    .map((field) => `${prefix ? `${prefix}${field.name}: ` : ''}${field.name} ${selectionOf(getNamedType(field.type), depth - 1, unasked)}`)
    .join(' ');
}

/** The fields of Query, Mutation or Subscription by name. */
export function rootFields(operation: `${OperationTypeNode}`): Record<string, GraphQLField<unknown, unknown>> {
  const schema = testSchema();
  const root = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[operation];
  return root?.getFields() ?? {};
}

/** An operation that calls one root field with all of its arguments as variables of the same names. */
export function documentFor(operation: `${OperationTypeNode}`, name: string, depth = 0): string {
  const field = rootFields(operation)[name];
  if (!field) throw new Error(`there is no ${operation} ${name}`);
  const variables = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const args = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `${operation} ${variables && `(${variables})`} { result: ${name} ${args && `(${args})`} ${selectionOf(getNamedType(field.type), depth)} }`;
}
