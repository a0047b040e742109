import './dialog.css';
import './chooser.css';
import { Dialog as KDialog } from '@kobalte/core/dialog';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import type { PickerOption } from './Picker.tsx';
import { returnFocus } from './return-focus.ts';

export interface ChooserOption extends PickerOption {
  /** Listed, with its note as the reason, and not to be had. */
  disabled?: boolean;
}

/** One of several things, in the middle of the page: what a single key opens. Type to filter, arrows move, Enter picks. */
export function Chooser(props: { title: string; options: readonly ChooserOption[]; value?: string | null; onPick: (value: string) => void; onClose: () => void }) {
  const back = returnFocus(() => true);
  const [text, setText] = createSignal('');
  const [at, setAt] = createSignal(Math.max(0, props.options.findIndex((option) => option.value === props.value)));
  const shown = createMemo(() => props.options.filter((option) => option.label.toLowerCase().includes(text().trim().toLowerCase())));
  const pick = (index: number) => {
    const option = shown()[index];
    if (option && !option.disabled) props.onPick(option.value);
  };
  const step = (by: 1 | -1) => {
    const size = shown().length;
    for (let tries = 1; tries <= size; tries += 1) {
      const next = (at() + by * tries + size * tries) % size;
      if (!shown()[next]?.disabled) return setAt(next);
    }
    return undefined;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
      document.getElementById(`choice-${at()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      pick(at());
    }
  };
  return (
    <KDialog open onOpenChange={(open) => !open && props.onClose()}>
      <KDialog.Portal>
        <KDialog.Overlay class="dialog-veil" />
        <div class="dialog-place">
          <KDialog.Content class="dialog chooser" aria-label={props.title} onCloseAutoFocus={back}>
            <div class="chooser-head">
              <input
                role="combobox"
                aria-expanded="true"
                aria-controls="choices"
                aria-activedescendant={`choice-${at()}`}
                aria-label={props.title}
                placeholder={props.title}
                autocomplete="off"
                spellcheck={false}
                onInput={(event) => {
                  setText(event.currentTarget.value);
                  setAt(0);
                }}
                onKeyDown={onKey}
              />
              <Kbd>esc</Kbd>
            </div>
            <div id="choices" class="chooser-list" role="listbox" aria-label={props.title}>
              <For each={shown()} fallback={<p class="chooser-none t3">Nothing found.</p>}>
                {(option, index) => (
                  <div
                    id={`choice-${index()}`}
                    class="chooser-item"
                    role="option"
                    aria-selected={index() === at()}
                    aria-disabled={option.disabled ? 'true' : undefined}
                    onPointerMove={() => !option.disabled && setAt(index())}
                    onClick={() => pick(index())}
                  >
                    {option.glyph?.()}
                    <span class="cut">{option.label}</span>
                    <span class="end line">
                      <Show when={option.note}>
                        <span class="meta t3">{option.note}</span>
                      </Show>
                      <Show when={option.value === props.value}>
                        <Icon name="tick" label="now" />
                      </Show>
                    </span>
                  </div>
                )}
              </For>
            </div>
          </KDialog.Content>
        </div>
      </KDialog.Portal>
    </KDialog>
  );
}
