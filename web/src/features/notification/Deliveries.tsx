import { createSignal, Show } from 'solid-js';
import type { DeliveryFragment } from '../../graphql/generated/graphql.ts';
import { about } from '../../graphql/live.ts';
import { mutate } from '../../graphql/mutate.ts';
import { createPages } from '../../graphql/pages.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { plural, soonOf } from '../../ui/format.ts';
import { MoreList } from '../../ui/MoreList.tsx';
import { Section } from '../../ui/Panel.tsx';
import { Ago } from '../../ui/Time.tsx';
import { toast } from '../../ui/toast.ts';
import { DeliveriesQuery, RetryDelivery } from './queries.ts';
import { eventWords, stateOf } from './words.ts';

/** What was sent, newest first, and what became of it. */
export function Deliveries(props: { prefix: string; disabled: boolean }) {
  const pages = createPages({
    query: DeliveriesQuery,
    variables: () => ({ prefix: props.prefix, first: 25 }),
    connection: (data) => data.company?.notificationDeliveries,
    concerns: about('notificationTarget', 'notificationDelivery', 'notification', 'approval', 'budget', 'breaker', 'run'),
  });
  return (
    <Section
      title="Messages"
      action={
        <Button size="small" kind="ghost" icon="retry" onClick={() => pages.refetch()}>
          Refresh
        </Button>
      }
    >
      <MoreList what="The messages" pages={pages} empty={<p class="meta t3">None was sent yet.</p>}>
        {(delivery) => <DeliveryRow delivery={delivery} disabled={props.disabled} onDone={pages.refetch} />}
      </MoreList>
    </Section>
  );
}

function DeliveryRow(props: { delivery: DeliveryFragment; disabled: boolean; onDone: () => void }) {
  const it = () => props.delivery;
  const [pending, setPending] = createSignal(false);
  const again = () => it().deliveryStatus === 'FAILED' || it().deliveryStatus === 'CANCELLED';
  const retry = async () => {
    setPending(true);
    const { failure } = await mutate(RetryDelivery, { input: { deliveryId: it().id } });
    setPending(false);
    if (failure) toast.error('The message was not sent again', failure.message);
    else props.onDone();
  };
  const tried = () => {
    const { attempts, nextAttemptAt, deliveryStatus } = it();
    const next = deliveryStatus === 'PENDING' && nextAttemptAt && attempts > 0 ? `, next at ${soonOf(nextAttemptAt)}` : '';
    return attempts > 1 || deliveryStatus !== 'DELIVERED' ? `${plural(attempts, 'attempt')}${next}` : '';
  };
  return (
    <div class="delivery">
      <Chip tone={stateOf(it().deliveryStatus).tone}>{stateOf(it().deliveryStatus).word}</Chip>
      <div class="target-words">
        <p>
          <span class="name">{eventWords(it().event)}</span> <span class="meta t3">to {it().target.name}</span>
        </p>
        <Show when={tried() || (it().lastError && it().deliveryStatus !== 'DELIVERED')}>
          <p class="meta t3">
            {tried()}
            <Show when={it().deliveryStatus !== 'DELIVERED' && it().lastError}>
              {(error) => <span class={it().deliveryStatus === 'FAILED' ? 'bad' : 'warn'}> {error()}</span>}
            </Show>
          </p>
        </Show>
      </div>
      <Ago at={it().deliveredAt ?? it().createdAt} class="meta t3" />
      <Show when={again()}>
        <Button size="small" pending={pending()} disabled={props.disabled} onClick={() => void retry()}>
          Retry
        </Button>
      </Show>
    </div>
  );
}
