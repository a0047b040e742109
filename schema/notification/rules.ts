import { clip } from '../shared/text.ts';

/** The topic that is poked when there is a message to send. */
export const NOTIFICATIONS = 'notifications';

const TEXT_MAX = 500;

type Plain = string | number | boolean | null | undefined | Plain[] | { [key: string]: Plain };

/** What is told, with each text in it cut to what a message has room for. */
export function clippedPayload<Payload extends object>(payload: Payload): Payload {
  return clipped(payload as Plain) as Payload;
}

function clipped(value: Plain): Plain {
  if (typeof value === 'string') return clip(value, TEXT_MAX);
  if (Array.isArray(value)) return value.map(clipped);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clipped(each)]));
}
