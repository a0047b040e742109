import './row.css';
import { Show, type JSX } from 'solid-js';
import { Icon } from './Icon.tsx';

/** Heads a group of rows: fold, glyph, name, count, a sum at the right. */
export function GroupHeader(props: {
  name: string;
  glyph?: JSX.Element;
  count?: number | string;
  sum?: JSX.Element;
  open?: boolean;
  onToggle?: () => void;
}) {
  return (
    <div class="group-header">
      <button type="button" class="group-fold" aria-expanded={props.open !== false} onClick={() => props.onToggle?.()}>
        <Icon name={props.open === false ? 'right' : 'down'} />
        {props.glyph}
        <span>{props.name}</span>
        <Show when={props.count !== undefined}>
          <span class="group-count num">{props.count}</span>
        </Show>
      </button>
      <span class="group-sum num">{props.sum}</span>
    </div>
  );
}
