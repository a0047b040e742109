import { For } from 'solid-js';
import type { CostSumFragment } from '../../graphql/generated/graphql.ts';
import { Panel } from '../../ui/Panel.tsx';
import { FigureHeads, Figures } from './PartsTable.tsx';

/** The rolling windows by which providers count their quotas. */
export function Lately(props: { hours5: CostSumFragment; hours24: CostSumFragment; days7: CostSumFragment }) {
  const rows = (): [string, CostSumFragment][] => [
    ['5 hours', props.hours5],
    ['24 hours', props.hours24],
    ['7 days', props.days7],
  ];
  return (
    <Panel title="Lately" note="rolling, until now" flush>
      <table class="cost-table" aria-label="Lately">
        <thead>
          <tr>
            <th scope="col">The last</th>
            <FigureHeads />
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {([name, cost]) => (
              <tr>
                <th scope="row">
                  <span class="cost-name">{name}</span>
                </th>
                <Figures cost={cost} />
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Panel>
  );
}
