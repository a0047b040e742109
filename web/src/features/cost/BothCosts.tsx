import { Show } from 'solid-js';
import { Priced } from './PartsTable.tsx';

interface Sum {
  costMicros: string;
  imputedMicros: string;
  unpricedCount: number;
  unimputedCount: number;
  eventCount: number;
}

/** What was billed, and what it is worth where that is something else. */
export function BothCosts(props: { cost: Sum }) {
  return (
    <span class="both-costs">
      <span>
        <Priced micros={props.cost.costMicros} missing={props.cost.unpricedCount} all={props.cost.eventCount} />
      </span>
      <Show when={props.cost.imputedMicros !== props.cost.costMicros}>
        <span class="meta t3">
          worth <Priced micros={props.cost.imputedMicros} missing={props.cost.unimputedCount} all={props.cost.eventCount} />
        </span>
      </Show>
    </span>
  );
}
