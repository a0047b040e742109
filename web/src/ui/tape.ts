import type { TranscriptKind } from '../graphql/generated/graphql.ts';

/** What a mark says: tall is an edit, middle a read or a command, low speech; a fault is tall and red. */
export type Mark = 'edit' | 'look' | 'speech' | 'fault';

export interface Tick {
  kind: TranscriptKind;
  tool?: string | null | undefined;
}

const EDITS = /edit|write|patch|create|apply|notebook|str_replace/i;

export function marksOf(ticks: readonly Tick[]): Mark[] {
  return ticks.flatMap(({ kind, tool }) => {
    if (kind === 'ERROR') return 'fault';
    if (kind === 'TOOL_CALL') return EDITS.test(tool ?? '') ? 'edit' : 'look';
    return kind === 'ASSISTANT' || kind === 'THINKING' || kind === 'RESULT' ? 'speech' : [];
  });
}

/** Of a program without a transcript: a mark for each time it printed, the taller the more. */
export function marksOfOutput(chunks: Iterable<{ readonly text: string; readonly stream: string }>): Mark[] {
  const marks: Mark[] = [];
  for (const { text, stream } of chunks) if (stream !== 'SYSTEM') marks.push(text.length > 2_000 ? 'edit' : text.length > 90 ? 'look' : 'speech');
  return marks;
}

const rank = { speech: 0, look: 1, edit: 2, fault: 3 } as const;

/** At most so many: neighbours share a mark, which is the highest of theirs. */
export function thinned(marks: readonly Mark[], most: number): Mark[] {
  const share = Math.ceil(marks.length / most);
  if (share <= 1) return [...marks];
  return Array.from({ length: Math.ceil(marks.length / share) }, (_, at) =>
    marks.slice(at * share, (at + 1) * share).reduce((highest, mark) => (rank[mark] > rank[highest] ? mark : highest)),
  );
}
