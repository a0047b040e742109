import { createSignal, onMount } from 'solid-js';
import { Button } from '../../ui/Button.tsx';
import { TextArea } from '../../ui/Field.tsx';

/** A no, with a word why. */
export function RejectForm(props: { label: string; required: boolean; pending: boolean; onSend: (reason: string) => void; onBack: () => void }) {
  const [reason, setReason] = createSignal('');
  let field!: HTMLTextAreaElement;
  onMount(() => field.focus());
  const lacking = () => props.required && reason().trim() === '';
  return (
    <form
      class="asked-no"
      onSubmit={(event) => {
        event.preventDefault();
        if (!lacking()) props.onSend(reason());
      }}
    >
      <TextArea
        ref={field}
        aria-label="Reason"
        placeholder={props.required ? 'Why not? A reason is wanted.' : 'Why not? A reason helps whoever asked.'}
        rows={2}
        maxLength={4_000}
        onValue={setReason}
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onBack();
        }}
      />
      <footer>
        <Button type="submit" kind="danger" pending={props.pending} disabled={lacking()}>
          {props.label}
        </Button>
        <Button kind="ghost" kbd="esc" onClick={() => props.onBack()}>
          Back
        </Button>
      </footer>
    </form>
  );
}
