import { createSignal } from 'solid-js';
import { idempotencyKey, mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import type { Failure } from '../../ui/failure.ts';
import { Field, TextArea, TextInput } from '../../ui/Field.tsx';
import { CreateIssue } from '../issue/create/queries.ts';

export function FirstIssueStep(props: { companyId: string; agent: { id: string; name: string }; onDone: () => void }) {
  const [title, setTitle] = createSignal('');
  const [description, setDescription] = createSignal('');
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [sending, setSending] = createSignal(false);
  const key = idempotencyKey();
  const send = async () => {
    if (title().trim() === '' || sending()) return;
    setSending(true);
    const outcome = await mutate(CreateIssue, {
      input: {
        companyId: props.companyId,
        title: title(),
        assigneeId: props.agent.id,
        status: 'TODO',
        priority: 'HIGH',
        ...(description().trim() ? { description: description() } : {}),
        idempotencyKey: key,
      },
    });
    setSending(false);
    setFailure(outcome.failure);
    if (outcome.data) props.onDone();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h1>What should happen first?</h1>
      <p class="t2 welcome-lead">
        Filing it wakes {props.agent.name}, who starts at once. You watch every line of it on the next page.
      </p>
      <Field label="Title" error={failure()?.field === 'title' ? (failure()?.message ?? null) : null}>
        {(ids) => <TextInput {...ids} autofocus value={title()} maxLength={300} placeholder="Write down how we will work, and propose the first three steps" onValue={setTitle} />}
      </Field>
      <Field label="Description" optional>
        {(ids) => <TextArea {...ids} value={description()} onValue={setDescription} />}
      </Field>
      <div class="line welcome-verbs">
        <Button kind="primary" type="submit" pending={sending()} disabled={title().trim() === ''}>
          File and start
        </Button>
        <Button kind="ghost" onClick={props.onDone}>
          Later
        </Button>
        <span class="meta bad" role="alert">
          {failure()?.message}
        </span>
      </div>
    </form>
  );
}
