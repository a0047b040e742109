import { Show, type JSX } from 'solid-js';

/** One thing to tick among several, or to take instead of the others, its whole line being the target. */
export function Tick(props: {
  type: 'checkbox' | 'radio';
  name: string;
  label: JSX.Element;
  note?: string | null | undefined;
  checked: boolean;
  disabled?: boolean;
  depth?: number;
  end?: JSX.Element;
  onChange: () => void;
}) {
  return (
    <label class="tick" classList={{ off: props.disabled ?? false }} style={{ '--depth': props.depth ?? 0 }}>
      <input type={props.type} name={props.name} checked={props.checked} disabled={props.disabled} onChange={() => props.onChange()} />
      <span class="tick-words">
        {props.label}
        <Show when={props.note}>
          <span class="tick-note">{props.note}</span>
        </Show>
      </span>
      {props.end}
    </label>
  );
}
