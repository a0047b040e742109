import './properties.css';
import type { JSX } from 'solid-js';

/** Names and values in two columns, as they stand beside a page. */
export function Properties(props: { children: JSX.Element }) {
  return <dl class="properties">{props.children}</dl>;
}

export function Property(props: { name: string; children: JSX.Element }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd class="num">{props.children}</dd>
    </>
  );
}
