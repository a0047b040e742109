import './state.css';
import type { JSX } from 'solid-js';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';

/** One line with an icon across a page: offline, denied, read only, archived, a warning with its way out. */
export function Notice(props: { icon: IconName; tone?: 'plain' | 'warn' | 'bad'; action?: JSX.Element; children: JSX.Element }) {
  return (
    <div class={`notice ${props.tone ?? 'plain'}`} role="status">
      <Icon name={props.icon} />
      <span class="fill">{props.children}</span>
      {props.action}
    </div>
  );
}
