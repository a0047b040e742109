import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { Context } from '../context.ts';
import type { Batch } from './loading.ts';

/** A field of a type and what it reads: the batch, and the key that a row has in it. */
export interface Ahead<Row> {
  readonly field: string;
  readonly source: Batch<string, unknown>;
  key(row: Row): string | null;
}

/**
 * Reads what the rows of a list are about to be asked for before they are: their fields then have values and not promises,
 * which halves what a page of fifty costs. Statements stay the same; a field that is not listed is read as if this were not.
 */
export function readAhead<Row>(ctx: Context, info: GraphQLResolveInfo, path: readonly string[], rows: readonly Row[], ahead: readonly Ahead<Row>[]): Promise<unknown> | null {
  if (rows.length < 2) return null;
  const asked = fieldsAsked(info, path);
  const wanted = ahead.filter(({ field }) => asked.has(field));
  if (wanted.length === 0) return null;
  return Promise.all(wanted.map(({ source, key }) => ctx.loading.ahead(source, rows.flatMap((row) => key(row) ?? []))));
}

/** Names of the fields that are selected below this one, at the end of a path, in fragments too. Directives are left aside. */
function fieldsAsked(info: GraphQLResolveInfo, path: readonly string[]): Set<string> {
  const names = new Set<string>();
  const collect = (set: SelectionSetNode | undefined, [next, ...rest]: readonly string[]): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === 'FragmentSpread') collect(info.fragments[selection.name.value]?.selectionSet, next === undefined ? [] : [next, ...rest]);
      else if (selection.kind === 'InlineFragment') collect(selection.selectionSet, next === undefined ? [] : [next, ...rest]);
      else if (next === undefined) names.add(selection.name.value);
      else if (selection.name.value === next) collect(selection.selectionSet, rest);
    }
  };
  for (const node of info.fieldNodes) collect(node.selectionSet, path);
  return names;
}
