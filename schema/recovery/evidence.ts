import { withoutSecrets } from '../shared/secrets.ts';
import { clip } from '../shared/text.ts';

/** In output of programs a password also stands behind its name with nothing but a space between. */
const NAMED = /((?:api[_-]?key|token|secret|passw(?:or)?d|authorization)["']? ["']?)(?!\[redacted\])[^\s"',;]{6,}/gi;

/** A text for people's eyes, with what looks like a secret replaced. */
export function redacted(text: string): string {
  return withoutSecrets(text).replace(NAMED, '$1[redacted]');
}

/** The end of a text of so many bytes, beginning with a whole character. */
export function tailOf(text: string, bytes: number): string {
  const all = Buffer.from(text);
  if (all.length <= bytes) return text;
  let start = all.length - bytes;
  while (((all[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return all.subarray(start).toString();
}

/** Evidence as it is stored: every text redacted, none longer than 8 KiB. */
export function evidenceOf(facts: Record<string, unknown>): Record<string, string | number | boolean | null> {
  return Object.fromEntries(Object.entries(facts).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (value instanceof Date) return [[key, value.toISOString()]];
    return [[key, typeof value === 'string' ? redacted(clip(value, 8 * 1024)) : (value as number | boolean | null)]];
  }));
}
