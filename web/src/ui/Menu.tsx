import './menu.css';
import { For, Show, type JSX } from 'solid-js';
import { createAnchored, type Placement } from './anchored.ts';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import type { IconName } from './icons.ts';

export interface MenuItem {
  label: string;
  icon?: IconName | undefined;
  glyph?: JSX.Element;
  kbd?: string | undefined;
  note?: string | undefined;
  danger?: boolean;
  checked?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

/** Items in groups; a line between groups. Every item has words: an icon alone says nothing. */
export function Menu(props: { label: string; trigger: JSX.Element; triggerClass?: string; groups: readonly (readonly MenuItem[])[]; placement?: Placement }) {
  const items = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('.menu-item:not([aria-disabled])')];
  let box: HTMLElement | undefined;
  const anchored = createAnchored({
    placement: props.placement ?? 'bottom-start',
    onOpen: (element) => {
      box = element;
      items(element)[0]?.focus({ preventScroll: true });
    },
  });
  const onKey = (event: KeyboardEvent) => {
    anchored.onKeyDown(event);
    if (!box || event.defaultPrevented) return;
    const all = items(box);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const go = (to: number) => {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    };
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
    else if (event.key === 'Tab') anchored.hide();
    else if (event.key.length === 1 && event.key !== ' ') {
      // A letter goes to the next item that begins with it.
      const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      after.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  };
  const select = (item: MenuItem) => {
    if (item.disabled) return;
    anchored.hide();
    item.onSelect();
  };

  return (
    <>
      <button
        ref={anchored.anchorRef}
        type="button"
        class={props.triggerClass ?? 'button ghost small'}
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={anchored.open()}
        data-expanded={anchored.open() ? '' : undefined}
        onClick={() => (anchored.open() ? anchored.hide() : anchored.show())}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          anchored.show();
        }}
      >
        {props.trigger}
      </button>
      <Show when={anchored.open()}>
        <div ref={anchored.boxRef} class="menu" role="menu" aria-label={props.label} on:keydown={onKey}>
          <For each={props.groups.filter((group) => group.length > 0)}>
            {(group, at) => (
              <>
                <Show when={at() > 0}>
                  <hr class="menu-rule" />
                </Show>
                <For each={group}>{(item) => <Item item={item} onSelect={() => select(item)} />}</For>
              </>
            )}
          </For>
        </div>
      </Show>
    </>
  );
}

function Item(props: { item: MenuItem; onSelect: () => void }) {
  return (
    <button
      type="button"
      class="menu-item"
      role={props.item.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={props.item.checked}
      aria-disabled={props.item.disabled ? 'true' : undefined}
      data-danger={props.item.danger ? '' : undefined}
      tabIndex={-1}
      onPointerMove={(event) => !props.item.disabled && event.currentTarget.focus({ preventScroll: true })}
      onClick={() => props.onSelect()}
    >
      <Show when={props.item.icon} fallback={props.item.glyph}>
        {(icon) => <Icon name={icon()} class="t3" />}
      </Show>
      <span class="cut">{props.item.label}</span>
      <span class="menu-end">
        <Show when={props.item.note}>
          <span class="meta t3">{props.item.note}</span>
        </Show>
        <Show when={props.item.kbd}>{(key) => <Kbd>{key()}</Kbd>}</Show>
        <Show when={props.item.checked}>
          <Icon name="tick" />
        </Show>
      </span>
    </button>
  );
}
