import './tape.css';
import { createMemo, Index } from 'solid-js';
import { marksOf, thinned, type Mark, type Tick } from './tape.ts';

const STEP = 5;
/** On a card: the newest, as many as fit. */
const SHOWN = 64;
/** Of a whole run: all of it, thinned. */
const WHOLE = 220;

const shapes: Record<Mark, { width: number; height: number; opacity: number }> = {
  edit: { width: 2, height: 14, opacity: 1 },
  fault: { width: 2, height: 14, opacity: 1 },
  look: { width: 2, height: 9, opacity: 0.75 },
  speech: { width: 4, height: 4, opacity: 0.35 },
};

/** A run's barcode, newest at the right. Give it `ticks` of a transcript, or `marks` made otherwise. */
export function Tape(props: { ticks?: readonly Tick[]; marks?: readonly Mark[]; live?: boolean; whole?: boolean }) {
  const all = createMemo(() => props.marks ?? marksOf(props.ticks ?? []));
  const marks = createMemo(() => (props.whole ? thinned(all(), WHOLE) : all().slice(-SHOWN)));
  /** Its own width where there is room, so that a run that has just begun is short; else it shrinks. */
  const wide = () => Math.max(1, marks().length) * STEP;
  return (
    <svg
      class="tape"
      data-live={props.live ? '' : undefined}
      style={{ width: `${wide()}px` }}
      viewBox={`0 0 ${wide()} 14`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Run tape, ${all().length} marks: tall ticks are edits, middle ones reads and commands, low ones speech`}
    >
      <Index each={marks()}>
        {(mark, at) => (
          <rect
            x={at * STEP}
            y={(14 - shapes[mark()].height) / 2}
            width={shapes[mark()].width}
            height={shapes[mark()].height}
            opacity={shapes[mark()].opacity}
            data-mark={mark()}
          />
        )}
      </Index>
    </svg>
  );
}
