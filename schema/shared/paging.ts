import { isId } from '../../prisma/id.ts';
import { joinSql, rawSql, type Sql, sql } from '../../prisma/sql.ts';
import { badInput } from './refusal.ts';

export const PAGE_DEFAULT = 25;
export const PAGE_MAX = 100;

/** Arguments of every list. */
export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

export interface Page<Row> {
  rows: Row[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  cursorOf(row: Row): string;
}

/** One column of the order. The last column of an order must be unique, so that a page never splits equals. */
export interface OrderKey<Row> {
  column: string;
  type: 'timestamptz' | 'uuid' | 'int' | 'bigint' | 'priority';
  direction: 'ASC' | 'DESC';
  of(row: Row): unknown;
}

/**
 * Keyset paging: the WHERE, ORDER BY and LIMIT that give one page after (or before) a cursor, whatever the table's size.
 * Reads one row more than asked, to know whether there is a next page.
 */
export function keyset<Row>(args: PageArgs, order: OrderKey<Row>[]) {
  const backwards = isGiven(args.last);
  if (backwards && isGiven(args.first)) throw badInput('last', 'give first or last, not both');
  const [size, field, cursor, stray] = backwards
    ? ([pageSize(args.last, 'last'), 'before', args.before, args.after] as const)
    : ([pageSize(args.first), 'after', args.after, args.before] as const);
  if (isGiven(stray)) throw backwards ? badInput('after', 'goes with first') : badInput('before', 'goes with last');
  const keys = backwards ? order.map((key) => ({ ...key, direction: key.direction === 'ASC' ? ('DESC' as const) : ('ASC' as const) })) : order;
  const where = isGiven(cursor) ? beyond(keys, decodeCursor(keys, cursor, field)) : sql`true`;
  const orderBy = joinSql(keys.map((key) => rawSql(`${key.column} ${key.direction}`)), ', ');
  return {
    where,
    tail: sql`ORDER BY ${orderBy} LIMIT ${size + 1}`,
    page(found: Row[]): Page<Row> {
      const more = found.length > size;
      const rows = more ? found.slice(0, size) : found;
      if (backwards) rows.reverse();
      return {
        rows,
        hasNextPage: backwards ? isGiven(cursor) : more,
        hasPreviousPage: backwards ? more : isGiven(cursor),
        cursorOf: (row) => encodeCursor(order, row),
      };
    },
  };
}

/** True for what is neither absent nor null. */
export function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

/** `first` as given, clamped to 1..100; 25 when absent. */
export function pageSize(asked: number | null | undefined, field = 'first'): number {
  if (!isGiven(asked)) return PAGE_DEFAULT;
  if (asked < 0) throw badInput(field, 'must not be negative');
  return Math.min(asked, PAGE_MAX);
}

/** Rows after the cursor, as a row comparison where all directions agree (one index range), else spelled out. */
function beyond<Row>(keys: OrderKey<Row>[], values: string[]): Sql {
  const typed = keys.map((key, i) => sql`${values[i]}::${rawSql(key.type)}`);
  if (keys.every((key) => key.direction === keys[0]?.direction)) {
    const columns = rawSql(keys.map((key) => key.column).join(', '));
    return sql`(${columns}) ${rawSql(keys[0]?.direction === 'ASC' ? '>' : '<')} (${joinSql(typed, ', ')})`;
  }
  const alternatives = keys.map((key, i) => {
    const equal = keys.slice(0, i).map((earlier, j) => sql`${rawSql(earlier.column)} = ${typed[j] as Sql}`);
    const past = sql`${rawSql(key.column)} ${rawSql(key.direction === 'ASC' ? '>' : '<')} ${typed[i] as Sql}`;
    return sql`(${joinSql([...equal, past], ' AND ')})`;
  });
  return sql`(${joinSql(alternatives, ' OR ')})`;
}

function encodeCursor<Row>(keys: OrderKey<Row>[], row: Row): string {
  const values = keys.map((key) => {
    const value = key.of(row);
    return value instanceof Date ? value.toISOString() : String(value);
  });
  return Buffer.from(values.join('|')).toString('base64url');
}

/** What encodeCursor writes, and nothing else that JavaScript would take for a time and Postgres would not. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const checks: Record<OrderKey<unknown>['type'], (text: string) => boolean> = {
  timestamptz: (text) => TIME.test(text) && !Number.isNaN(Date.parse(text)) && !text.startsWith('0000'),
  uuid: isId,
  int: (text) => /^-?\d{1,9}$/.test(text),
  bigint: (text) => /^-?\d{1,18}$/.test(text),
  priority: (text) => ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].includes(text),
};

function decodeCursor<Row>(keys: OrderKey<Row>[], cursor: string, field: string): string[] {
  const values = Buffer.from(cursor, 'base64url').toString().split('|');
  const valid = values.length === keys.length && keys.every((key, i) => checks[key.type](values[i] ?? ''));
  if (!valid) throw badInput(field, 'is not a cursor of this list');
  return values;
}
