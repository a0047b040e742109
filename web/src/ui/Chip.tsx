import './chip.css';
import type { JSX } from 'solid-js';

export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad' | 'ask';

/** A state said in a word, with its glyph. Plain text needs no chip. */
export function Chip(props: { tone?: Tone; title?: string; class?: string; children: JSX.Element }) {
  return (
    <span class={`chip ${props.tone ?? 'plain'} ${props.class ?? ''}`} title={props.title}>
      {props.children}
    </span>
  );
}

/** A label with its colour as a small square: the words stay in text ink, so every colour is readable. */
export function LabelChip(props: { name: string; color: string }) {
  return (
    <span class="chip label" style={{ '--label': props.color }}>
      <span class="cut">{props.name}</span>
    </span>
  );
}
