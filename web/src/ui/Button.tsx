import './button.css';
import { Show, splitProps, type JSX } from 'solid-js';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import type { IconName } from './icons.ts';

export interface ButtonLook {
  /** One primary per card or page; ghost for the way out; danger for what cannot be taken back. */
  kind?: 'plain' | 'primary' | 'ghost' | 'danger' | 'danger-solid';
  size?: 'normal' | 'small';
  icon?: IconName;
  /** The key that does the same, printed on the button; hidden on touch. */
  kbd?: string;
}

export type ButtonProps = ButtonLook & { pending?: boolean } & JSX.ButtonHTMLAttributes<HTMLButtonElement>;

const looks = ['kind', 'size', 'icon', 'kbd', 'class', 'children'] as const;

function classOf(look: ButtonLook & { class?: string }): string {
  return `button ${look.kind ?? 'plain'} ${look.size ?? 'normal'} ${look.class ?? ''}`;
}

function Face(props: ButtonLook & { children?: JSX.Element }) {
  return (
    <>
      <Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>
      {props.children}
      <Show when={props.kbd}>{(key) => <Kbd>{key()}</Kbd>}</Show>
    </>
  );
}

/** While `pending`, it keeps its width and words and takes no second press. */
export function Button(props: ButtonProps) {
  const [look, mine, rest] = splitProps(props, looks, ['pending', 'disabled']);
  return (
    <button type="button" class={classOf(look)} aria-busy={mine.pending ? 'true' : undefined} disabled={mine.disabled || mine.pending} {...rest}>
      <Face {...look} />
    </button>
  );
}

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink(props: ButtonLook & JSX.AnchorHTMLAttributes<HTMLAnchorElement>) {
  const [look, rest] = splitProps(props, looks);
  return (
    <a class={classOf(look)} {...rest}>
      <Face {...look} />
    </a>
  );
}
