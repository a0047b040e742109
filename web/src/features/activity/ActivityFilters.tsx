import { Show, type JSX } from 'solid-js';
import type { AgentStatus } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { Select, TextInput } from '../../ui/Field.tsx';
import { Picker } from '../../ui/Picker.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { actorTypes, type Filters, type Span } from './filters.ts';

interface Agent {
  id: string;
  name: string;
  status: AgentStatus;
}

/** Whom it concerns, who did it, and when. All of it stands in the address. */
export function ActivityFilters(props: { agents: readonly Agent[]; filters: Filters; set: (change: Partial<Record<'agent' | 'by' | 'span' | 'from' | 'to', string | null>>) => void }) {
  const named = (id: string | undefined) => props.agents.find((each) => each.id === id);
  const options = () => props.agents.map((each) => ({ value: each.id, label: each.name, glyph: () => <Sigil id={each.id} name={each.name} state={each.status} size={18} /> }));
  const face = (agent: Agent | undefined, otherwise: JSX.Element) => (
    <Show when={agent} fallback={otherwise}>
      {(it) => (
        <>
          <Sigil id={it().id} name={it().name} size={16} />
          {it().name}
        </>
      )}
    </Show>
  );
  const actor = () => actorTypes.find(({ type }) => type === props.filters.by)?.name;
  const narrowed = () => Object.values(props.filters).some((value) => value !== undefined);
  return (
    <div class="activity-filters" role="group" aria-label="Filters">
      <Picker
        label="About"
        values={[props.filters.agent ?? '']}
        onPick={(value) => props.set({ agent: value || null })}
        options={[{ value: '', label: 'About everybody' }, ...options()]}
        face={face(named(props.filters.agent), 'About everybody')}
      />
      <Picker
        label="Done by"
        values={[props.filters.by ?? '']}
        onPick={(value) => props.set({ by: value || null })}
        options={[{ value: '', label: 'Done by anybody' }, ...actorTypes.map(({ type, name }) => ({ value: type, label: name })), ...options()]}
        face={face(named(props.filters.by), <>{actor() ? `Done by ${actor()}` : 'Done by anybody'}</>)}
      />
      <Select
        size="small"
        aria-label="When"
        value={props.filters.span ?? 'ever'}
        choices={[
          { value: 'ever', label: 'At any time' },
          { value: 'day', label: 'Last 24 hours' },
          { value: 'week', label: 'Last 7 days' },
          { value: 'month', label: 'Last 30 days' },
          { value: 'custom', label: 'Between two days' },
        ]}
        onValue={(value: Span | 'ever') => props.set({ span: value === 'ever' ? null : value, ...(value === 'custom' ? {} : { from: null, to: null }) })}
      />
      <Show when={props.filters.span === 'custom'}>
        <TextInput type="date" class="activity-day-input" aria-label="From, UTC" value={props.filters.from ?? ''} onValue={(value) => props.set({ from: value || null })} />
        <span class="meta t3">to</span>
        <TextInput type="date" class="activity-day-input" aria-label="To, UTC" value={props.filters.to ?? ''} onValue={(value) => props.set({ to: value || null })} />
      </Show>
      <Show when={narrowed()}>
        <Button size="small" kind="ghost" onClick={() => props.set({ agent: null, by: null, span: null, from: null, to: null })}>
          Clear
        </Button>
      </Show>
    </div>
  );
}
