import './breaker.css';
import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import type { TripLineFragment } from '../../graphql/generated/graphql.ts';
import { about } from '../../graphql/live.ts';
import { mutate } from '../../graphql/mutate.ts';
import { createView } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { sentence } from '../../ui/failure.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Ago } from '../../ui/Time.tsx';
import { toast } from '../../ui/toast.ts';
import { evidenceLines } from './evidence.ts';
import { AgentTripQuery, ResetBreaker } from './queries.ts';

/** Above an agent that a circuit breaker paused: which, on what evidence, and the way on. */
export function TripBanner(props: { agentId: string; disabled: boolean }) {
  const view = createView({ query: AgentTripQuery, variables: () => ({ id: props.agentId }), concerns: about('breaker', 'breakerTrip', 'agent') });
  return <Show when={view.data?.agent?.breakerTrip}>{(trip) => <Trip trip={trip()} disabled={props.disabled} onDone={view.refetch} />}</Show>;
}

function Trip(props: { trip: TripLineFragment; disabled: boolean; onDone: () => void }) {
  const company = useCompany();
  const [asking, setAsking] = createSignal(false);
  const lines = () => evidenceLines(props.trip.evidence);
  return (
    <section class="trip" aria-label="Paused by a circuit breaker">
      <Icon name="warn" />
      <div class="trip-words">
        <p>
          <b>Paused by a circuit breaker.</b> {sentence(props.trip.message)} <Ago at={props.trip.trippedAt} class="t3" />
        </p>
        <Show when={lines().length > 0}>
          <details class="trip-evidence">
            <summary>
              <Icon name="right" />
              Evidence
            </summary>
            <ul>
              <For each={lines()}>{(line) => <li class="num">{line}</li>}</For>
            </ul>
          </details>
        </Show>
      </div>
      <Show when={props.trip.run}>
        {(run) => (
          <A class="button plain small" href={paths.run(company.prefix, run().number)}>
            Open run {run().number}
          </A>
        )}
      </Show>
      <Button size="small" disabled={props.disabled} onClick={() => setAsking(true)}>
        Reset and resume
      </Button>
      <Show when={asking()}>
        <ResetDialog trip={props.trip} onClose={() => setAsking(false)} onDone={props.onDone} />
      </Show>
    </section>
  );
}

function ResetDialog(props: { trip: TripLineFragment; onClose: () => void; onDone: () => void }) {
  const [note, setNote] = createSignal('');
  const [pending, setPending] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  // Once it is reset there is no trip to ask, and this still has a word to say.
  const { id, name } = props.trip.agent;
  const reset = async () => {
    setPending(true);
    const { failure } = await mutate(ResetBreaker, { input: { agentId: id, note: note().trim() || null } });
    setPending(false);
    if (failure) return setProblem(failure.message);
    toast.show({ title: `${name} may work again`, detail: 'What it did before counts no more.', icon: 'play', tone: 'ok', key: `agent:${id}` });
    props.onClose();
    return props.onDone();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`Let ${name} work again?`}
      description="The count begins anew, and it is woken for what was asked meanwhile. If nothing else has changed, it may trip again."
      onSubmit={() => void reset()}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Keep paused
          </Button>
          <Button kind="primary" type="submit" pending={pending()}>
            Reset and resume
          </Button>
        </>
      }
    >
      <Field label="Note" optional help="For the record: what was the matter." error={problem() ?? null}>
        {(ids) => <TextInput {...ids} value={note()} maxLength={500} onValue={setNote} />}
      </Field>
    </Dialog>
  );
}
