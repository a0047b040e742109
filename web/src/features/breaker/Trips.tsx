import './breaker.css';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import type { TripLineFragment } from '../../graphql/generated/graphql.ts';
import { Chip } from '../../ui/Chip.tsx';
import { sentence } from '../../ui/failure.ts';
import { Ago } from '../../ui/Time.tsx';

/** What tripped, newest first. */
export function Trips(props: { trips: readonly TripLineFragment[]; named?: boolean }) {
  const company = useCompany();
  return (
    <ul class="trips">
      <For each={props.trips} fallback={<li class="meta t3">None has tripped.</li>}>
        {(trip) => (
          <li class="trip-line">
            <Chip tone={trip.resetAt ? 'plain' : 'warn'}>{trip.resetAt ? 'reset' : 'in force'}</Chip>
            <span class="trip-line-words">
              <Show when={props.named}>
                <A class="name link" href={paths.agent(company.prefix, trip.agent.id)}>
                  {trip.agent.name}
                </A>{' '}
              </Show>
              {sentence(trip.message)}
              <Show when={trip.resetAt}>
                <span class="meta t3">
                  {' '}
                  Reset by {trip.resetBy?.name ?? 'Boardroom'}
                  {trip.resetNote ? `: ${trip.resetNote}` : ''}
                </span>
              </Show>
            </span>
            <Ago at={trip.trippedAt} class="meta t3" />
          </li>
        )}
      </For>
    </ul>
  );
}
