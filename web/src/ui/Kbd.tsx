import './kbd.css';
import type { JSX } from 'solid-js';

export function Kbd(props: { children: JSX.Element }) {
  return <kbd class="kbd">{props.children}</kbd>;
}
