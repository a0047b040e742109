import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { paths, useCompany } from '../../../app/company.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Switch as Toggle } from '../../../ui/Field.tsx';
import { plural } from '../../../ui/format.ts';
import { pause, terminate } from './actions.ts';
import type { AgentDetail, Asking } from './agent.ts';

/** What the page asks before an agent is stopped, for a while or for good. */
export function AgentDialogs(props: { agent: AgentDetail; asking: Asking | undefined; onClose: () => void }) {
  const company = useCompany();
  const navigate = useNavigate();
  const [cancelRuns, setCancelRuns] = createSignal(true);
  const agent = () => props.agent;
  const asking = () => props.asking;
  const close = () => props.onClose();
  return (
    <>
      <Dialog
        open={asking() === 'pause'}
        onClose={close}
        size="small"
        title={`Pause ${agent().name}?`}
        actions={
          <>
            <Button kind="ghost" kbd="esc" onClick={close}>
              Cancel
            </Button>
            <Button
              kind="primary"
              onClick={() => {
                close();
                void pause(agent(), cancelRuns());
              }}
            >
              Pause
            </Button>
          </>
        }
      >
        <p class="t2">Nothing wakes it until it is resumed. What is assigned to it waits.</p>
        <Show when={agent().currentRuns.length > 0}>
          <div class="dialog-choice">
            <Toggle label={`Cancel its ${plural(agent().currentRuns.length, 'live run')} too`} checked={cancelRuns()} onChange={setCancelRuns} />
          </div>
        </Show>
      </Dialog>
      <Dialog
        open={asking() === 'terminate'}
        onClose={close}
        size="small"
        title={`Terminate ${agent().name}?`}
        actions={
          <>
            <Button kind="ghost" kbd="esc" onClick={close}>
              Keep it
            </Button>
            <Button
              kind="danger-solid"
              onClick={() => {
                close();
                void terminate(agent()).then((done) => done && navigate(paths.agents(company.prefix)));
              }}
            >
              Terminate
            </Button>
          </>
        }
      >
        <p class="t2">
          Its live runs are cancelled, its keys stop working, and it never runs again. What it did stays. This cannot be taken back; to stop it for a while, pause it.
        </p>
      </Dialog>
    </>
  );
}
