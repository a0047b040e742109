import './tape.css';
import { createMemo, For } from 'solid-js';
import type { TranscriptKind } from '../graphql/generated/graphql.ts';

export interface Tick {
  kind: TranscriptKind;
  tool?: string | null | undefined;
}

type Mark = 'edit' | 'look' | 'speech' | 'fault';

const EDITS = /edit|write|patch|create|apply|notebook|str_replace/i;
const SHOWN = 64;

function markOf({ kind, tool }: Tick): Mark | null {
  if (kind === 'ERROR') return 'fault';
  if (kind === 'TOOL_CALL') return EDITS.test(tool ?? '') ? 'edit' : 'look';
  return kind === 'ASSISTANT' || kind === 'THINKING' || kind === 'RESULT' ? 'speech' : null;
}

/** A run's barcode, newest at the right: tall is an edit, middle a read or a command, low speech. */
export function Tape(props: { ticks: readonly Tick[]; live?: boolean }) {
  const marks = createMemo(() => props.ticks.flatMap((tick) => markOf(tick) ?? []).slice(-SHOWN));
  return (
    <span class="tape" data-live={props.live ? '' : undefined} role="img" aria-label={`Run tape, ${marks().length} marks: tall ticks are edits, middle ones reads and commands, low ones speech`}>
      <For each={marks()}>{(mark) => <i data-mark={mark} />}</For>
    </span>
  );
}
