import { createSignal, Show } from 'solid-js';
import { mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { isZero, money } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';
import { CancelRun as CancelRunDocument } from './queries.ts';

export interface Cancellable {
  id: string;
  number: number;
  status: string;
  cost?: { costMicros: string };
  agent: { name: string };
  heldIssues?: readonly { identifier: string }[];
}

/** Asks, with what it means, and stops the run. */
export function CancelRun(props: { run: Cancellable; open: boolean; onClose: () => void }) {
  const [pending, setPending] = createSignal(false);
  const cancel = async () => {
    setPending(true);
    const { failure } = await mutate(CancelRunDocument, { input: { runId: props.run.id } });
    setPending(false);
    props.onClose();
    if (failure) toast.error(`Run ${props.run.number} was not cancelled`, failure.message);
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      size="small"
      title={`Cancel run ${props.run.number}?`}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={() => props.onClose()}>
            Keep running
          </Button>
          <Button kind="danger-solid" pending={pending()} onClick={() => void cancel()}>
            Cancel run
          </Button>
        </>
      }
    >
      <p class="t2">
        <Show when={props.run.status === 'RUNNING'} fallback={<>It has not started: nothing is lost, {props.run.agent.name} is not woken.</>}>
          {props.run.agent.name}’s process is asked to stop, and killed if it does not. What it has written stays.{' '}
          <Show when={props.run.heldIssues?.length}>{props.run.heldIssues?.map((issue) => issue.identifier).join(', ')} becomes free. </Show>
          <Show when={!isZero(props.run.cost?.costMicros)}>{money(props.run.cost?.costMicros)} is spent.</Show>
        </Show>
      </p>
    </Dialog>
  );
}
