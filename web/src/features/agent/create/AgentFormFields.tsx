import './agent-form.css';
import { createMemo, For, Show } from 'solid-js';
import { Button } from '../../../ui/Button.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { Field, Select, Switch, TextArea, TextInput } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Picker } from '../../../ui/Picker.tsx';
import { Said } from '../../../ui/Said.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { SkeletonRows } from '../../../ui/Skeleton.tsx';
import { ConfigForm } from '../config/ConfigForm.tsx';
import { roleLabel, ROLES } from '../role.ts';
import type { AgentForm } from './agent-form.ts';

/** Who it is, what runs it, and whether that would work. */
export function AgentFormFields(props: { form: AgentForm; first?: boolean }) {
  const form = () => props.form;
  const managers = () => form().choices.data?.company?.agents.nodes ?? [];
  const manager = createMemo(() => managers().find((agent) => agent.id === form().fields.managerId));
  return (
    <>
      <div class="agent-who">
        <Field label="Name" error={form().errors()['name']}>
          {(ids) => <TextInput {...ids} value={form().fields.name} maxLength={120} placeholder="Juno" onValue={(value) => form().set('name', value)} />}
        </Field>
        <Field label="Role">
          {(ids) => <Select {...ids} value={form().fields.role} onValue={(role) => form().set('role', role)} choices={ROLES.map((role) => ({ value: role, label: roleLabel(role) }))} />}
        </Field>
      </div>
      <Show when={!props.first}>
        <div class="agent-who">
          <Field label="Title" optional>
            {(ids) => <TextInput {...ids} value={form().fields.title} maxLength={120} placeholder="Backend engineer" onValue={(value) => form().set('title', value)} />}
          </Field>
          <Field label="Reports to" error={form().errors()['managerId']}>
            {() => (
              <Picker
                label="Reports to"
                look="input"
                values={[form().fields.managerId ?? '']}
                onPick={(value) => form().set('managerId', value || null)}
                options={[
                  { value: '', label: 'The board', glyph: () => <Icon name="company" class="t3" /> },
                  ...managers().map((agent) => ({ value: agent.id, label: agent.name, note: agent.title ?? roleLabel(agent.role), glyph: () => <Sigil id={agent.id} name={agent.name} size={18} /> })),
                ]}
                face={
                  <Show when={manager()} fallback="The board">
                    {(agent) => (
                      <>
                        <Sigil id={agent().id} name={agent().name} size={18} />
                        {agent().name}
                      </>
                    )}
                  </Show>
                }
              />
            )}
          </Field>
        </div>
      </Show>
      <Field label="Good at" optional help="Colleagues read this when they choose whom to give work to.">
        {(ids) => <TextArea {...ids} value={form().fields.capabilities} onValue={(value) => form().set('capabilities', value)} />}
      </Field>
      <Show when={form().adapters().length > 0} fallback={<Waiting form={form()} />}>
        <fieldset class="field agent-adapter">
          <legend>Runs on</legend>
          <div class="adapter-cards">
            <For each={form().adapters()}>
              {(adapter) => (
                <label class="adapter-card">
                  <input
                    type="radio"
                    name="adapter"
                    value={adapter.type}
                    aria-label={adapter.label}
                    aria-describedby={`adapter-${adapter.type}`}
                    checked={form().adapter()?.type === adapter.type}
                    onChange={() => form().choose(adapter.type)}
                  />
                  <b>{adapter.label}</b>
                  <span class="meta t3" id={`adapter-${adapter.type}`}>
                    {adapter.description}
                  </span>
                </label>
              )}
            </For>
          </div>
        </fieldset>
        <Show when={form().adapter()} keyed>
          {(adapter) => <ConfigForm fields={form().configFields()} texts={form().texts} errors={form().errors()} models={adapter.models} onText={form().setText} />}
        </Show>
        <Test form={form()} />
        <div class="field agent-timer">
          <Switch label="Wake on a timer" checked={form().fields.timer} onChange={(on) => form().set('timer', on)} />
          <Show
            when={form().fields.timer}
            fallback={<p class="field-help">Off: it wakes when work is given to it, a comment names it, or you wake it.</p>}
          >
            <span class="line">
              every <TextInput aria-label="Minutes between wakes" inputmode="decimal" value={form().fields.everyMinutes} onValue={(value) => form().set('everyMinutes', value)} /> minutes, when it has work
            </span>
          </Show>
        </div>
      </Show>
    </>
  );
}

function Waiting(props: { form: AgentForm }) {
  return (
    <Show when={props.form.choices.error} fallback={<SkeletonRows rows={3} />}>
      <ErrorState what="The programs that run agents did not load" error={props.form.choices.error} onRetry={props.form.choices.refetch} />
    </Show>
  );
}

const marks = { OK: { icon: 'tick', tone: 'ok' }, WARN: { icon: 'warn', tone: 'warn' }, FAIL: { icon: 'close', tone: 'bad' } } as const;

/** Is it installed, signed in, allowed: asked on the machine where it would run. */
function Test(props: { form: AgentForm }) {
  return (
    <div class="field">
      <span class="line">
        <span class="name">Would it run here?</span>
        <span class="fill" />
        <Button size="small" pending={props.form.testing()} onClick={() => void props.form.test()}>
          {props.form.report() ? 'Test again' : 'Test'}
        </Button>
      </span>
      <Show when={props.form.report()}>
        {(report) => (
          <div class="checks agent-checks" role="status">
            <For each={report().checks}>
              {(check) => (
                <div class="check">
                  <Icon name={marks[check.outcome].icon} class={marks[check.outcome].tone} />
                  <span>
                    <Said text={check.message} />
                  </span>
                  <Show when={check.hint}>
                    <p class="meta t3">
                      <Said text={check.hint ?? ''} />
                    </p>
                  </Show>
                </div>
              )}
            </For>
          </div>
        )}
      </Show>
    </div>
  );
}
