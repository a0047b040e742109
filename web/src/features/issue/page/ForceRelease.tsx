import { createSignal } from 'solid-js';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Switch } from '../../../ui/Field.tsx';
import { duration } from '../../../ui/format.ts';
import { forceRelease } from './actions.ts';
import type { IssueDetail } from './issue.ts';

/** Takes the lock of a run away, after saying whose it is and what happens to them. */
export function ForceRelease(props: { issue: IssueDetail; holder: NonNullable<IssueDetail['holder']>; onClose: () => void }) {
  const [clear, setClear] = createSignal(false);
  const [pending, setPending] = createSignal(false);
  const release = async () => {
    setPending(true);
    const done = await forceRelease(props.issue, clear());
    setPending(false);
    if (done) props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`Take ${props.issue.identifier} from ${props.holder.agent.name}?`}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Leave it
          </Button>
          <Button kind="danger-solid" pending={pending()} onClick={() => void release()}>
            Force release
          </Button>
        </>
      }
    >
      <p class="t2">
        Run {props.holder.number} has held it{props.holder.startedAt ? ` for ${duration(Date.now() - Date.parse(props.holder.startedAt))}` : ''} and goes on running, but its changes to this issue are refused from
        then on. To stop it, cancel the run instead.
      </p>
      <div class="dialog-choice">
        <Switch label="Unassign it too: work in progress goes back to todo" checked={clear()} onChange={setClear} />
      </div>
    </Dialog>
  );
}
