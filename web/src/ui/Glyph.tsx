import './glyph.css';
import type { JSX } from 'solid-js';

/** The frame of every state glyph: the caller draws the noun's outline and the state inside it. */
export function Glyph(props: { label: string; hue: string; class?: string; viewBox?: string; children: JSX.Element }) {
  return (
    <svg class={`glyph ${props.class ?? ''}`} style={{ color: `var(${props.hue})` }} viewBox={props.viewBox ?? '0 0 16 16'} role="img" aria-label={props.label}>
      {props.children}
    </svg>
  );
}
