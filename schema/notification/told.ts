import { valueWithoutSecrets, withoutSecrets } from '../shared/secrets.ts';
import { clip } from '../shared/text.ts';

const TEXT_MAX = 500;

type Plain = string | number | boolean | null | undefined | Plain[] | { [key: string]: Plain };

/** What is told: without what looks like a secret, and each text cut to what a message has room for. */
export function tellable<Payload extends object>(payload: Payload): Payload {
  return clipped(valueWithoutSecrets(payload) as Plain) as Payload;
}

function clipped(value: Plain): Plain {
  if (typeof value === 'string') return clip(value, TEXT_MAX);
  if (Array.isArray(value)) return value.map(clipped);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clipped(each)]));
}

const ERROR_MAX = 300;

/** What of an error is kept: one line that Postgres can take, without what looks like a secret: it may repeat what a receiver said. */
export function keptError(error: string): string {
  // oxlint-disable-next-line no-control-regex
  return clip(withoutSecrets(error.toWellFormed().replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()), ERROR_MAX);
}
