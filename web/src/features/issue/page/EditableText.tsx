import { createSignal, onMount, Show, type JSX } from 'solid-js';
import { Button } from '../../../ui/Button.tsx';

/** Text that is read until somebody edits it. Saving is asked to say whether it worked; a draft that did not stays. */
export function EditableText(props: {
  label: string;
  value: string;
  multiline?: boolean;
  disabled?: boolean;
  /** Given where something else may open the editor too. */
  editing?: boolean;
  onEditing?: (editing: boolean) => void;
  onSave: (value: string) => Promise<boolean>;
  children: (edit: () => void) => JSX.Element;
}) {
  const [mine, setMine] = createSignal(false);
  const set = (on: boolean) => {
    setMine(on);
    props.onEditing?.(on);
  };
  return (
    <Show when={props.editing ?? mine()} fallback={props.children(() => !props.disabled && set(true))}>
      <Editor label={props.label} value={props.value} multiline={props.multiline ?? false} onSave={props.onSave} onDone={() => set(false)} />
    </Show>
  );
}

function Editor(props: { label: string; value: string; multiline: boolean; onSave: (value: string) => Promise<boolean>; onDone: () => void }) {
  const [text, setText] = createSignal(props.value);
  const [pending, setPending] = createSignal(false);
  let field!: HTMLTextAreaElement;
  onMount(() => {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
  const save = async () => {
    if (text().trim() === props.value.trim()) return props.onDone();
    setPending(true);
    const done = await props.onSave(text().trim());
    setPending(false);
    if (done) props.onDone();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.onDone();
    else if (event.key === 'Enter' && !event.isComposing && (!props.multiline || event.metaKey || event.ctrlKey)) void save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="editor" classList={{ single: !props.multiline }}>
      <textarea
        ref={field}
        rows={props.multiline ? 4 : 1}
        aria-label={props.label}
        value={text()}
        maxLength={props.multiline ? 100_000 : 300}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <div class="editor-actions">
        <Button size="small" kind="primary" pending={pending()} kbd={props.multiline ? 'ctrl ↵' : '↵'} onClick={() => void save()}>
          Save
        </Button>
        <Button size="small" kind="ghost" kbd="esc" onClick={() => props.onDone()}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
