import './rail.css';
import { For, Show } from 'solid-js';

/** How much of a limit is used: petrol, then amber past the tick, then red when it is full. */
export function Rail(props: { value: number; max: number; tick?: number; label: string }) {
  const share = () => (props.max > 0 ? Math.min(1, props.value / props.max) : 0);
  const state = () => (share() >= 1 ? 'full' : share() >= (props.tick ?? 2) ? 'high' : 'fine');
  return (
    <span class="rail" role="meter" aria-label={props.label} aria-valuenow={props.value} aria-valuemin={0} aria-valuemax={props.max}>
      <i data-state={state()} style={{ width: `${share() * 100}%` }} />
      <Show when={props.tick}>{(tick) => <b style={{ left: `${tick() * 100}%` }} />}</Show>
    </span>
  );
}

export interface Part {
  label: string;
  value: number;
  color: string;
}

/** One bar in its parts; a part too small to see still gets a sliver, for it is not nothing. */
export function Meter(props: { parts: readonly Part[]; label: string }) {
  const shown = () => props.parts.filter((part) => part.value > 0);
  return (
    <span class="meter" role="img" aria-label={`${props.label}: ${shown().map((part) => `${part.value} ${part.label}`).join(', ') || 'none'}`}>
      <For each={shown()}>{(part) => <i style={{ 'flex-grow': part.value, background: part.color }} />}</For>
    </span>
  );
}
