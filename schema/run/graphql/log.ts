import { builder } from '../../builder.ts';
import { LogStreamEnum } from '../../shared/enums.ts';
import { badInput } from '../../shared/refusal.ts';
import type { LogChunk } from '../reads.ts';

export const RunLogChunk = builder.objectRef<LogChunk>('RunLogChunk').implement({
  description: 'A piece of what a run printed: up to 64 KiB of text, cut anywhere but inside a character. Lines are the reader\'s to join.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: 'Its place in the log, for `after`.', resolve: (chunk) => String(chunk.seq) }),
    stream: t.expose('stream', { type: LogStreamEnum, description: 'Where it comes from.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was read.' }),
    text: t.exposeString('text', { description: 'As printed, escapes and all; what is not UTF-8 shows as U+FFFD.' }),
  }),
});

export const RunLogPage = builder.objectRef<{ chunks: LogChunk[]; after: number; hasMore: boolean }>('RunLogPage').implement({
  description: 'A page of a log, oldest first.',
  fields: (t) => ({
    chunks: t.field({ type: [RunLogChunk], complexity: { field: 1, multiplier: 1 }, description: 'The chunks.', resolve: (page) => page.chunks }),
    endCursor: t.field({ type: 'Cursor', description: 'Where to go on: the last chunk\'s cursor, or what was asked when there is none.', resolve: (page) => String(page.chunks.at(-1)?.seq ?? page.after) }),
    hasMore: t.exposeBoolean('hasMore', { description: 'More is stored after this page.' }),
  }),
});

/** The number behind a log cursor; null when absent. */
export function logCursor(cursor: string | null | undefined): number | null {
  if (cursor === null || cursor === undefined) return null;
  if (!/^\d{1,9}$/.test(cursor)) throw badInput('after', 'is not a cursor of a log');
  return Number(cursor);
}
