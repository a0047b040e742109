import './list/agents.css';
import { useSearchParams } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { openCreate } from '../../app/create.ts';
import { paths, useCompany } from '../../app/company.ts';
import { useShortcuts } from '../../app/keyboard.ts';
import type { AgentStatus } from '../../graphql/generated/graphql.ts';
import { AgentBadge, agentStateLabel } from '../../ui/AgentBadge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { explain } from '../../ui/failure.ts';
import { money, plural } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { usePhone } from '../../ui/media.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { AgentRow } from './list/AgentRow.tsx';
import { createAgents } from './list/create-agents.ts';
import { OrgChart } from './list/OrgChart.tsx';
import { flatten, orgOf } from './list/tree.ts';

const STATES: readonly AgentStatus[] = ['RUNNING', 'IDLE', 'PAUSED', 'ERROR', 'PENDING_APPROVAL', 'TERMINATED'];

/** Who works here: as a list in the order of the org, or as its chart. */
export function AgentsPage() {
  const company = useCompany();
  const [search, setSearch] = useSearchParams();
  const phone = usePhone();
  const { agents, state, refetch } = createAgents(() => company.prefix);
  const asChart = () => search['view'] === 'org' && !phone();
  const wanted = () => STATES.find((status) => status.toLowerCase() === search['status']);
  const count = (status: AgentStatus) => agents.filter((agent) => agent.status === status).length;
  const present = createMemo(() => agents.filter((agent) => (wanted() ? agent.status === wanted() : agent.status !== 'TERMINATED')));
  const org = createMemo(() => orgOf(present()));
  const lines = createMemo(() => (wanted() ? present().map((agent) => ({ agent, depth: 0 })) : flatten(org())));
  const spent = () => agents.reduce((sum, agent) => sum + BigInt(agent.cost.costMicros), 0n);
  const hire = () => openCreate({ kind: 'agent' });
  const toggle = () => setSearch({ view: asChart() ? null : 'org' });

  useShortcuts([{ keys: 'v', label: 'List or chart', group: 'Agents', run: toggle }]);

  return (
    <>
      <TopBar
        title="Agents"
        note={state().total > 0 ? plural(state().total, 'agent') : undefined}
        actions={
          <>
            <span class="wide-only line">
              <IconButton icon="list" label="As list" kbd="v" pressed={!asChart()} onClick={() => setSearch({ view: null })} />
              <IconButton icon="org" label="As chart" kbd="v" pressed={asChart()} onClick={() => setSearch({ view: 'org' })} />
            </span>
            <Button size="small" kind="primary" icon="plus" disabled={company.archived} onClick={hire}>
              Hire
            </Button>
          </>
        }
      />
      <Show when={agents.length > 0}>
        <div class="agents-bar" role="group" aria-label="By state">
          <For each={STATES.filter((status) => count(status) > 0)}>
            {(status) => (
              <button
                type="button"
                class="state-count"
                aria-pressed={wanted() === status}
                onClick={() => setSearch({ status: wanted() === status ? null : status.toLowerCase() })}
              >
                <AgentBadge state={status} />
                <span class="num">{count(status)}</span> {agentStateLabel(status)}
              </button>
            )}
          </For>
          <span class="fill" />
          <span class="meta t3 num wide-only">{money(spent())} this month</span>
        </div>
      </Show>
      <Show when={state().error && agents.length > 0}>
        <Notice icon="warn" tone="warn" action={<Button size="small" onClick={refetch}>Try again</Button>}>
          {explain(state().error).message} What is shown may be old.
        </Notice>
      </Show>
      <Show
        when={agents.length > 0}
        fallback={
          <Show when={!state().loading} fallback={<SkeletonRows rows={6} />}>
            <Show when={!state().error} fallback={<ErrorState what="The agents did not load" error={state().error} onRetry={refetch} />}>
              <Empty icon="robot" title="Nobody works here yet" actions={<Button kind="primary" disabled={company.archived} onClick={hire}>Hire an agent</Button>}>
                An agent is a program that wakes, takes an issue, works on it and reports. Good first one: a CEO, whom you tell what the company is for.
              </Empty>
            </Show>
          </Show>
        }
      >
        <Show when={asChart()} fallback={
          <div class="scroll">
            <div class="agent-head" aria-hidden="true">
              <span>Agent</span>
              <span>Now</span>
              <span class="agent-adapter-name">Runs on</span>
              <span class="agent-cost">Month</span>
              <span class="agent-last">Last run</span>
            </div>
            <For each={lines()} fallback={<Empty icon="robot" title="None in this state" />}>
              {(line) => <AgentRow agent={line.agent} depth={line.depth} href={paths.agent(company.prefix, line.agent.id)} />}
            </For>
          </div>
        }>
          <OrgChart org={org()} prefix={company.prefix} />
        </Show>
      </Show>
    </>
  );
}
