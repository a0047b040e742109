import { Show } from 'solid-js';
import { useMinutes, useSeconds } from './clock.ts';
import { age, clock, duration, moment, soonOf } from './format.ts';
import { tip } from './Tooltip.tsx';

/** "38m", the whole moment on hover: a relative time never stands alone. */
export function Ago(props: { at: string; class?: string }) {
  const now = useMinutes();
  return (
    <time class={`num ${props.class ?? ''}`} dateTime={props.at} {...tip(moment(props.at))}>
      {age(props.at, now())}
    </time>
  );
}

/** "18:33" of today, else "21 Nov, 18:33": when something was or will be, where an age would not do. */
export function At(props: { at: string; class?: string }) {
  const now = useMinutes();
  return (
    <time class={`num ${props.class ?? ''}`} dateTime={props.at} {...tip(moment(props.at))}>
      {soonOf(props.at, now())}
    </time>
  );
}

/** A clock that runs until `until` is there. */
export function Elapsed(props: { since: string; until?: string | null; class?: string }) {
  return (
    <Show when={props.until} fallback={<Running since={props.since} class={props.class} />}>
      {(until) => <span class={`num ${props.class ?? ''}`}>{clock(Date.parse(until()) - Date.parse(props.since))}</span>}
    </Show>
  );
}

function Running(props: { since: string; class?: string }) {
  const now = useSeconds();
  return <span class={`num ${props.class ?? ''}`}>{clock(now() - Date.parse(props.since))}</span>;
}

/** A span that has ended, in words: "18 min". */
export function Duration(props: { ms: number; class?: string }) {
  return <span class={`num ${props.class ?? ''}`}>{duration(props.ms)}</span>;
}
