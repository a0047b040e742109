import { Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { aboutAgent } from '../../../graphql/live.ts';
import { createPages } from '../../../graphql/pages.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { isZero } from '../../../ui/format.ts';
import { Money } from '../../../ui/Money.tsx';
import { MoreList } from '../../../ui/MoreList.tsx';
import { Row } from '../../../ui/Row.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Ago, Elapsed } from '../../../ui/Time.tsx';
import { wakeInWords } from '../../run/run.ts';
import { AgentRunsQuery } from './queries.ts';

export function AgentRuns(props: { agentId: string; name: string; prefix: string }) {
  const pages = createPages({
    query: AgentRunsQuery,
    variables: () => ({ id: props.agentId, first: 25 }),
    connection: (data) => data.agent?.runs,
    concerns: aboutAgent(() => props.agentId),
  });
  return (
    <MoreList
      what="The runs"
      pages={pages}
      empty={
        <Empty icon="terminal" title={`${props.name} has not run yet`}>
          A run starts when an issue is assigned, a person comments, the timer is due, or somebody wakes the agent.
        </Empty>
      }
    >
      {(run) => (
        <Row href={paths.run(props.prefix, run.number)} class="agent-run">
          <RunGlyph status={run.status} />
          <span class="t3 num meta">{run.number}</span>
          <span class="cut">
            <Show when={run.issue} fallback={<span class="t2">{wakeInWords(run.source, run.reason)}</span>}>
              {(issue) => (
                <>
                  <span class="t3 num">{issue().identifier}</span> <span class="name">{issue().title}</span>
                </>
              )}
            </Show>
          </span>
          <span class="meta t3 cut agent-run-why">
            <Show when={run.error} fallback={run.issue ? wakeInWords(run.source, run.reason) : ''}>
              {(error) => <span class={run.status === 'FAILED' || run.status === 'TIMED_OUT' ? 'bad' : ''}>{error().message}</span>}
            </Show>
          </span>
          <span class="num meta t2 agent-run-took">
            <Show when={run.startedAt}>{(at) => <Elapsed since={at()} until={run.finishedAt} class={run.finishedAt ? '' : 'accent'} />}</Show>
          </span>
          <span class="num meta t2 agent-run-cost">
            <Show when={!isZero(run.cost.costMicros)}>
              <Money micros={run.cost.costMicros} />
            </Show>
          </span>
          <Ago at={run.finishedAt ?? run.startedAt ?? run.queuedAt} class="meta t3 agent-run-ago" />
        </Row>
      )}
    </MoreList>
  );
}
