import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import type { RecoveryBannerFragment, RecoveryOutcome } from '../../../graphql/generated/graphql.ts';
import { mutate } from '../../../graphql/mutate.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field, Select, TextArea, type Choice } from '../../../ui/Field.tsx';
import { sentence } from '../../../ui/failure.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { At } from '../../../ui/Time.tsx';
import { toast } from '../../../ui/toast.ts';
import { isFinished, type IssueDetail } from './issue.ts';
import { ResolveRecovery } from './queries.ts';

const kinds: Record<RecoveryBannerFragment['kind'], string> = {
  CONFIGURATION_VALIDATION: 'Its agent cannot run as it is configured',
  GRAPH_LIVENESS: 'It waits for something that does not move',
  MISSING_DISPOSITION: 'Its last run left no next step',
  PRODUCTIVITY_REVIEW: 'It is worked on much, and may lead nowhere',
  SILENT_RUN: 'The run on it has been silent for long',
  STRANDED_ISSUE: 'Its runs failed, and no further try follows by itself',
  WORKSPACE_VALIDATION: 'Its workspace is not as it should be',
};

/** What went wrong with the issue, who is to mend it and how, and the way to say that it is mended. */
export function RecoveryBanner(props: { issue: IssueDetail; recovery: RecoveryBannerFragment; prefix: string; disabled: boolean }) {
  const [asking, setAsking] = createSignal(false);
  const it = () => props.recovery;
  const owner = () => it().ownerAgent?.name ?? it().ownerUser?.name ?? (it().ownerType === 'SYSTEM' ? 'Boardroom' : 'The board');
  return (
    <section class="issue-banner" data-tone="bad" aria-label="Recovery">
      <Icon name="retry" />
      <div class="issue-banner-words">
        <p>
          <b>{kinds[it().kind]}.</b> {owner()} is to look: {it().nextAction}
        </p>
        <p class="meta t2">
          Since <At at={it().createdAt} />
          <Show when={it().attempts > 1}>, found {it().attempts} times</Show>
          <Show when={it().run}>
            {(run) => (
              <>
                , seen in{' '}
                <A class="link" href={paths.run(props.prefix, run().number)}>
                  run {run().number}
                </A>
              </>
            )}
          </Show>
          <Show when={it().snoozedUntilAt}>{(at) => <>, nobody looks before <At at={at()} /></>}</Show>
          <Show when={it().escalatesAt}>{(at) => <>, goes to the board at <At at={at()} /></>}</Show>
        </p>
      </div>
      <Button size="small" disabled={props.disabled} onClick={() => setAsking(true)}>
        Resolve
      </Button>
      <Show when={asking()}>
        <Resolve issue={props.issue} recovery={it()} onClose={() => setAsking(false)} />
      </Show>
    </section>
  );
}

/** Only what can be true of the issue as it is. */
function outcomesFor(issue: IssueDetail, { status }: RecoveryBannerFragment): Choice<RecoveryOutcome>[] {
  const goesOn: Choice<RecoveryOutcome>[] = [
    { value: 'RESTORED', label: 'Mended: it goes on' },
    { value: 'HANDED_BACK', label: 'Back to its agent, with a note' },
  ];
  const isBlocked = issue.blockedBy.some((blocker) => blocker.status !== 'DONE');
  return [
    ...(!isFinished(issue) && (issue.assignee ?? issue.assigneeUser) ? goesOn : []),
    ...(issue.status === 'DONE' ? [{ value: 'OWNER_COMPLETED' as const, label: 'Its owner finished it' }] : []),
    ...(isBlocked ? [{ value: 'BLOCKED' as const, label: 'It waits for what blocks it' }] : []),
    { value: 'DELEGATED', label: 'Somebody else has it now' },
    { value: 'FALSE_POSITIVE', label: 'Nothing was wrong' },
    ...(status === 'ACTIVE' ? [{ value: 'ESCALATED' as const, label: 'For the board to decide' }] : []),
    { value: 'CANCELLED', label: 'Drop this' },
  ];
}

function Resolve(props: { issue: IssueDetail; recovery: RecoveryBannerFragment; onClose: () => void }) {
  const choices = outcomesFor(props.issue, props.recovery);
  const [outcome, setOutcome] = createSignal<RecoveryOutcome>(choices[0]?.value ?? 'FALSE_POSITIVE');
  const [note, setNote] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [pending, setPending] = createSignal(false);
  const goesOn = () => outcome() === 'RESTORED' || outcome() === 'HANDED_BACK';
  const send = async () => {
    setPending(true);
    const { data, failure } = await mutate(ResolveRecovery, { input: { recoveryId: props.recovery.id, outcome: outcome(), note: note().trim() || null } });
    setPending(false);
    if (failure) return setProblem(failure.message);
    if (data.resolveRecovery.__typename === 'RecoveryClosed') toast.error('Somebody was faster', sentence(data.resolveRecovery.message));
    return props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`What became of ${props.issue.identifier}?`}
      onSubmit={() => void send()}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Leave it
          </Button>
          <Button type="submit" kind="primary" pending={pending()}>
            Resolve
          </Button>
        </>
      }
    >
      <Field label="Outcome" help={goesOn() && props.issue.assignee ? `${props.issue.assignee.name} is woken.` : undefined} error={problem() ?? null}>
        {(ids) => <Select {...ids} value={outcome()} choices={choices} onValue={setOutcome} />}
      </Field>
      <Field label="Note" optional>
        {(ids) => <TextArea {...ids} rows={3} maxLength={500} placeholder="A word to whoever goes on" onValue={setNote} />}
      </Field>
    </Dialog>
  );
}
