import type { ObjectRef } from '@pothos/core';
import { builder, type SchemaTypes } from '../builder.ts';
import type { Connection } from './listing.ts';
import { pageSize } from './paging.ts';

const PageInfo = builder.objectRef<Connection<unknown>>('PageInfo').implement({
  description: 'Where a page of a list stands.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'More rows follow the last of this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Rows come before the first of this page.' }),
    startCursor: t.field({ type: 'Cursor', nullable: true, description: 'Cursor of the first row; null on an empty page.', resolve: (page) => (page.rows.length > 0 ? page.cursorOf(page.rows[0]) : null) }),
    endCursor: t.field({ type: 'Cursor', nullable: true, description: 'Cursor of the last row, for `after`; null on an empty page.', resolve: (page) => (page.rows.length > 0 ? page.cursorOf(page.rows.at(-1)) : null) }),
  }),
});

/** Rows are counted by the list's own arguments, not again here. */
const ONCE = { field: 0, multiplier: 1 };

/** `FooConnection` and `FooEdge` of a node type: `nodes` for those who want rows, `edges` for Relay. */
export function connectionOf<Row>(node: ObjectRef<SchemaTypes & PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, Row> | { name: string }, name: string, options: { totalCount?: boolean } = {}) {
  const type = node as ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, Row>;
  const edge = builder.objectRef<{ row: Row; page: Connection<Row> }>(`${name}Edge`).implement({
    description: `One ${name} in a list, with its place.`,
    fields: (t) => ({
      node: t.field({ type, description: 'The row.', resolve: ({ row }) => row as never }),
      cursor: t.field({ type: 'Cursor', description: 'Its place in the list, for `after` and `before`.', resolve: ({ row, page }) => page.cursorOf(row) }),
    }),
  });
  return builder.objectRef<Connection<Row>>(`${name}Connection`).implement({
    description: `A page of a list of ${name} rows.`,
    fields: (t) => ({
      edges: t.field({ type: [edge], complexity: ONCE, description: 'Rows with their cursors.', resolve: (page) => page.rows.map((row) => ({ row, page })) }),
      nodes: t.field({ type: [type], complexity: ONCE, description: 'The rows alone.', resolve: (page) => page.rows as never }),
      pageInfo: t.field({ type: PageInfo, description: 'Where this page stands.', resolve: (page) => page as Connection<unknown> }),
      ...(options.totalCount ? { totalCount: t.int({ description: 'Rows in the whole list; counted only when asked for.', complexity: 10, resolve: (page) => page.total() }) } : {}),
    }),
  });
}

/** Arguments of every list, for `t.field({ args: pageArgs() })`. */
export function pageArgs() {
  return {
    first: builder.args((t) => ({ first: t.int({ description: 'How many rows, at most 100; 25 when absent.' }) })).first,
    after: builder.args((t) => ({ after: t.field({ type: 'Cursor', description: 'Rows after this cursor.' }) })).after,
  };
}

/** Cost of a list: its rows times what each asks for. */
export function listComplexity(args: { first?: number | null | undefined; last?: number | null | undefined }) {
  return { field: 1, multiplier: Math.max(1, pageSize(args.first ?? args.last)) };
}
