import { toolOf, type Entry } from './entry.ts';

/** One tick of a run's barcode: tall for an edit, middle for a read or a command, low for speech; failures keep their height. */
export interface Tick {
  readonly height: 'tall' | 'middle' | 'small' | 'low';
  readonly failed: boolean;
}

/** More ticks than this are drawn as one where they stand close. */
const MOST = 240;
const rank = { low: 0, small: 1, middle: 2, tall: 3 } as const;

/** Only what a tape is made of. */
export type TapeEntry = Pick<Entry, 'kind' | 'tool' | 'isError' | 'toolCallId'>;

export function tapeOf(entries: readonly TapeEntry[]): Tick[] {
  const failed = new Set(entries.flatMap((entry) => (entry.kind === 'TOOL_RESULT' && entry.isError && entry.toolCallId ? [entry.toolCallId] : [])));
  const ticks: Tick[] = [];
  for (const entry of entries) {
    if (entry.kind === 'TOOL_CALL') {
      const { purpose } = toolOf(entry.tool);
      ticks.push({ height: purpose === 'edit' ? 'tall' : purpose === 'other' ? 'small' : 'middle', failed: failed.has(entry.toolCallId ?? '') });
    } else if (entry.kind === 'ASSISTANT') ticks.push({ height: 'low', failed: false });
    else if (entry.kind === 'THINKING') ticks.push({ height: 'small', failed: false });
    else if (entry.kind === 'ERROR') ticks.push({ height: 'tall', failed: true });
  }
  return thin(ticks);
}

/** Of a program without a transcript: a tick for each time it printed, the taller the more. */
export function tapeOfOutput(chunks: Iterable<{ readonly text: string; readonly stream: string }>): Tick[] {
  const ticks: Tick[] = [];
  for (const { text, stream } of chunks) {
    if (stream === 'SYSTEM') continue;
    ticks.push({ height: text.length > 4_000 ? 'tall' : text.length > 200 ? 'middle' : text.length > 60 ? 'small' : 'low', failed: false });
  }
  return thin(ticks);
}

/** Neighbours share a tick, which shows the most of them. */
function thin(ticks: readonly Tick[]): Tick[] {
  const share = Math.ceil(ticks.length / MOST);
  if (share <= 1) return [...ticks];
  return Array.from({ length: Math.ceil(ticks.length / share) }, (_, at) =>
    ticks.slice(at * share, (at + 1) * share).reduce((most, tick) => ({
      height: rank[tick.height] > rank[most.height] ? tick.height : most.height,
      failed: most.failed || tick.failed,
    })),
  );
}
