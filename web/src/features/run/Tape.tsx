import { For } from 'solid-js';
import type { Tick } from './transcript/tape.ts';

const heights = { tall: 14, middle: 9, small: 6, low: 4 } as const;
const inks = { tall: 1, middle: 0.75, small: 0.5, low: 0.35 } as const;
const STEP = 5;
/** Fewer ticks leave room at the right: a run that has just begun is short. */
const LEAST = 120;

/** The run's barcode: tall = edit, middle = read or command, low = speech. */
export function Tape(props: { ticks: readonly Tick[]; live: boolean }) {
  const wide = () => Math.max(LEAST, props.ticks.length) * STEP;
  return (
    <svg
      class="tape"
      classList={{ off: !props.live }}
      viewBox={`0 0 ${wide()} 14`}
      preserveAspectRatio="none"
      role="img"
      aria-label="Run tape: tall ticks are edits, medium are reads and commands, low are messages"
    >
      <For each={props.ticks}>
        {(tick, at) => (
          <rect
            x={at() * STEP}
            y={(14 - heights[tick.height]) / 2}
            width={tick.height === 'low' ? 4 : 2}
            height={heights[tick.height]}
            opacity={inks[tick.height]}
            fill={tick.failed ? 'var(--bad)' : 'currentColor'}
          />
        )}
      </For>
    </svg>
  );
}
