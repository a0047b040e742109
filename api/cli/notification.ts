import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.ts';
import { chooseMany } from './choices.ts';
import { ApiError, UsageError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { DeliveryRowFragment, NotificationEvent, TargetRowFragment } from './generated/graphql.ts';
import { bold, columns, dim, plain } from './print.ts';
import { companyId } from './refs.ts';
import type { Settings } from './settings.ts';

graphql(`
  fragment TargetRow on NotificationTarget { id name channel address events enabled failedInRow }
`);
graphql(`
  fragment DeliveryRow on NotificationDelivery { id event subject status attempts nextAttemptAt lastStatus lastError createdAt deliveredAt target { id name } }
`);
const TargetsQuery = graphql(`
  query NotificationTargets($company: String!) {
    company(ref: $company) { notificationTargets(first: 100) { nodes { ...TargetRow } } }
  }
`);
const DeliveryQuery = graphql(`
  query NotificationDelivery($id: ID!) {
    node(id: $id) { ... on NotificationDelivery { ...DeliveryRow } }
  }
`);

const events = ['APPROVAL_WAITING', 'BUDGET_WARNING', 'BUDGET_STOPPED', 'BREAKER_TRIPPED', 'RUN_FAILED'] as const satisfies NotificationEvent[];
const STEP_MS = 200;

/** What a target is told of: `run-failed,budget-stopped`, or all there is. */
export function eventsOf(given: string | undefined): NotificationEvent[] {
  return given === undefined || given === 'all' ? [...events] : chooseMany('--events', events, given);
}
export const eventsAbout = `of what, separated by commas: ${events.map((event) => event.toLowerCase().replaceAll('_', '-')).join(', ')}; or all`;

export async function targetsOf(settings: Settings): Promise<TargetRowFragment[]> {
  const { company } = await ask(settings, TargetsQuery, { company: await companyId(settings) });
  return company?.notificationTargets.nodes ?? [];
}

/** A target by its id or name. */
export async function targetId(settings: Settings, named: string | undefined): Promise<string> {
  if (!named) throw new UsageError('name a target; boardroom notification list shows them');
  const found = (await targetsOf(settings)).filter(({ id, name }) => id === named || name.toLowerCase() === named.toLowerCase());
  const [only, other] = found;
  if (!only) throw new ApiError('NOT_FOUND', `no notification target ${named}`);
  if (other) throw new UsageError(`several are called ${named}; use the id`);
  return only.id;
}

/** The message once it is done with, or as it stands when the time is over. */
export async function whenDone(settings: Settings, id: string, seconds: number): Promise<DeliveryRowFragment> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const delivery = (await ask(settings, DeliveryQuery, { id })).node as DeliveryRowFragment | null;
    if (!delivery?.status) throw new ApiError('NOT_FOUND', `no message ${id}`);
    if (delivery.status !== 'PENDING' || performance.now() >= until) return delivery;
    await sleep(STEP_MS);
  }
}

export function targetTable(targets: TargetRowFragment[]): string {
  if (targets.length === 0) return dim('nobody is notified');
  return columns(targets.map(({ id, name, channel, address, events: of, enabled, failedInRow }) => [
    dim(id), bold(plain(name)), channel.toLowerCase(), plain(address), of.length === events.length ? 'all' : of.join(','),
    enabled ? (failedInRow > 0 ? `${failedInRow} failed in a row` : '') : `disabled${failedInRow > 0 ? `: ${failedInRow} failed in a row` : ''}`,
  ]));
}

export function deliveryTable(deliveries: DeliveryRowFragment[]): string {
  if (deliveries.length === 0) return dim('no messages');
  return columns(deliveries.map(({ id, event, status, attempts, lastError, nextAttemptAt, createdAt, target }) => [
    dim(id), dim(String(createdAt)), bold(status), event, plain(target.name), `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    plain([lastError ?? '', status === 'PENDING' && attempts > 0 && nextAttemptAt ? `next at ${String(nextAttemptAt)}` : ''].filter(Boolean).join('; ')),
  ]));
}
