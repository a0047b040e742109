import type { Json } from './contract.ts';

/** What a transcript entry may carry: enough to read, never enough to fill the database with one screenshot. */
const limits = { characters: 16 * 1024, items: 50, keys: 100, depth: 6 };

/** Cuts text to `max` characters and says how much was left out. */
export function boundedText(text: string, max = limits.characters): string {
  if (text.length <= max) return text;
  // Not between the halves of a surrogate pair: a lone half is no valid text and Postgres refuses it.
  const end = isHighSurrogate(text.charCodeAt(max - 1)) ? max - 1 : max;
  return `${text.slice(0, end)}\n[${text.length - end} more characters left out]`;
}

/** The same for structured data: long strings, long lists, large objects and deep nesting are cut, base64 media elided. */
export function boundedJson(value: unknown, depth = 0): Json {
  if (typeof value === 'string') return boundedText(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') return null;
  if (depth >= limits.depth) return '[nested too deep]';
  if (Array.isArray(value)) {
    const kept = value.slice(0, limits.items).map((item) => boundedJson(item, depth + 1));
    return value.length > limits.items ? [...kept, `[${value.length - limits.items} more items left out]`] : kept;
  }
  const media = elidedMedia(value);
  if (media !== null) return media;
  const entries = Object.entries(value);
  const kept = entries.slice(0, limits.keys).map(([key, item]): [string, Json] => [storableKey(key), boundedJson(item, depth + 1)]);
  if (entries.length > limits.keys) kept.push(['…', `[${entries.length - limits.keys} more keys left out]`]);
  return Object.fromEntries(kept);
}

/** `[image/png, 12 KiB, left out]` for an object that carries media as base64; null for anything else. */
export function elidedMedia(value: object): string | null {
  const { type, source } = value as { type?: unknown; source?: unknown };
  const carrier = (typeof source === 'object' && source !== null ? source : value) as {
    type?: unknown; data?: unknown; media_type?: unknown; mimeType?: unknown;
  };
  const mediaType = carrier.media_type ?? carrier.mimeType;
  const isMedia = carrier.type === 'base64' || type === 'image' || mediaType !== undefined;
  if (!isMedia || typeof carrier.data !== 'string') return null;
  const name = typeof mediaType === 'string' ? mediaType : String(type);
  return `[${boundedText(name, 100)}, ${Math.ceil((carrier.data.length * 0.75) / 1024)} KiB, left out]`;
}

/** Postgres takes neither NUL nor half a surrogate pair; values are cleaned where they are stored, keys nobody looks at. */
function storableKey(key: string): string {
  return boundedText(key, 200).replaceAll('\0', '\uFFFD').toWellFormed();
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
