import { Show } from 'solid-js';
import { Glyph } from './Glyph.tsx';
import type { Priority } from '../graphql/generated/graphql.ts';

const looks: Record<Priority, { label: string; hue: string; bars: number }> = {
  CRITICAL: { label: 'Critical', hue: '--priority-critical', bars: 0 },
  HIGH: { label: 'High', hue: '--priority-high', bars: 3 },
  MEDIUM: { label: 'Medium', hue: '--priority-medium', bars: 2 },
  LOW: { label: 'Low', hue: '--priority-low', bars: 1 },
};

export function priorityLabel(priority: Priority): string {
  return looks[priority].label;
}

/** Rising bars; critical breaks the pattern on purpose. */
export function PriorityGlyph(props: { priority: Priority; class?: string }) {
  return (
    <Show when={looks[props.priority]} keyed>
      {(look) => (
        <Glyph label={`${look.label} priority`} hue={look.hue} class={props.class}>
          <Show when={look.bars > 0} fallback={<path class="o" style={{ 'stroke-width': '2.4' }} d="M3.5 8 8 3.5 12.5 8M3.5 13 8 8.5 12.5 13" />}>
            <rect class="f" x="2.2" y="9.5" width="3" height="4" rx=".8" />
            <rect class="f" x="6.5" y="6.3" width="3" height="7.2" rx=".8" opacity={look.bars > 1 ? undefined : 0.28} />
            <rect class="f" x="10.8" y="3.1" width="3" height="10.4" rx=".8" opacity={look.bars > 2 ? undefined : 0.28} />
          </Show>
        </Glyph>
      )}
    </Show>
  );
}
