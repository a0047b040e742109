import './picker.css';
import { createMemo, createSignal, createUniqueId, For, Show, type JSX } from 'solid-js';
import { createAnchored } from './anchored.ts';
import { Icon } from './Icon.tsx';

export interface PickerOption {
  value: string;
  label: string;
  glyph?: () => JSX.Element;
  note?: string;
}

/**
 * A choice among things with faces: agents, projects, labels, states. Opens a list that one filters by typing; arrows move,
 * Enter picks. With `multiple` it stays open and toggles.
 */
export function Picker(props: {
  label: string;
  options: readonly PickerOption[];
  values: readonly string[];
  onPick: (value: string) => void;
  /** What the closed picker shows. */
  face: JSX.Element;
  /** What the face says, where that is not the label of what is chosen. */
  faceText?: string | undefined;
  multiple?: boolean;
  /** Without it, few options need no filter. */
  filter?: boolean;
  /** Offers to make what was typed and not found. */
  onCreate?: (text: string) => void;
  createLabel?: (text: string) => string;
  look?: 'chip' | 'input';
  disabled?: boolean;
}) {
  const id = createUniqueId();
  const [text, setText] = createSignal('');
  const [at, setAt] = createSignal(0);
  const wanted = () => text().trim();
  const shown = createMemo(() => {
    const part = wanted().toLowerCase();
    return part === '' ? props.options : props.options.filter((option) => option.label.toLowerCase().includes(part));
  });
  const canCreate = () => props.onCreate !== undefined && wanted() !== '' && !props.options.some((option) => option.label.toLowerCase() === wanted().toLowerCase());
  /** The face may be glyphs alone: what is chosen is said with the name. */
  const spoken = () => {
    const chosen = props.faceText ?? props.options.filter((option) => props.values.includes(option.value)).map((option) => option.label).join(', ');
    return chosen ? `${props.label}: ${chosen}` : props.label;
  };
  const size = () => shown().length + (canCreate() ? 1 : 0);

  const anchored = createAnchored({
    placement: 'bottom-start',
    onOpen: (box) => {
      setText('');
      setAt(Math.max(0, props.options.findIndex((option) => props.values.includes(option.value))));
      box.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
    },
  });
  const pick = (index: number) => {
    const option = shown()[index];
    if (option) props.onPick(option.value);
    else if (canCreate()) props.onCreate?.(wanted());
    else return;
    if (props.multiple) setText('');
    else anchored.hide();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && size() > 0) {
      event.preventDefault();
      setAt((before) => (before + step + size()) % size());
      document.getElementById(`${id}-${at()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      pick(at());
    } else if (event.key === 'Tab') anchored.hide();
  };

  return (
    <>
      <button
        ref={anchored.anchorRef}
        type="button"
        class={props.look === 'input' ? 'input picker-input' : 'button plain small picker-chip'}
        aria-label={spoken()}
        aria-haspopup="listbox"
        aria-expanded={anchored.open()}
        disabled={props.disabled}
        onClick={() => (anchored.open() ? anchored.hide() : anchored.show())}
      >
        {props.face}
        <Show when={props.look === 'input'}>
          <Icon name="updown" class="t3 end" />
        </Show>
      </button>
      <Show when={anchored.open()}>
        <div ref={anchored.boxRef} class="menu picker" role="group" aria-label={props.label} on:keydown={anchored.onKeyDown}>
          <input
            class="picker-filter"
            classList={{ unseen: props.filter === false }}
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={`${id}-${at()}`}
            aria-label={`Filter: ${props.label}`}
            placeholder={props.label}
            autocomplete="off"
            spellcheck={false}
            value={text()}
            onInput={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKey}
          />
          {/* A press on an option must not take the focus out of the box, which would close it before the click. */}
          <div id={`${id}-list`} class="picker-list" onMouseDown={(event) => event.preventDefault()} role="listbox" aria-label={props.label} aria-multiselectable={props.multiple ? 'true' : undefined}>
            <For each={shown()}>
              {(option, index) => (
                <div
                  id={`${id}-${index()}`}
                  class="menu-item"
                  role="option"
                  aria-selected={props.values.includes(option.value)}
                  data-highlighted={index() === at() ? '' : undefined}
                  onPointerMove={() => setAt(index())}
                  onClick={() => pick(index())}
                >
                  {option.glyph?.()}
                  <span class="cut">{option.label}</span>
                  <span class="menu-end">
                    <Show when={option.note}>
                      <span class="meta t3">{option.note}</span>
                    </Show>
                    <Show when={props.values.includes(option.value)}>
                      <Icon name="tick" />
                    </Show>
                  </span>
                </div>
              )}
            </For>
            <Show when={canCreate()}>
              <div
                id={`${id}-${shown().length}`}
                class="menu-item"
                role="option"
                aria-selected="false"
                data-highlighted={at() === shown().length ? '' : undefined}
                onPointerMove={() => setAt(shown().length)}
                onClick={() => pick(shown().length)}
              >
                <Icon name="plus" class="t3" />
                <span class="cut">{props.createLabel?.(wanted()) ?? `Create “${wanted()}”`}</span>
              </div>
            </Show>
            <Show when={size() === 0}>
              <p class="picker-none t3">{wanted() === '' ? 'Nothing to choose from yet.' : 'Nothing found.'}</p>
            </Show>
          </div>
        </div>
      </Show>
    </>
  );
}
