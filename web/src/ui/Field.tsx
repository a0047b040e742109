import './field.css';
import { createUniqueId, Show, splitProps, type JSX } from 'solid-js';
import { Icon } from './Icon.tsx';

interface FieldIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

/** Label above, help or mistake below, tied to the control by ids. The control is given those ids. */
export function Field(props: { label: string; help?: JSX.Element; error?: string | null; optional?: boolean; children: (ids: FieldIds) => JSX.Element }) {
  const id = createUniqueId();
  return (
    <div class="field">
      <label for={id}>
        {props.label}
        <Show when={props.optional}>
          <span class="t3"> optional</span>
        </Show>
      </label>
      {props.children({
        id,
        get 'aria-describedby'() {
          return props.error ? `${id}-error` : props.help ? `${id}-help` : undefined;
        },
        get 'aria-invalid'() {
          return props.error ? 'true' : undefined;
        },
      })}
      <Show
        when={props.error}
        fallback={
          <Show when={props.help}>
            <p class="field-help" id={`${id}-help`}>
              {props.help}
            </p>
          </Show>
        }
      >
        <p class="field-error" id={`${id}-error`} role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  );
}

export function TextInput(props: { onValue?: (value: string) => void } & JSX.InputHTMLAttributes<HTMLInputElement>) {
  const [mine, rest] = splitProps(props, ['onValue', 'class']);
  return <input type="text" autocomplete="off" class={`input ${mine.class ?? ''}`} onInput={(event) => mine.onValue?.(event.currentTarget.value)} {...rest} />;
}

/** Grows with its text up to twelve lines. */
export function TextArea(props: { onValue?: (value: string) => void } & JSX.TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const [mine, rest] = splitProps(props, ['onValue', 'class']);
  return <textarea class={`input area ${mine.class ?? ''}`} onInput={(event) => mine.onValue?.(event.currentTarget.value)} {...rest} />;
}

export interface Choice<V extends string = string> {
  value: V;
  label: string;
}

/** The platform's own select: one control that keyboard, screen reader and phone all know. */
export function Select<V extends string>(
  props: { value: V; choices: readonly Choice<V>[]; onValue: (value: V) => void; size?: 'normal' | 'small' } & Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, 'value'>,
) {
  const [mine, rest] = splitProps(props, ['value', 'choices', 'onValue', 'class', 'size']);
  return (
    <span class={`select ${mine.size ?? 'normal'} ${mine.class ?? ''}`}>
      <select onChange={(event) => mine.onValue(event.currentTarget.value as V)} {...rest}>
        {mine.choices.map((choice) => (
          <option value={choice.value} selected={choice.value === mine.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon name="updown" class="t3" />
    </span>
  );
}

/** On or off, at once. Where it is asked for first, `onChange` gives a promise: what was declined by its end goes back. */
export function Switch(props: { label: string; checked: boolean; onChange: (checked: boolean) => unknown; disabled?: boolean }) {
  const turn = (input: HTMLInputElement): void => {
    const asked = props.onChange(input.checked);
    if (asked instanceof Promise) {
      void asked.finally(() => {
        input.checked = props.checked;
      });
    }
  };
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={props.checked} disabled={props.disabled} onChange={(event) => turn(event.currentTarget)} />
      {props.label}
    </label>
  );
}
