import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { paths } from '../../app/company.ts';
import type { ApprovalDetailFragment } from '../../graphql/generated/graphql.ts';
import { duration } from '../../ui/format.ts';
import { Properties, Property } from '../../ui/Properties.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { roleLabel } from '../agent/role.ts';
import { executed, isTold } from './executed.ts';
import { allowanceWords } from './words.ts';

type Hire = NonNullable<ApprovalDetailFragment['agent']>;

/** The agent as it would be hired: who, under whom, run by what exactly, and how much it may use. */
export function HireFacts(props: { agent: Hire; budget: ApprovalDetailFragment['hireBudget']; prefix: string }) {
  const agent = () => props.agent;
  const settings = () => Object.entries((agent().adapterConfig ?? {}) as Record<string, unknown>);
  return (
    <div class="hire">
      <div class="hire-face">
        <Sigil id={agent().id} name={agent().name} state={agent().status} size={40} />
        <div>
          <b>{agent().name}</b>
          <p class="meta t3">{agent().title ?? roleLabel(agent().role)}</p>
        </div>
      </div>
      <Properties>
        <Property name="Role">{roleLabel(agent().role)}</Property>
        <Property name="Reports to">
          <Show when={agent().manager} fallback={<span class="t3">the board</span>}>
            {(manager) => (
              <A class="line link" href={paths.agent(props.prefix, manager().id)}>
                {manager().name}
              </A>
            )}
          </Show>
        </Property>
        <Property name="Good at">
          <Show when={agent().capabilities} fallback={<span class="t3">not said</span>}>
            {(text) => <span class="hire-good">{text()}</span>}
          </Show>
        </Property>
        <Property name="Runs on">
          <div class="hire-runs">
            <span class="mono">{agent().adapterType}</span>
            <Show when={executed(agent().adapterConfig)}>{(line) => <code class="mono hire-line">{line()}</code>}</Show>
            <Show when={isTold(agent().adapterConfig)}>
              <span class="meta t3">reads the text that its settings name as stdin</span>
            </Show>
          </div>
        </Property>
        <Property name="Timer">
          <Show when={agent().heartbeat.enabled} fallback={<span class="t3">off</span>}>
            every {duration(agent().heartbeat.intervalSec * 1000)}
          </Show>
        </Property>
        <Property name="At once">{agent().maxConcurrentRuns === 1 ? 'one run' : `up to ${agent().maxConcurrentRuns} runs`}</Property>
        <Property name="Budget">
          <Show when={props.budget} fallback={<span class="t3">none of its own</span>}>
            {(budget) => <>{allowanceWords(budget(), budget().amount)}</>}
          </Show>
        </Property>
      </Properties>
      <Show when={settings().length > 0}>
        <details class="hire-settings">
          <summary>Settings of its adapter ({settings().length})</summary>
          <pre class="mono">{settings().map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join('\n')}</pre>
        </details>
      </Show>
    </div>
  );
}
