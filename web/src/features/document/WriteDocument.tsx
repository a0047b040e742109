import './document.css';
import { createSignal, Show } from 'solid-js';
import type { DocumentTextFragment } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, TextArea, TextInput } from '../../ui/Field.tsx';
import { put, type Newer } from './actions.ts';
import { Outdated } from './Outdated.tsx';

/** Writes a new document, or a revision on top of the one that was open when one began. */
export function WriteDocument(props: { issueId: string; document?: DocumentTextFragment; onDone: (key: string) => void; onClose: () => void }) {
  const begun = props.document ? { key: props.document.key, title: props.document.title ?? '', body: props.document.body } : { key: '', title: '', body: '' };
  const [key, setKey] = createSignal(begun.key);
  const [title, setTitle] = createSignal(begun.title);
  const [body, setBody] = createSignal(begun.body);
  const [summary, setSummary] = createSignal('');
  const [base, setBase] = createSignal(props.document ? { id: props.document.latestRevision.id, body: props.document.body } : null);
  const [newer, setNewer] = createSignal<Newer>();
  const [problem, setProblem] = createSignal<string>();
  const [pending, setPending] = createSignal(false);
  const badKey = () => key() !== '' && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key());
  const save = async () => {
    if (pending() || key() === '' || badKey() || body().trim() === '') return;
    setPending(true);
    setProblem(undefined);
    const written = await put({
      issueId: props.issueId, key: key(), body: body(), title: title().trim() || null, changeSummary: summary().trim() || null, baseRevisionId: base()?.id ?? null,
    });
    setPending(false);
    if (written.state === 'outdated') setNewer(written.newer);
    else if (written.state === 'refused') setProblem(written.problem);
    else props.onDone(key());
  };
  /** What somebody wrote meanwhile becomes what this is written on. */
  const settle = (mine: boolean) => {
    const theirs = newer();
    if (!theirs) return;
    setBase({ id: theirs.id, body: theirs.body });
    if (!mine) setBody(theirs.body);
    setNewer(undefined);
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="wide"
      title={props.document ? `Edit ${begun.key}` : 'Write a document'}
      onSubmit={() => void save()}
      actions={
        <>
          <Button kind="ghost" onClick={() => (props.document ? props.onDone(begun.key) : props.onClose())}>
            Leave it
          </Button>
          <Button type="submit" kind="primary" kbd="ctrl ↵" pending={pending()} disabled={Boolean(newer()) || key() === '' || badKey() || body().trim() === '' || (body() === begun.body && title() === begun.title)}>
            {props.document ? 'Save as a new revision' : 'Write it'}
          </Button>
        </>
      }
    >
      <Show when={newer()}>{(theirs) => <Outdated before={base()?.body ?? ''} newer={theirs()} onMine={() => settle(true)} onTheirs={() => settle(false)} />}</Show>
      <div class="document-fields">
        <Show when={!props.document}>
          <Field label="Key" error={badKey() ? 'Lowercase letters, digits and dashes.' : null} help="Such as plan, design or notes: unique in this issue.">
            {(ids) => <TextInput {...ids} class="mono" maxLength={64} spellcheck={false} value={key()} onValue={setKey} />}
          </Field>
        </Show>
        <Field label="Title" optional>
          {(ids) => <TextInput {...ids} maxLength={200} value={title()} onValue={setTitle} />}
        </Field>
      </div>
      <Field label="Text" error={problem() ?? null} help={props.document && body() !== begun.body ? 'Markdown. Threads can be started on it once it is saved.' : 'Markdown.'}>
        {(ids) => (
          <TextArea
            {...ids}
            class="document-area"
            maxLength={524_288}
            value={body()}
            onValue={setBody}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save();
            }}
          />
        )}
      </Field>
      <Show when={props.document}>
        <Field label="What changed" optional>
          {(ids) => <TextInput {...ids} maxLength={500} onValue={setSummary} />}
        </Field>
      </Show>
    </Dialog>
  );
}
