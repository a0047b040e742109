import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { AgentBudgets } from '../../budget/Beside.tsx';
import { idleBasis, idleWords } from '../../budget/idle.ts';
import { BothCosts } from '../../cost/BothCosts.tsx';
import { compact, count, duration, moment } from '../../../ui/format.ts';
import { Properties, Property } from '../../../ui/Properties.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { Ago, At } from '../../../ui/Time.tsx';
import { roleLabel } from '../role.ts';
import type { AgentDetail } from './agent.ts';

export function AgentSide(props: { agent: AgentDetail; prefix: string; adapterLabel: string; fixed: boolean }) {
  const agent = () => props.agent;
  const model = () => {
    const value = (agent().adapterConfig as { model?: unknown } | null)?.model;
    return typeof value === 'string' && value ? value : null;
  };
  const tokens = () => BigInt(agent().month.inputTokens) + BigInt(agent().month.cachedInputTokens) + BigInt(agent().month.outputTokens);
  return (
    <>
      <h3>Who</h3>
      <Properties>
        <Property name="Role">{roleLabel(agent().role)}</Property>
        <Property name="Reports to">
          <Show when={agent().manager} fallback={<span class="t3">the board</span>}>
            {(manager) => (
              <A class="line" href={paths.agent(props.prefix, manager().id)}>
                <Sigil id={manager().id} name={manager().name} state={manager().status} size={18} />
                {manager().name}
              </A>
            )}
          </Show>
        </Property>
        <Property name="Hired">
          <span title={moment(agent().createdAt)}>
            <Ago at={agent().createdAt} />
          </span>
        </Property>
      </Properties>
      <Show when={agent().capabilities}>
        <h3>Good at</h3>
        <p class="meta t2 agent-good">{agent().capabilities}</p>
      </Show>
      <Show when={agent().reports.nodes.length > 0}>
        <h3>
          Reports <span class="t3 num">{agent().reports.nodes.length}</span>
        </h3>
        <For each={agent().reports.nodes}>
          {(report) => (
            <A class="mention" href={paths.agent(props.prefix, report.id)}>
              <Sigil id={report.id} name={report.name} state={report.status} size={18} />
              <span class="cut">{report.name}</span>
              <span class="mention-end meta t3 cut">{report.title ?? roleLabel(report.role)}</span>
            </A>
          )}
        </For>
      </Show>
      <h3>Runs on</h3>
      <Properties>
        <Property name="Adapter">{props.adapterLabel}</Property>
        <Show when={model()}>
          {(name) => (
            <Property name="Model">
              <span class="mono cut">{name()}</span>
            </Property>
          )}
        </Show>
        <Property name="Timer">
          <Show when={agent().heartbeat.enabled} fallback={<span class="t3">off</span>}>
            <span class="agent-timer">
              every {duration(agent().heartbeat.intervalSec * 1000)}
              <Show when={agent().status !== 'PAUSED' && agent().heartbeat.nextAt}>
                {(at) => <span class="t3"> next <At at={at()} /></span>}
              </Show>
            </span>
          </Show>
        </Property>
        <Property name="At once">{agent().maxConcurrentRuns}</Property>
      </Properties>
      <h3>This month</h3>
      <Properties>
        <Property name="Cost">
          <BothCosts cost={agent().month} />
        </Property>
        <Property name="Runs that cost">{count(agent().month.runCount)}</Property>
        <Property name="Tokens">{compact(tokens())}</Property>
        <Property name="All time">
          <BothCosts cost={agent().cost} />
        </Property>
      </Properties>
      <h3>Budgets</h3>
      <AgentBudgets id={agent().id} disabled={props.fixed} />
      <Show when={idleWords(agent().idling)}>
        {(words) => (
          <>
            <h3>Idle for free</h3>
            <p class="meta t2" title={idleBasis(agent().idling)}>
              In 7 days, {words()}
            </p>
          </>
        )}
      </Show>
    </>
  );
}
