import './menu.css';
import { For, Show, type JSX } from 'solid-js';
import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import type { IconName } from './icons.ts';

export interface MenuItem {
  label: string;
  icon?: IconName;
  glyph?: JSX.Element;
  kbd?: string;
  note?: string;
  danger?: boolean;
  checked?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

/** Items in groups; a line between groups. Every item has words: an icon alone says nothing. */
export function Menu(props: { label: string; trigger: JSX.Element; triggerClass?: string; groups: readonly (readonly MenuItem[])[]; placement?: 'bottom-start' | 'bottom-end' | 'top-start' }) {
  return (
    <DropdownMenu placement={props.placement ?? 'bottom-start'} gutter={4}>
      <DropdownMenu.Trigger class={props.triggerClass ?? 'button ghost small'} aria-label={props.label}>
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu">
          <For each={props.groups.filter((group) => group.length > 0)}>
            {(group, at) => (
              <>
                <Show when={at() > 0}>
                  <DropdownMenu.Separator class="menu-rule" />
                </Show>
                <For each={group}>{(item) => <Item {...item} />}</For>
              </>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

function Item(props: MenuItem) {
  return (
    <DropdownMenu.Item class="menu-item" data-danger={props.danger ? '' : undefined} disabled={props.disabled} onSelect={() => props.onSelect()}>
      <Show when={props.icon} fallback={props.glyph}>
        {(icon) => <Icon name={icon()} class="t3" />}
      </Show>
      <span class="cut">{props.label}</span>
      <span class="menu-end">
        <Show when={props.note}>
          <span class="meta t3">{props.note}</span>
        </Show>
        <Show when={props.kbd}>{(key) => <Kbd>{key()}</Kbd>}</Show>
        <Show when={props.checked}>
          <Icon name="tick" label="chosen" />
        </Show>
      </span>
    </DropdownMenu.Item>
  );
}
