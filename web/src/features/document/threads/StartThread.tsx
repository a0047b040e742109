import { createSignal, onMount, Show } from 'solid-js';
import { idempotencyKey, mutate } from '../../../graphql/mutate.ts';
import { Button } from '../../../ui/Button.tsx';
import { sentence } from '../../../ui/failure.ts';
import { TextArea } from '../../../ui/Field.tsx';
import type { Passage } from './passage.ts';
import { CreateAnnotation } from './queries.ts';

/** The first comment of a thread, below the words that it is about. */
export function StartThread(props: { documentId: string; revisionId: string; passage: Passage; onDone: () => void; onClose: () => void }) {
  const key = idempotencyKey();
  const [body, setBody] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [pending, setPending] = createSignal(false);
  let form!: HTMLFormElement;
  let field!: HTMLTextAreaElement;
  onMount(() => {
    field.focus({ preventScroll: true });
    form.scrollIntoView({ block: 'nearest' });
  });
  const send = async () => {
    if (pending() || body().trim() === '') return;
    setPending(true);
    const { quote, prefix, suffix, anchor } = props.passage;
    const { data, failure } = await mutate(CreateAnnotation, {
      input: { documentId: props.documentId, baseRevisionId: props.revisionId, quote: { exact: quote, prefix, suffix }, position: anchor, body: body(), idempotencyKey: key },
    });
    setPending(false);
    if (failure) setProblem(failure.message);
    else if (data.createAnnotation.__typename === 'DocumentOutdated') setProblem(`${sentence(data.createAnnotation.message)} Select it again.`);
    else props.onDone();
  };
  return (
    <form
      ref={form}
      class="doc-thread"
      aria-label="New thread"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <blockquote>{props.passage.quote}</blockquote>
      <Show when={props.passage.times > 1}>
        <p class="meta t2">These words stand {props.passage.times} times in the document. The thread is about those that you selected.</p>
      </Show>
      <TextArea
        ref={field}
        aria-label="First comment"
        placeholder="What about it?"
        rows={2}
        maxLength={20_000}
        onValue={setBody}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send();
        }}
      />
      <Show when={problem()}>
        <p class="field-error" role="alert">
          {problem()}
        </p>
      </Show>
      <div class="doc-thread-ways">
        <Button type="submit" size="small" kind="primary" pending={pending()} disabled={body().trim() === ''}>
          Start thread
        </Button>
        <Button size="small" kind="ghost" onClick={() => props.onClose()}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
