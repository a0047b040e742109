import { Show, type JSX } from 'solid-js';
import { Glyph } from './Glyph.tsx';

export type DecisionState = 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'REVISION' | 'EXPIRED';

const open = () => <path class="o" d="M8 1.8 14.2 8 8 14.2 1.8 8z" />;
const solid = () => <path class="f" d="M8 .8 15.2 8 8 15.2.8 8z" />;

const looks: Record<DecisionState, { label: string; hue: string; draw: () => JSX.Element }> = {
  PENDING: { label: 'Pending', hue: '--decision-pending', draw: () => <>{open()}<circle class="f" cx="8" cy="8" r="1.9" /></> },
  ACCEPTED: { label: 'Accepted', hue: '--decision-accepted', draw: () => <>{solid()}<path class="c" d="M5.5 8.2l1.8 1.8 3.3-3.9" /></> },
  REJECTED: { label: 'Rejected', hue: '--decision-rejected', draw: () => <>{solid()}<path class="c" d="M6 6l4 4M10 6l-4 4" /></> },
  REVISION: {
    label: 'Revise',
    hue: '--decision-revision',
    draw: () => <>{open()}<path class="o" style={{ 'stroke-width': '1.2' }} d="M10.5 9.8c0-1.8-1-2.6-4.3-2.6M7.6 5.6 6 7.2l1.6 1.6" /></>,
  },
  EXPIRED: { label: 'Expired', hue: '--decision-expired', draw: () => <path class="o" stroke-dasharray="2 2" d="M8 1.8 14.2 8 8 14.2 1.8 8z" /> },
};

/** Decisions are diamonds. */
export function DecisionGlyph(props: { state: DecisionState; class?: string }) {
  return (
    <Show when={looks[props.state]} keyed>
      {(look) => <Glyph label={look.label} hue={look.hue} class={props.class}>{look.draw()}</Glyph>}
    </Show>
  );
}
