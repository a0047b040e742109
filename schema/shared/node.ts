import { builder } from '../builder.ts';

/** Everything with an id of its own. */
export const Node = builder.interfaceRef<{ id: string }>('Node').implement({
  description: 'Anything that has an id of its own.',
  fields: (t) => ({ id: t.id({ description: 'UUIDv7.', resolve: (row) => row.id }) }),
});

/** An expected end of a mutation that is not success, with what the caller needs to decide. */
export const Conflict = builder.interfaceRef<{ message: string }>('Conflict').implement({
  description: 'An expected end of a mutation that is not success. It carries what the caller needs to decide.',
  fields: (t) => ({ message: t.exposeString('message', { description: 'One sentence for people.' }) }),
});

/** Names the GraphQL type of a row that stands behind an interface or union. */
export function typed<Row extends object>(typename: string, row: Row): Row & { __typename: string } {
  return { ...row, __typename: typename };
}
