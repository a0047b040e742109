import './notification.css';
import { createSignal, Match, Show, Switch } from 'solid-js';
import type { TargetFragment } from '../../graphql/generated/graphql.ts';
import { about } from '../../graphql/live.ts';
import { mutate } from '../../graphql/mutate.ts';
import { createPages } from '../../graphql/pages.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { MoreList } from '../../ui/MoreList.tsx';
import { Section } from '../../ui/Panel.tsx';
import { toast } from '../../ui/toast.ts';
import { Deliveries } from './Deliveries.tsx';
import { KeyDialog } from './KeyDialog.tsx';
import { RemoveTarget, RotateKey, TargetsQuery, TestTarget, UpdateTarget } from './queries.ts';
import { TargetDialog } from './TargetDialog.tsx';
import { eventWords } from './words.ts';

type Asking = { what: 'add' } | { what: 'edit' | 'remove' | 'rotate'; target: TargetFragment };

/** Who is told outside of the board, of what, and what became of each message. */
export function Targets(props: { companyId: string; prefix: string; disabled: boolean }) {
  const pages = createPages({
    query: TargetsQuery,
    variables: () => ({ prefix: props.prefix, first: 50 }),
    connection: (data) => data.company?.notificationTargets,
    concerns: about('notificationTarget'),
  });
  const [asking, setAsking] = createSignal<Asking>();
  const [shown, setShown] = createSignal<{ name: string; key: string }>();
  const close = () => setAsking(undefined);
  const of = (what: 'edit' | 'remove' | 'rotate') => {
    const now = asking();
    return now && now.what === what && 'target' in now ? now.target : undefined;
  };
  return (
    <>
      <Section
        title="Who is told"
        note={pages.nodes.length || undefined}
        action={
          <Button size="small" icon="plus" disabled={props.disabled} onClick={() => setAsking({ what: 'add' })}>
            Add
          </Button>
        }
      >
        <MoreList
          what="The targets"
          pages={pages}
          empty={
            <Empty icon="message" title="Nobody is told outside of the board">
              A webhook or a mailbox hears of approvals that wait, budgets that stop work, breakers that trip and runs that failed for good.
            </Empty>
          }
        >
          {(target) => <TargetRow target={target} disabled={props.disabled} onAsk={(what) => setAsking({ what, target })} />}
        </MoreList>
      </Section>
      <Deliveries prefix={props.prefix} disabled={props.disabled} />
      <Show when={asking()?.what === 'add'}>
        <TargetDialog
          companyId={props.companyId}
          onClose={close}
          onDone={(name, key) => {
            close();
            if (key) setShown({ name, key });
            pages.refetch();
          }}
        />
      </Show>
      <Show when={of('edit')} keyed>
        {(target) => (
          <TargetDialog
            companyId={props.companyId}
            target={target}
            onClose={close}
            onDone={() => {
              close();
              pages.refetch();
            }}
          />
        )}
      </Show>
      <Show when={of('remove')} keyed>
        {(target) => <RemoveDialog target={target} onClose={close} onDone={pages.refetch} />}
      </Show>
      <Show when={of('rotate')} keyed>
        {(target) => <RotateDialog target={target} onClose={close} onKey={(key) => setShown({ name: target.name, key })} />}
      </Show>
      <Show when={shown()} keyed>
        {(it) => <KeyDialog name={it.name} signingKey={it.key} onClose={() => setShown(undefined)} />}
      </Show>
    </>
  );
}

