import { Show } from 'solid-js';
import { Select, TextInput } from '../../ui/Field.tsx';
import { dayKey, RANGES, type RangeKey } from './range.ts';

export interface Ranged {
  key: RangeKey;
  from: string | undefined;
  to: string | undefined;
  set: (part: { range?: RangeKey; from?: string; to?: string }) => void;
}

export function RangeChooser(props: { range: Ranged; class?: string }) {
  return <Select size="small" class={props.class ?? ''} aria-label="Days" value={props.range.key} choices={RANGES} onValue={(range) => props.range.set({ range })} />;
}

/** First and last day of a span of one's own; why it makes no sense, where it does not. */
export function CustomRange(props: { range: Ranged; problem: string | undefined; now: number }) {
  return (
    <Show when={props.range.key === 'custom'}>
      <div class="cost-custom">
        <label>
          <span class="meta t3">From</span>
          <TextInput type="date" value={props.range.from ?? ''} max={dayKey(props.now)} onValue={(from) => props.range.set({ from })} />
        </label>
        <label>
          <span class="meta t3">to</span>
          <TextInput type="date" value={props.range.to ?? ''} min={props.range.from} max={dayKey(props.now)} onValue={(to) => props.range.set({ to })} />
        </label>
        <span class="meta t3">days in UTC</span>
        <span class="meta bad" role="alert">
          {props.problem}
        </span>
      </div>
    </Show>
  );
}
