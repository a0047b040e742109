import './breaker.css';
import { Match, Switch } from 'solid-js';
import { about } from '../../graphql/live.ts';
import { createView } from '../../graphql/view.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Section } from '../../ui/Panel.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { BreakerForm } from './BreakerForm.tsx';
import { AgentBreakersQuery } from './queries.ts';
import { Trips } from './Trips.tsx';

/** The limits that pause an agent by themselves, and what has tripped. */
export function AgentBreakers(props: { agentId: string; prefix: string; disabled: boolean }) {
  const view = createView({ query: AgentBreakersQuery, variables: () => ({ id: props.agentId, prefix: props.prefix }), concerns: about('breaker', 'breakers', 'breakerTrip') });
  return (
    <Switch fallback={<SkeletonRows rows={6} />}>
      <Match when={view.data?.agent && view.data.company ? view.data : undefined}>
        {(data) => (
          <div class="breakers">
            <p class="meta t3">Past one of these limits the agent is paused at once, with the evidence, and nothing wakes it before the board resets it.</p>
            <BreakerForm
              settings={data().agent!.breakerSettings}
              above={data().company!.breakerSettings.effective}
              aboveName="As the company has it"
              of={{ agentId: props.agentId }}
              disabled={props.disabled}
              onSaved={view.refetch}
            />
            <Section title="Tripped" note={data().company!.breakers.nodes.length || undefined}>
              <Trips trips={data().company!.breakers.nodes} />
            </Section>
          </div>
        )}
      </Match>
      <Match when={view.error}>
        <ErrorState what="The limits did not load" error={view.error} onRetry={view.refetch} />
      </Match>
    </Switch>
  );
}