function TargetRow(props: { target: TargetFragment; disabled: boolean; onAsk: (what: 'edit' | 'remove' | 'rotate') => void }) {
  const it = () => props.target;
  const test = async () => {
    const { failure } = await mutate(TestTarget, { input: { targetId: it().id } });
    if (failure) toast.error('The test was not sent', failure.message);
    else toast.show({ title: `A test goes to ${it().name}`, detail: 'What became of it stands under Messages.', icon: 'message', key: `target:${it().id}` });
  };
  const enable = async (enabled: boolean) => {
    const { failure } = await mutate(UpdateTarget, { input: { targetId: it().id, enabled } });
    if (failure) toast.error(`${it().name} was not changed`, failure.message);
  };
  return (
    <div class="target" role="group" aria-label={it().name}>
      <Icon name={it().channel === 'EMAIL' ? 'inbox' : 'external'} class="t3" label={it().channel === 'EMAIL' ? 'Mail' : 'Webhook'} />
      <div class="target-words">
        <p>
          <span class="name">{it().name}</span> <span class="meta t3 target-address">{it().address}</span>
        </p>
        <p class="meta t3">
          <Switch fallback={it().events.map(eventWords).join(', ')}>
            <Match when={!it().enabled && it().failedInRow > 0}>
              <span class="bad">Switched off after {it().failedInRow} messages in a row did not arrive.</span>
            </Match>
            <Match when={it().failedInRow > 0}>
              <span class="warn">{it().failedInRow} given up since one arrived.</span> {it().events.map(eventWords).join(', ')}
            </Match>
          </Switch>
        </p>
      </div>
      <Show when={!it().enabled}>
        <Chip>off</Chip>
      </Show>
      <Button size="small" disabled={props.disabled || !it().enabled} onClick={() => void test()} aria-label={`Test ${it().name}`}>
        Test
      </Button>
      <Menu
        label={`More for ${it().name}`}
        trigger={<Icon name="more" />}
        triggerClass="button ghost square small"
        placement="bottom-end"
        groups={[
          [
            { label: 'Change', icon: 'edit', disabled: props.disabled, onSelect: () => props.onAsk('edit') },
            { label: it().enabled ? 'Switch off' : 'Switch on', icon: it().enabled ? 'pause' : 'play', disabled: props.disabled, onSelect: () => void enable(!it().enabled) },
            ...(it().channel === 'WEBHOOK' ? [{ label: 'New signing key', icon: 'key' as const, disabled: props.disabled, onSelect: () => props.onAsk('rotate') }] : []),
          ],
          [{ label: 'Remove', icon: 'trash', danger: true, disabled: props.disabled, onSelect: () => props.onAsk('remove') }],
        ]}
      />
    </div>
  );
}

function RemoveDialog(props: { target: TargetFragment; onClose: () => void; onDone: () => void }) {
  const [pending, setPending] = createSignal(false);
  const remove = async () => {
    setPending(true);
    const { failure } = await mutate(RemoveTarget, { input: { targetId: props.target.id } });
    setPending(false);
    props.onClose();
    if (failure) toast.error(`${props.target.name} was not removed`, failure.message);
    else props.onDone();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`Remove ${props.target.name}?`}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Keep it
          </Button>
          <Button kind="danger-solid" pending={pending()} onClick={() => void remove()}>
            Remove
          </Button>
        </>
      }
    >
      <p class="t2">{props.target.address} is told nothing more. Messages that wait are not sent, and its log goes with it.</p>
    </Dialog>
  );
}

function RotateDialog(props: { target: TargetFragment; onClose: () => void; onKey: (key: string) => void }) {
  const [pending, setPending] = createSignal(false);
  const rotate = async () => {
    setPending(true);
    const { data, failure } = await mutate(RotateKey, { input: { targetId: props.target.id } });
    setPending(false);
    props.onClose();
    if (failure) toast.error('The key was not replaced', failure.message);
    else if (data.rotateNotificationKey.signingKey) props.onKey(data.rotateNotificationKey.signingKey);
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`Replace the signing key of ${props.target.name}?`}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Keep it
          </Button>
          <Button kind="primary" pending={pending()} onClick={() => void rotate()}>
            Replace key
          </Button>
        </>
      }
    >
      <p class="t2">From now on messages are signed with the new one: the receiver refuses them until it knows it.</p>
    </Dialog>
  );
}

