import { For } from 'solid-js';

interface Part {
  text: string;
  isMatch: boolean;
}

/** A text as the server found it, with what was looked for made visible. */
export function Parts(props: { parts: readonly Part[] }) {
  return <For each={props.parts}>{(part) => (part.isMatch ? <b class="accent">{part.text}</b> : part.text)}</For>;
}

const BEFORE = 28;

/** From a little before the first match: in a line that is cut off at its end, the match must not be what is cut. */
export function startOf(parts: readonly Part[]): Part[] {
  const first = parts.findIndex((part) => part.isMatch);
  const before = parts.slice(0, Math.max(0, first)).map((part) => part.text).join('');
  if (before.length <= BEFORE) return [...parts];
  const tail = before.slice(-BEFORE);
  return [{ text: `…${tail.slice(tail.indexOf(' ') + 1)}`, isMatch: false }, ...parts.slice(first)];
}
