import { For } from 'solid-js';

/** A sentence of the server's in which `backticks` mark what is typed or named literally. */
export function Said(props: { text: string }) {
  return <For each={props.text.split('`')}>{(part, at) => (at() % 2 === 1 ? <code class="mono">{part}</code> : part)}</For>;
}
