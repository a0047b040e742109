import { createMemo, createSignal, onCleanup, Show } from 'solid-js';
import { useBeforeLeave } from '@solidjs/router';
import { mutate } from '../../../graphql/mutate.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field, Switch, TextInput } from '../../../ui/Field.tsx';
import { toast } from '../../../ui/toast.ts';
import { CONCURRENCY } from '../../../../../schema/agent/rules.ts';
import { AgentFormFields } from '../create/AgentFormFields.tsx';
import { createAgentForm } from '../create/agent-form.ts';
import { givenOf, heartbeatOf, savedOf } from '../create/given.ts';
import type { AgentDetail } from './agent.ts';
import { UpdateAgent } from './queries.ts';

/** Everything about an agent that the board decides. Redacted secrets stay what they are unless typed over. */
export function AgentConfig(props: { agent: AgentDetail; prefix: string; schema: unknown; disabled: boolean; onDone: () => void }) {
  const { agent } = props;
  let element!: HTMLFormElement;
  const form = createAgentForm({
    prefix: () => props.prefix,
    given: givenOf(agent),
    saved: savedOf(agent, props.schema),
  });
  const [runWhenIdle, setRunWhenIdle] = createSignal(agent.heartbeat.runWhenIdle);
  const [most, setMost] = createSignal(String(agent.maxConcurrentRuns));
  const [saving, setSaving] = createSignal(false);
  const [leave, setLeave] = createSignal<() => void>();

  const state = () => JSON.stringify([form.fields, form.texts, runWhenIdle(), most()]);
  const [saved, setSaved] = createSignal(state());
  const changed = createMemo(() => state() !== saved());

  /** Unsaved words are not lost to a stray click. */
  useBeforeLeave((event) => {
    if (!changed() || event.defaultPrevented) return;
    event.preventDefault();
    setLeave(() => () => event.retry(true));
  });
  const unload = (event: BeforeUnloadEvent) => changed() && event.preventDefault();
  addEventListener('beforeunload', unload);
  onCleanup(() => removeEventListener('beforeunload', unload));

  /** To the first field that is wrong: it may be far from the button. */
  const point = () => {
    requestAnimationFrame(() => {
      const wrong = element.querySelector<HTMLElement>('[aria-invalid=true]');
      wrong?.closest('details')?.setAttribute('open', '');
      wrong?.focus({ preventScroll: true });
      wrong?.scrollIntoView({ block: 'center' });
    });
  };
  const save = async (): Promise<void> => {
    const adapterConfig = form.read();
    const runs = Number(most());
    if (!Number.isInteger(runs) || runs < CONCURRENCY.min || runs > CONCURRENCY.max) {
      form.blame({ message: `Between ${CONCURRENCY.min} and ${CONCURRENCY.max}.`, field: 'maxConcurrentRuns', code: undefined, requestId: undefined, offline: false });
      return point();
    }
    if (!adapterConfig) return point();
    if (saving()) return;
    setSaving(true);
    const { fields } = form;
    const outcome = await mutate(UpdateAgent, {
      input: {
        agentId: agent.id,
        name: fields.name,
        role: fields.role,
        title: fields.title.trim() || null,
        capabilities: fields.capabilities.trim() || null,
        managerId: fields.managerId,
        adapterType: form.adapter()?.type ?? agent.adapterType,
        adapterConfig,
        heartbeat: { ...heartbeatOf(fields, agent.heartbeat.intervalSec), runWhenIdle: runWhenIdle() },
        maxConcurrentRuns: runs,
      },
    });
    setSaving(false);
    if (outcome.failure) {
      form.blame(outcome.failure);
      return point();
    }
    setSaved(state());
    toast.show({ title: `${outcome.data.updateAgent.name} is changed`, detail: 'Its next run uses this.', tone: 'ok', icon: 'tick' });
  };

  return (
    <form
      ref={element}
      class="agent-config"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset disabled={props.disabled}>
        <AgentFormFields form={form} />
        <Show when={form.fields.timer}>
          <div class="field">
            <Switch label="Also when it has no work" checked={runWhenIdle()} onChange={setRunWhenIdle} />
            <p class="field-help">Off: a due timer that finds nothing to do costs nothing; Boardroom decides from the database.</p>
          </div>
        </Show>
        <Field label="Runs at once" help={`${CONCURRENCY.min} to ${CONCURRENCY.max}; further ones wait.`} error={form.errors()['maxConcurrentRuns'] ?? null}>
          {(ids) => <TextInput {...ids} inputmode="numeric" value={most()} onValue={setMost} />}
        </Field>
      </fieldset>
      <Show when={changed()}>
        <div class="save-bar" role="group" aria-label="Unsaved changes">
          <span class="cut">
            <Show when={form.failure()} fallback="Unsaved changes">
              {(failure) => (
                <span class="bad" role="alert">
                  {failure().message}
                </span>
              )}
            </Show>
          </span>
          <span class="fill" />
          <Button size="small" kind="ghost" onClick={() => props.onDone()}>
            Discard
          </Button>
          <Button size="small" kind="primary" type="submit" pending={saving()}>
            Save
          </Button>
        </div>
      </Show>
      <Dialog
        open={leave() !== undefined}
        onClose={() => setLeave(undefined)}
        size="small"
        title="Leave without saving?"
        actions={
          <>
            <Button kind="ghost" kbd="esc" onClick={() => setLeave(undefined)}>
              Stay
            </Button>
            <Button kind="danger-solid" onClick={() => leave()?.()}>
              Discard changes
            </Button>
          </>
        }
      >
        <p class="t2">What was changed about {agent.name} is not saved yet.</p>
      </Dialog>
    </form>
  );
}
