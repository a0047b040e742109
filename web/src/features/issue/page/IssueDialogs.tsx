import { Show } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { CancelRun } from '../../run/CancelRun.tsx';
import { changeIssue } from '../change-issue.ts';
import { CheckOutFor } from './CheckOutFor.tsx';
import { ForceRelease } from './ForceRelease.tsx';
import { HoldDialog, LetGo } from './HoldDialog.tsx';
import { IssueSide, type SideProps } from './IssueSide.tsx';
import { liveRun, type Asking } from './issue.ts';

/** What the page asks before it does something, one question at a time. */
export function IssueDialogs(props: SideProps & { asking: Asking | undefined; onClose: () => void }) {
  const company = useCompany();
  const issue = () => props.issue;
  const asking = () => props.asking;
  const live = () => liveRun(issue());
  const close = () => props.onClose();
  return (
    <>
      <Dialog open={asking() === 'properties'} onClose={close} title={issue().identifier} size="small">
        <div class="side issue-sheet">
          <IssueSide issue={issue()} work={props.work} disabled={company.archived} onAsk={props.onAsk} onWork={props.onWork} />
        </div>
      </Dialog>
      <Dialog
        open={asking() === 'cancel'}
        onClose={close}
        size="small"
        title={`Cancel ${issue().identifier}?`}
        actions={
          <>
            <Button kind="ghost" kbd="esc" onClick={close}>
              Keep it
            </Button>
            <Button
              kind="danger-solid"
              onClick={() => {
                close();
                void changeIssue(issue(), { status: 'CANCELLED' });
              }}
            >
              Cancel issue
            </Button>
          </>
        }
      >
        <p class="t2">
          <Show when={live()}>{(run) => <>Run {run().number} on it is stopped. </>}</Show>
          <Show when={issue().blocks.length > 0}>What it blocks stays blocked: {issue().blocks.map((each) => each.identifier).join(', ')}. </Show>
          It can be reopened.
        </p>
      </Dialog>
      <Show when={asking() === 'checkout'}>
        <CheckOutFor issue={issue()} assigneeId={issue().assignee?.id ?? null} onClose={close} />
      </Show>
      <Show when={asking() === 'hold'}>
        <HoldDialog issue={issue()} onClose={close} />
      </Show>
      <Show when={asking() === 'letGo' && issue().hold}>{(hold) => <LetGo hold={hold()} onClose={close} />}</Show>
      <Show when={asking() === 'stop' && live()}>{(run) => <CancelRun run={run()} open onClose={close} />}</Show>
      <Show when={asking() === 'release' && issue().holder}>{(holder) => <ForceRelease issue={issue()} holder={holder()} onClose={close} />}</Show>
    </>
  );
}
