import { createSignal, For, Show } from 'solid-js';
import type { NotificationChannel, NotificationEvent, TargetFragment } from '../../graphql/generated/graphql.ts';
import { mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Select, TextInput } from '../../ui/Field.tsx';
import type { Failure } from '../../ui/failure.ts';
import { CreateTarget, UpdateTarget } from './queries.ts';
import { eventNames } from './words.ts';

/** A webhook or a mailbox, and what it is told of. */
export function TargetDialog(props: { companyId: string; target?: TargetFragment; onClose: () => void; onDone: (name: string, key: string | null) => void }) {
  const [name, setName] = createSignal(props.target?.name ?? '');
  const [channel, setChannel] = createSignal<NotificationChannel>(props.target?.channel ?? 'WEBHOOK');
  const [address, setAddress] = createSignal(props.target?.address ?? '');
  const [events, setEvents] = createSignal<readonly NotificationEvent[]>(props.target?.events ?? eventNames.map(({ event }) => event));
  const [lacking, setLacking] = createSignal<Record<string, string>>({});
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [pending, setPending] = createSignal(false);
  const errorOf = (field: string) => lacking()[field] ?? (failure()?.field === field ? (failure()?.message ?? null) : null);
  const general = () => {
    const it = failure();
    return it && !['name', 'address', 'channel', 'events'].includes(it.field ?? '') ? it.message : null;
  };
  const changed = (act: () => void) => {
    act();
    setLacking({});
    setFailure(null);
  };
  const send = async () => {
    const missing: Record<string, string> = {};
    if (name().trim() === '') missing['name'] = 'What is it called?';
    if (address().trim() === '') missing['address'] = channel() === 'EMAIL' ? 'Which mailbox?' : 'Which address?';
    if (events().length === 0) missing['events'] = 'Of what is it told?';
    setLacking(missing);
    if (Object.keys(missing).length > 0 || pending()) return;
    setPending(true);
    const fields = { name: name().trim(), address: address().trim(), events: [...events()] };
    if (props.target) {
      const outcome = await mutate(UpdateTarget, { input: { targetId: props.target.id, ...fields } });
      setPending(false);
      if (outcome.failure) setFailure(outcome.failure);
      else props.onDone(fields.name, null);
      return;
    }
    const outcome = await mutate(CreateTarget, { input: { companyId: props.companyId, channel: channel(), ...fields } });
    setPending(false);
    if (outcome.failure) setFailure(outcome.failure);
    else props.onDone(fields.name, outcome.data.createNotificationTarget.signingKey ?? null);
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.target ? `Change ${props.target.name}` : 'Tell somebody outside of the board'}
      onSubmit={() => void send()}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" pending={pending()}>
            {props.target ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <Show when={!props.target}>
        <Field label="By" error={errorOf('channel')}>
          {(ids) => (
            <Select
              {...ids}
              value={channel()}
              choices={[{ value: 'WEBHOOK', label: 'Webhook' }, { value: 'EMAIL', label: 'E-mail' }]}
              onValue={(value) => changed(() => setChannel(value))}
            />
          )}
        </Field>
      </Show>
      <Field label="Name" error={errorOf('name')}>
        {(ids) => <TextInput {...ids} value={name()} maxLength={120} placeholder={channel() === 'EMAIL' ? 'Night watch' : 'Ops channel'} onValue={(value) => changed(() => setName(value))} />}
      </Field>
      <Field
        label={channel() === 'EMAIL' ? 'Mailbox' : 'Address'}
        error={errorOf('address')}
        help={channel() === 'EMAIL' ? undefined : 'Each message is a signed POST of JSON. Addresses of private networks are refused unless the server allows them.'}
      >
        {(ids) => (
          <TextInput
            {...ids}
            type={channel() === 'EMAIL' ? 'email' : 'url'}
            value={address()}
            maxLength={2_000}
            placeholder={channel() === 'EMAIL' ? 'board@example.com' : 'https://example.com/hooks/boardroom'}
            onValue={(value) => changed(() => setAddress(value))}
          />
        )}
      </Field>
      <fieldset class="target-events">
        <legend>Tell of</legend>
        <For each={eventNames}>
          {(each) => (
            <label class="target-event">
              <input
                type="checkbox"
                checked={events().includes(each.event)}
                onChange={(change) => {
                  const on = change.currentTarget.checked;
                  changed(() => setEvents((all) => (on ? [...all, each.event] : all.filter((event) => event !== each.event))));
                }}
              />
              {each.name}
            </label>
          )}
        </For>
        <Show when={errorOf('events')}>
          {(error) => (
            <p class="field-error" role="alert">
              {error()}
            </p>
          )}
        </Show>
      </fieldset>
      <Show when={general()}>
        {(message) => (
          <p class="field-error" role="alert">
            {message()}
          </p>
        )}
      </Show>
    </Dialog>
  );
}
