import { isId } from '../../prisma/id.ts';
import { maySee } from '../access/principal.ts';
import type { Context } from '../context.ts';
import type { Batch } from './loading.ts';
import { badInput } from './refusal.ts';
import { storableText } from './text.ts';

/** The row with this id where the viewer may see it, else null: for query fields. */
export async function seen<Row extends { companyId: string }>(ctx: Context, source: Batch<string, Row | null>, id: string): Promise<Row | null> {
  if (!isId(id)) return null;
  const row = await ctx.loading.load(source, id);
  return row && maySee(ctx.principal, row.companyId) ? row : null;
}

/** A filter whose ids are ids and whose texts Postgres can compare with. */
export function checkedFilter<Filter extends object>(filter: Filter): Filter {
  for (const [field, value] of Object.entries(checkedIds(filter))) {
    for (const text of Array.isArray(value) ? value : [value]) if (typeof text === 'string') storableText(field, text, FILTER_TEXT_MAX);
  }
  return filter;
}

/** Longest text that a list is searched for. */
const FILTER_TEXT_MAX = 1_000;

/** Ids in mutation inputs must be UUIDs: anything else is told so, before a database error would. */
export function checkedIds<Input extends object>(input: Input): Input {
  for (const [field, value] of Object.entries(input)) {
    if (field.endsWith('Id') && typeof value === 'string' && !isId(value)) throw badInput(field, 'is not an id');
    if (field.endsWith('Ids') && Array.isArray(value) && !value.every((id) => typeof id === 'string' && isId(id))) throw badInput(field, 'holds something that is not an id');
  }
  return input;
}
