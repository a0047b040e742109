import './button.css';
import { splitProps, type JSX } from 'solid-js';
import { Icon } from './Icon.tsx';
import { tip } from './Tooltip.tsx';
import type { IconName } from './icons.ts';

/** A square button. Its name is always there: read aloud, and shown on hover and focus with the key that does the same. */
export function IconButton(
  props: { icon: IconName; label: string; kbd?: string; size?: 'normal' | 'small'; pressed?: boolean } & JSX.ButtonHTMLAttributes<HTMLButtonElement>,
) {
  const [mine, rest] = splitProps(props, ['icon', 'label', 'kbd', 'size', 'pressed', 'class']);
  return (
    <button
      type="button"
      class={`button ghost square ${mine.size ?? 'small'} ${mine.class ?? ''}`}
      aria-label={mine.label}
      aria-pressed={mine.pressed}
      {...tip(mine.label, mine.kbd)}
      {...rest}
    >
      <Icon name={mine.icon} />
    </button>
  );
}
