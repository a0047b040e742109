import './follow-bar.css';
import { Show, type JSX } from 'solid-js';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { plural } from '../../ui/format.ts';

/** Below what grows: whether it is followed, the way back to its end, the keys that work in it, how much there is. */
export function FollowBar(props: {
  live: boolean;
  /** All there will be is here. */
  complete: boolean;
  following: boolean;
  unseen: number;
  unit: string;
  onFollow: () => void;
  total: string;
  /** What keeps it from growing, said while it lasts. */
  trouble?: string | undefined;
  keys?: JSX.Element;
}) {
  return (
    <footer class="follow-bar">
      <Show
        when={props.following}
        fallback={
          <button type="button" class="follow" onClick={() => props.onFollow()}>
            <Icon name="down" />
            <span aria-live="polite">{props.unseen ? `${plural(props.unseen, props.unit)}, jump to end` : 'Jump to end'}</span>
          </button>
        }
      >
        <span class="follow" classList={{ still: !props.live }}>
          <Icon name="down" />
          {props.live ? 'Following' : props.complete ? 'At the end' : 'Catching up'}
        </span>
        <Show when={props.live && !props.trouble}>
          <span class="t3 wide-only">Scroll up to stop following</span>
        </Show>
      </Show>
      <Show when={props.trouble}>
        <span class="warn" role="status">
          {props.trouble}
        </span>
      </Show>
      <span class="fill" />
      <span class="follow-keys wide-only">{props.keys}</span>
      <span class="num t3">{props.total}</span>
    </footer>
  );
}

FollowBar.Key = function Key(props: { name: string; children: JSX.Element }) {
  return (
    <span>
      <Kbd>{props.name}</Kbd> {props.children}
    </span>
  );
};
