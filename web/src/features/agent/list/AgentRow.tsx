import { Show } from 'solid-js';
import type { AgentLineFragment } from '../../../graphql/generated/graphql.ts';
import { isZero } from '../../../ui/format.ts';
import { Money } from '../../../ui/Money.tsx';
import { Row } from '../../../ui/Row.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { Ago, Elapsed } from '../../../ui/Time.tsx';
import { roleLabel } from '../role.ts';
import { stateInWords, stateTone } from './state.ts';

/** One agent on one line: who, how it stands, what it does now, what runs it, when last, what it spent this month. */
export function AgentRow(props: { agent: AgentLineFragment; href: string; depth: number }) {
  const run = () => props.agent.currentRuns[0];
  return (
    <Row href={props.href} class="agent-row" style={{ '--depth': props.depth }}>
      <span class="agent-person">
        <Sigil id={props.agent.id} name={props.agent.name} state={props.agent.status} size={22} />
        <span class="name cut">{props.agent.name}</span>
        <span class="agent-role meta t3 cut">{props.agent.title ?? roleLabel(props.agent.role)}</span>
      </span>
      <span class="agent-doing cut">
        <Show when={run()} fallback={<span class={`meta ${stateTone(props.agent.status)}`}>{stateInWords(props.agent)}</span>}>
          {(live) => (
            <span class="agent-live">
              <RunGlyph status="RUNNING" />
              <Show when={live().startedAt}>{(at) => <Elapsed since={at()} class="accent meta" />}</Show>
              <span class="meta t2 cut">{live().issue ? `${live().issue?.identifier} ${live().issue?.title}` : 'heartbeat'}</span>
              <Show when={props.agent.currentRuns.length > 1}>
                <span class="meta t3">+{props.agent.currentRuns.length - 1}</span>
              </Show>
            </span>
          )}
        </Show>
      </span>
      <span class="agent-adapter-name meta t3">{props.agent.adapterType}</span>
      <span class="agent-cost num meta t2">
        <Show when={!isZero(props.agent.cost.costMicros)}>
          <Money micros={props.agent.cost.costMicros} />
        </Show>
      </span>
      <span class="agent-last num meta t3">
        <Show when={props.agent.lastRunAt} fallback="never">
          {(at) => <Ago at={at()} />}
        </Show>
      </span>
    </Row>
  );
}
