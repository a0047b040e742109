import { createSignal, For, Show } from 'solid-js';
import type { HoldBannerFragment, HoldMode, HoldRelease } from '../../../graphql/generated/graphql.ts';
import { mutate } from '../../../graphql/mutate.ts';
import { createView } from '../../../graphql/view.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field, Select, Switch, TextInput } from '../../../ui/Field.tsx';
import { count, plural } from '../../../ui/format.ts';
import { sentence } from '../../../ui/failure.ts';
import { toast } from '../../../ui/toast.ts';
import type { IssueDetail } from './issue.ts';
import { HoldPreviewQuery, HoldSubtree, ReleaseSubtree } from './queries.ts';

/** Pauses or calls off an issue with all below it, after saying in numbers what that stops. */
export function HoldDialog(props: { issue: IssueDetail; onClose: () => void }) {
  const [mode, setMode] = createSignal<HoldMode>('PAUSE');
  const [release, setRelease] = createSignal<HoldRelease>('MANUAL');
  const [reason, setReason] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [pending, setPending] = createSignal(false);
  const view = createView({ query: HoldPreviewQuery, variables: () => ({ id: props.issue.id }) });
  const preview = () => view.data?.issue?.holdPreview;
  const hold = async () => {
    setPending(true);
    const { data, failure } = await mutate(HoldSubtree, {
      input: { issueId: props.issue.id, mode: mode(), release: mode() === 'CANCEL' ? 'MANUAL' : release(), reason: reason().trim() || null },
    });
    setPending(false);
    if (failure) return setProblem(failure.message);
    const result = data.holdSubtree;
    if (result.__typename === 'AlreadyHeld') return setProblem(`${sentence(result.message)} ${result.hold.createdBy.name} holds ${result.hold.root.identifier}.`);
    toast.show({ title: `${props.issue.identifier} is ${mode() === 'CANCEL' ? 'called off' : 'held'}`, tone: 'ok', icon: 'pause', key: `hold:${props.issue.id}` });
    return props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`Hold ${props.issue.identifier} and all below it?`}
      onSubmit={() => void hold()}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Leave it
          </Button>
          <Button type="submit" kind={mode() === 'CANCEL' ? 'danger-solid' : 'primary'} pending={pending()} disabled={!preview()}>
            {mode() === 'CANCEL' ? 'Call off' : 'Pause'}
          </Button>
        </>
      }
    >
      <Field label="What becomes of it" error={problem() ?? null}>
        {(ids) => (
          <Select
            {...ids}
            value={mode()}
            choices={[{ value: 'PAUSE', label: 'Pause: all stays as it is, nobody works on it' }, { value: 'CANCEL', label: 'Call off: what is not finished is cancelled' }]}
            onValue={setMode}
          />
        )}
      </Field>
      <Show when={mode() === 'PAUSE'}>
        <Field label="How it ends">
          {(ids) => (
            <Select
              {...ids}
              value={release()}
              choices={[{ value: 'MANUAL', label: 'When it is let go; runs there are cancelled now' }, { value: 'AFTER_ACTIVE_RUNS_FINISH', label: 'By itself, once what runs there has finished' }]}
              onValue={setRelease}
            />
          )}
        </Field>
      </Show>
      <Field label="Why" optional>
        {(ids) => <TextInput {...ids} maxLength={500} onValue={setReason} />}
      </Field>
      <div class="hold-preview t2" aria-live="polite">
        <Show when={preview()} fallback="Looking at what this stops…">
          {(it) => (
            <>
              <p>
                Stops {plural(it().issues.open, 'open issue')}
                {mode() === 'CANCEL' || release() === 'MANUAL' ? `, cancels ${plural(it().runningCount, 'running run')} and ${count(it().queuedCount)} queued` : ', and lets the runs there end'}.
              </p>
              <Show when={it().agents.length > 0}>
                <p>
                  Work of <For each={it().agents}>{(agent, at) => <>{at() > 0 ? ', ' : ''}{agent.name}</>}</For>.
                </p>
              </Show>
              <Show when={it().waiting.length > 0}>
                <p>
                  Elsewhere wait for it: <For each={it().waiting}>{(issue, at) => <>{at() > 0 ? ', ' : ''}{issue.identifier}</>}</For>.
                </p>
              </Show>
            </>
          )}
        </Show>
      </div>
    </Dialog>
  );
}

/** Ends a hold; of what was called off, asks whether it comes back. */
export function LetGo(props: { hold: HoldBannerFragment; onClose: () => void }) {
  const [restore, setRestore] = createSignal(true);
  const [pending, setPending] = createSignal(false);
  const isCancel = () => props.hold.mode === 'CANCEL';
  const release = async () => {
    setPending(true);
    const { failure } = await mutate(ReleaseSubtree, { input: { holdId: props.hold.id, ...(isCancel() ? { restore: restore() } : {}) } });
    setPending(false);
    if (failure) toast.error('The hold was not lifted', failure.message);
    else props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={isCancel() ? `Restore ${props.hold.root.identifier}?` : `Let ${props.hold.root.identifier} go on?`}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Leave it held
          </Button>
          <Button kind="primary" pending={pending()} onClick={() => void release()}>
            {isCancel() ? 'Lift it' : 'Let go'}
          </Button>
        </>
      }
    >
      <p class="t2">{plural(props.hold.issueCount, 'issue')} may be worked on again, and whose work is ready is woken.</p>
      <Show when={isCancel()}>
        <div class="dialog-choice">
          <Switch label="Give back the status that each had before" checked={restore()} onChange={setRestore} />
        </div>
      </Show>
    </Dialog>
  );
}
