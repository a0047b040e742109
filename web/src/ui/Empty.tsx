import './state.css';
import { Show, type JSX } from 'solid-js';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';

/** Says what this is and the good first one. */
export function Empty(props: { icon: IconName; title: string; children?: JSX.Element; actions?: JSX.Element }) {
  return (
    <div class="state">
      <Icon name={props.icon} class="t3" />
      <b>{props.title}</b>
      <Show when={props.children}>
        <p class="t2">{props.children}</p>
      </Show>
      <Show when={props.actions}>
        <div class="state-actions">{props.actions}</div>
      </Show>
    </div>
  );
}
