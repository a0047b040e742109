import { For, Show } from 'solid-js';
import { createView } from '../../graphql/view.ts';
import { explain } from '../../ui/failure.ts';
import { AgentModelsQuery } from './queries.ts';
import { aboutCosts, type Span } from './parts.ts';
import { Figures } from './PartsTable.tsx';

/** The models that one agent used, as rows below its own. */
export function AgentModels(props: { id: string; span: Span }) {
  const view = createView({ query: AgentModelsQuery, variables: () => ({ id: props.id, since: props.span.since, until: props.span.until }), concerns: aboutCosts, keep: true });
  const models = () => view.data?.agent?.costs.byModel.nodes ?? [];
  return (
    <For
      each={models()}
      fallback={
        <tr class="cost-inside">
          <td colSpan={6} class={view.error ? 'bad' : 't3'}>
            <Show when={view.error} fallback={view.loading ? 'Looking…' : 'No models.'}>
              {(error) => explain(error()).message}
            </Show>
          </td>
        </tr>
      }
    >
      {(part) => (
        <tr class="cost-inside">
          <th scope="row">
            <span class="cost-name">
              <span class="cut" title={part.model ?? undefined}>
                {part.model}
              </span>
            </span>
          </th>
          <Figures cost={part.cost} />
          <td class="cost-share" />
        </tr>
      )}
    </For>
  );
}
