import './row.css';
import { splitProps, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

/** A line of a list. With `href` it is a link as a whole; focus and selection are the same thing. */
export function Row(props: { href?: string; selected?: boolean; class?: string; children: JSX.Element } & JSX.HTMLAttributes<HTMLElement>) {
  const [mine, rest] = splitProps(props, ['href', 'selected', 'class', 'children']);
  return (
    <Dynamic component={(mine.href ? 'a' : 'div') as 'a'} href={mine.href} class={`row ${mine.class ?? ''}`} data-selected={mine.selected ? '' : undefined} {...(rest as JSX.AnchorHTMLAttributes<HTMLAnchorElement>)}>
      {mine.children}
    </Dynamic>
  );
}
