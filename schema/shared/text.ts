import { badInput } from './refusal.ts';

/** Longest accepted texts, in UTF-16 code units. */
export const LIMITS = { name: 120, title: 300, body: 100_000, description: 100_000, short: 500 } as const;

/**
 * A text from outside, trimmed: not empty, not longer than `max`, and storable: Postgres has no NUL in text, and a lone
 * surrogate (what broken UTF-8 turns into) has no UTF-8 form.
 */
export function requiredText(field: string, text: string, max: number): string {
  const trimmed = storableText(field, text, max).trim();
  if (trimmed === '') throw badInput(field, 'must not be empty');
  return trimmed;
}

/** As requiredText, but null, absent or blank become null. */
export function optionalText(field: string, text: string | null | undefined, max: number): string | null {
  if (text === null || text === undefined) return null;
  return storableText(field, text, max).trim() || null;
}

/** A text as it stands, where it is not too long and Postgres can take it. */
export function storableText(field: string, text: string, max: number): string {
  if (text.length > max) throw badInput(field, `must not be longer than ${max} characters; it has ${text.length}`);
  if (text.includes('\0')) throw badInput(field, 'must not contain NUL characters');
  if (!text.isWellFormed()) throw badInput(field, 'is not valid Unicode');
  return text;
}

/** A value of somebody else's shape, where Postgres can take each text in it; the field at fault is named by its path. */
export function storableJson<Value>(field: string, value: Value): Value {
  if (typeof value === 'string') storableText(field, value, Infinity);
  if (value !== null && typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) storableJson(`${field}.${storableText(field, key, Infinity)}`, each);
  }
  return value;
}

/** `max` characters of a text that is shown but not kept in full. A pair of surrogates stays whole: half of one cannot be stored. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const start = text.slice(0, max - 1);
  return `${/[\ud800-\udbff]$/.test(start) ? start.slice(0, -1) : start}…`;
}
