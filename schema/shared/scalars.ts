import { GraphQLError, Kind } from 'graphql';
import { builder } from '../builder.ts';

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function fail(message: string): never {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** The start of a day that the calendar has: JavaScript would take February 31, Postgres no year 0. */
function dayOf(text: string): Date | null {
  const date = DAY.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return date && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && date.getUTCFullYear() > 0 ? date : null;
}

function parseTime(value: unknown): Date {
  const date = typeof value === 'string' && RFC3339.test(value) && dayOf(value.slice(0, 10)) ? new Date(value) : null;
  return date && !Number.isNaN(date.getTime()) ? date : fail('DateTime must be RFC 3339, such as 2026-01-31T12:00:00.000Z');
}

function parseDay(value: unknown): Date {
  return (typeof value === 'string' ? dayOf(value) : null) ?? fail('Date must be such as 2026-01-31');
}

function parseBig(name: string) {
  return (value: unknown): bigint => {
    if (typeof value === 'bigint') return value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    const big = typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : null;
    if (big !== null && BigInt.asIntN(64, big) === big) return big;
    return fail(`${name} must be a whole number of at most 64 bits, as a string`);
  };
}

builder.scalarType('DateTime', {
  description: 'A point in time: RFC 3339, UTC, with milliseconds.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  parseValue: parseTime,
});
builder.scalarType('Date', {
  description: 'A calendar day: 2026-01-31.',
  serialize: (value) => (value as Date).toISOString().slice(0, 10),
  parseValue: parseDay,
});
builder.scalarType('JSON', { description: 'Any JSON value, where the shape belongs to somebody else: adapter configuration, event details.', serialize: (value) => value });
builder.scalarType('Cursor', {
  description: 'An opaque place in a list or stream. Hand it back as it came.',
  serialize: String,
  parseValue: (value) => (typeof value === 'string' && value.length <= 500 ? value : fail('Cursor must be a string')),
});
for (const [name, description] of [
  ['BigInt', 'A whole number beyond 32 bits, as a string.'],
  ['Micros', 'Money: whole millionths of a US dollar, as a string. "1500000" is $1.50.'],
] as const) {
  const parse = parseBig(name);
  builder.scalarType(name, {
    description,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) => (node.kind === Kind.INT || node.kind === Kind.STRING ? parse(node.value) : fail(`${name} must be a whole number`)),
  });
}
