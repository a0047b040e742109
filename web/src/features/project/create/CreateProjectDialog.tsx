import './create-project.css';
import { useNavigate } from '@solidjs/router';
import { createSignal, For } from 'solid-js';
import { paths, useCompany } from '../../../app/company.ts';
import { idempotencyKey, mutate } from '../../../graphql/mutate.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import type { Failure } from '../../../ui/failure.ts';
import { Field, TextArea, TextInput } from '../../../ui/Field.tsx';
import { PROJECT_COLORS } from '../../issue/create/label-color.ts';
import { CreateProject } from './queries.ts';

export function CreateProjectDialog(props: { onClose: () => void }) {
  const company = useCompany();
  const navigate = useNavigate();
  const [name, setName] = createSignal('');
  const [description, setDescription] = createSignal('');
  const [color, setColor] = createSignal(PROJECT_COLORS[5] ?? '#2b7694');
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [sending, setSending] = createSignal(false);
  const key = idempotencyKey();
  const send = async () => {
    const companyId = company.id;
    if (!companyId || sending()) return;
    setSending(true);
    const outcome = await mutate(CreateProject, {
      input: { companyId, name: name(), color: color(), ...(description().trim() ? { description: description() } : {}), idempotencyKey: key },
    });
    setSending(false);
    setFailure(outcome.failure);
    if (!outcome.data) return;
    props.onClose();
    navigate(paths.project(company.prefix, outcome.data.createProject.id));
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="New project"
      size="small"
      onSubmit={() => void send()}
      actions={
        <>
          <span class="meta bad fill" role="alert">
            {failure()?.field === 'name' ? '' : failure()?.message}
          </span>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" pending={sending()} disabled={name().trim() === ''}>
            Create project
          </Button>
        </>
      }
    >
      <Field label="Name" error={failure()?.field === 'name' ? (failure()?.message ?? null) : null}>
        {(ids) => <TextInput {...ids} autofocus value={name()} maxLength={120} onValue={setName} />}
      </Field>
      <Field label="What it is for" optional>
        {(ids) => <TextArea {...ids} value={description()} onValue={setDescription} />}
      </Field>
      <fieldset class="field swatches">
        <legend>Colour</legend>
        <For each={PROJECT_COLORS}>
          {(each, at) => (
            <label class="swatch" style={{ background: each }}>
              <input type="radio" name="color" value={each} aria-label={`Colour ${at() + 1}`} checked={color() === each} onChange={() => setColor(each)} />
            </label>
          )}
        </For>
      </fieldset>
    </Dialog>
  );
}
