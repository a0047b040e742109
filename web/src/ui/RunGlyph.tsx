import { Show, type JSX } from 'solid-js';
import { Glyph } from './Glyph.tsx';
import type { RunStatus } from '../graphql/generated/graphql.ts';

interface Look {
  label: string;
  hue: string;
  draw: () => JSX.Element;
}

const open = () => <rect class="o" x="2.25" y="2.25" width="11.5" height="11.5" rx="2.6" />;
const solid = () => <rect class="f" x="1.5" y="1.5" width="13" height="13" rx="3" />;

/** Runs are square. */
export const runLooks: Record<RunStatus, Look> = {
  QUEUED: { label: 'Queued', hue: '--run-queued', draw: () => <>{open()}<path class="o" d="M8 5v3.2l2 1.3" /></> },
  SCHEDULED_RETRY: {
    label: 'Retry scheduled',
    hue: '--run-scheduled-retry',
    draw: () => <>{open()}<path class="o" style={{ 'stroke-width': '1.3' }} d="M10.6 8.6A2.7 2.7 0 1 1 9.7 6M10.2 4.4l-.3 1.9-1.9-.2" /></>,
  },
  RUNNING: { label: 'Running', hue: '--run-running', draw: () => <>{open()}<path class="f pulse" d="M6.3 5 11 8l-4.7 3z" /></> },
  SUCCEEDED: { label: 'Succeeded', hue: '--run-succeeded', draw: () => <>{open()}<path class="o" d="M5.3 8.2l1.9 1.9 3.5-4.1" /></> },
  INTERRUPTED: {
    label: 'Interrupted',
    hue: '--run-interrupted',
    draw: () => <>{solid()}<rect x="5.5" y="5.5" width="5" height="5" fill="var(--cut)" /></>,
  },
  FAILED: { label: 'Failed', hue: '--run-failed', draw: () => <>{solid()}<path class="c" d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" /></> },
  CANCELLED: { label: 'Cancelled', hue: '--run-cancelled', draw: () => <>{open()}<path class="o" d="M5.5 10.5l5-5" /></> },
  TIMED_OUT: { label: 'Timed out', hue: '--run-timed-out', draw: () => <>{open()}<path class="f" d="M5.5 4.8h5L8 8l2.5 3.2h-5L8 8z" /></> },
};

export function runStatusLabel(status: RunStatus): string {
  return runLooks[status].label;
}

export function RunGlyph(props: { status: RunStatus; class?: string }) {
  return (
    <Show when={runLooks[props.status]} keyed>
      {(look) => <Glyph label={look.label} hue={look.hue} class={props.class}>{look.draw()}</Glyph>}
    </Show>
  );
}
