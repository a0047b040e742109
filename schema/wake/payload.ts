import type { Prisma } from '../../prisma/generated/client.ts';
import { clip } from '../shared/text.ts';

/** How much of comments a run is told inline; the agent fetches the rest. */
export const INLINE = { comments: 8, perComment: 4_000, inAll: 12_000 } as const;
/** Wakes that a run remembers of those that it answers. */
export const WAKES_MAX = 20;

type Payload = Prisma.InputJsonObject;
export interface StoredWake { reason: string; source: string; payload: Payload }

/** The comments that a payload carries, oldest first: those of merged wakes, then its own. */
function commentsOf(payload: Payload): Payload[] {
  const earlier = Array.isArray(payload['comments']) ? (payload['comments'] as Payload[]) : [];
  const own = payload['commentId'] === undefined ? [] : [{ commentId: payload['commentId'], ...(payload['body'] === undefined ? {} : { body: payload['body'] }) } as Payload];
  return [...earlier.filter((each) => each['commentId'] !== payload['commentId']), ...own];
}

/** One payload for two wakes that wait together: the later one's words count, and no comment of the earlier is lost. */
export function mergePayloads(earlier: Payload, later: Payload): Payload {
  const comments = [...commentsOf(earlier), ...commentsOf(later)];
  const merged = { ...earlier, ...later };
  return comments.length > 1 ? { ...merged, comments: withinLimits(comments) } : merged;
}

/** The newest comments with their words, as far as there is room; of older ones the ids alone. */
function withinLimits(comments: Payload[]): Payload[] {
  let room: number = INLINE.inAll;
  let count = 0;
  return comments.toReversed().map(({ body, ...rest }) => {
    count += 1;
    if (typeof body !== 'string' || count > INLINE.comments || room < 100) return rest;
    const text = clip(body, Math.min(INLINE.perComment, room));
    room -= text.length;
    return { ...rest, body: text };
  }).toReversed();
}

/** The wakes that a run answers, with one more; all comments in them together keep to the limits. */
export function addWake(context: Prisma.JsonValue, wake: { reason: string; source: string; payload?: Payload | undefined }): Payload {
  const before = (context as { wakes?: StoredWake[] } | null)?.wakes ?? [];
  const wakes = [...before, { reason: wake.reason, source: wake.source, payload: wake.payload ?? {} }].slice(-WAKES_MAX);
  let room: number = INLINE.inAll;
  let count = 0;
  const told = wakes.toReversed().map(({ payload, ...rest }) => {
    const bounded = bound(payload, INLINE.comments - count, room);
    count += bounded.count;
    room -= bounded.length;
    return { ...rest, payload: bounded.payload };
  });
  return { ...(context as object), wakes: told.toReversed() } as Payload;
}

/** A payload with at most so many comments' words, and the characters that they take. */
function bound(payload: Payload, most: number, room: number): { payload: Payload; count: number; length: number } {
  let count = 0;
  let length = 0;
  const told = (part: Payload): Payload => {
    const { body, ...rest } = part;
    if (typeof body !== 'string') return part;
    if (count >= most || room - length < 100) return rest;
    const text = clip(body, Math.min(INLINE.perComment, room - length));
    count += 1;
    length += text.length;
    return { ...rest, body: text };
  };
  const own = told(payload);
  const { comments } = payload;
  if (!Array.isArray(comments)) return { payload: own, count, length };
  // The payload's own comment is the last of them: its words are told once.
  const earlier = (comments as Payload[]).filter((each) => each['commentId'] !== payload['commentId']).toReversed().map(told).toReversed();
  return { payload: earlier.length > 0 ? { ...own, comments: earlier } : own, count, length };
}
