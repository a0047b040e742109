import { money } from './format.ts';

/** Millionths of a dollar as a figure of a column. Unknown is a dash and is never shown as zero. */
export function Money(props: { micros: string | null | undefined; class?: string }) {
  return <span class={`num ${props.class ?? ''}`}>{money(props.micros) || '–'}</span>;
}
