import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import type { FindIssuesQuery } from '../../graphql/generated/graphql.ts';
import { idempotencyKey, mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Failure } from '../../ui/failure.ts';
import { Field, TextArea, TextInput } from '../../ui/Field.tsx';
import { IssueInput } from '../issue/page/IssueInput.tsx';
import { IssuePicker } from '../issue/page/IssuePicker.tsx';
import { RequestApproval } from './queries.ts';

type Found = NonNullable<FindIssuesQuery['company']>['issues']['nodes'][number];

/** A person puts a question before the board: in a line, more about it, and the issue that waits for the answer. */
export function RequestDialog(props: { onClose: () => void }) {
  const company = useCompany();
  const navigate = useNavigate();
  const [title, setTitle] = createSignal('');
  const [body, setBody] = createSignal('');
  const [issue, setIssue] = createSignal<Found>();
  const [finding, setFinding] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [sending, setSending] = createSignal(false);
  const key = idempotencyKey();
  const atTitle = () => failure()?.field === 'title';
  const send = async () => {
    const companyId = company.id;
    if (!companyId || sending()) return;
    if (title().trim() === '') {
      setFailure({ message: 'What is to be decided?', field: 'title', code: undefined, requestId: undefined, offline: false });
      return;
    }
    setSending(true);
    const about = issue();
    const outcome = await mutate(RequestApproval, {
      input: { type: 'BOARD_REQUEST', companyId, title: title().trim(), body: body().trim() === '' ? null : body(), issueIds: about ? [about.id] : [], idempotencyKey: key },
    });
    setSending(false);
    setFailure(outcome.failure);
    if (!outcome.data) return;
    props.onClose();
    navigate(paths.approval(company.prefix, outcome.data.requestApproval.id));
  };
  return (
    // What was written stays while an issue is looked for.
    <Show
      when={!finding()}
      fallback={
        <IssuePicker
          title="About which issue?"
          without={[]}
          onPick={(_id, found) => {
            setIssue(found);
            setFinding(false);
          }}
          onNone={
            issue()
              ? () => {
                  setIssue(undefined);
                  setFinding(false);
                }
              : undefined
          }
          none="None in particular"
          onClose={() => setFinding(false)}
        />
      }
    >
      <Dialog
        open
        onClose={props.onClose}
        title="New request"
        onSubmit={() => void send()}
        actions={
          <>
            <span class="meta bad fill" role="alert">
              {atTitle() ? '' : failure()?.message}
            </span>
            <Button kind="ghost" kbd="esc" onClick={props.onClose}>
              Cancel
            </Button>
            <Button kind="primary" type="submit" pending={sending()}>
              Ask the board
            </Button>
          </>
        }
      >
        <Field label="What is to be decided" error={atTitle() ? (failure()?.message ?? null) : null}>
          {(ids) => <TextInput {...ids} value={title()} maxLength={300} onValue={setTitle} />}
        </Field>
        <Field label="Why, and what else matters" optional help="Markdown works.">
          {(ids) => <TextArea {...ids} class="request-body" value={body()} maxLength={100_000} onValue={setBody} />}
        </Field>
        <Field label="About" optional help="It waits for the board until this is decided.">
          {() => <IssueInput issue={issue()} onFind={() => setFinding(true)} />}
        </Field>
      </Dialog>
    </Show>
  );
}
