import { createSignal, Show } from 'solid-js';
import type { PolicyOutcome } from '../../../graphql/generated/graphql.ts';
import { mutate } from '../../../graphql/mutate.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field, TextArea } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import type { IssueDetail, IssueWork } from './issue.ts';
import { DecidePolicyStage } from './queries.ts';

type Policy = NonNullable<IssueWork['policy']>;

/** Work that waits for somebody else's look: whose, and, where that is a person, the decision. */
export function PolicyBar(props: { issue: IssueDetail; stage: NonNullable<Policy['pendingStage']>; participant: Policy['participant'] | null; disabled: boolean }) {
  const [deciding, setDeciding] = createSignal<PolicyOutcome>();
  const isReview = () => props.stage.type === 'REVIEW';
  return (
    <section class="issue-banner" data-tone="ask" aria-label={isReview() ? 'Review' : 'Approval'}>
      <Icon name="read" />
      <p class="issue-banner-words">
        <b>{isReview() ? 'In review.' : 'Up for approval.'}</b> {props.participant?.name ?? 'Nobody that can be asked'} decides whether it is done.
      </p>
      <Show when={props.participant?.__typename === 'User'}>
        <Button size="small" disabled={props.disabled} onClick={() => setDeciding('APPROVED')}>
          Approve
        </Button>
        <Button size="small" kind="ghost" disabled={props.disabled} onClick={() => setDeciding('CHANGES_REQUESTED')}>
          Ask for changes
        </Button>
      </Show>
      <Show when={deciding()}>{(outcome) => <Decide issue={props.issue} outcome={outcome()} onClose={() => setDeciding(undefined)} />}</Show>
    </section>
  );
}

function Decide(props: { issue: IssueDetail; outcome: PolicyOutcome; onClose: () => void }) {
  const [comment, setComment] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [pending, setPending] = createSignal(false);
  const approves = () => props.outcome === 'APPROVED';
  const send = async () => {
    if (comment().trim() === '') return;
    setPending(true);
    const { failure } = await mutate(DecidePolicyStage, { input: { issueId: props.issue.id, outcome: props.outcome, comment: comment() } });
    setPending(false);
    if (failure) setProblem(failure.message);
    else props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={approves() ? `Approve ${props.issue.identifier}?` : `What should change in ${props.issue.identifier}?`}
      onSubmit={() => void send()}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Not yet
          </Button>
          <Button type="submit" kind="primary" pending={pending()} disabled={comment().trim() === ''}>
            {approves() ? 'Approve' : 'Ask for changes'}
          </Button>
        </>
      }
    >
      <Field label={approves() ? 'Why it is good' : 'What is wanted'} error={problem() ?? null} help="Goes into the thread.">
        {(ids) => <TextArea {...ids} rows={3} onValue={setComment} />}
      </Field>
    </Dialog>
  );
}
