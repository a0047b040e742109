import './page/agent.css';
import { A, useParams, useSearchParams } from '@solidjs/router';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { NotFound } from '../../app/NotFound.tsx';
import type { AgentPageQuery } from '../../graphql/generated/graphql.ts';
import { aboutAgent } from '../../graphql/live.ts';
import { createView, type View } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { DecisionGlyph } from '../../ui/DecisionGlyph.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { sentence } from '../../ui/failure.ts';
import { plural } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Section } from '../../ui/Panel.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { Bone, Delayed, SkeletonRows } from '../../ui/Skeleton.tsx';
import { Tabs, type Tab } from '../../ui/Tabs.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { Permissions } from '../access/Permissions.tsx';
import { AgentBreakers } from '../breaker/AgentBreakers.tsx';
import { TripBanner } from '../breaker/TripBanner.tsx';
import { AgentStop } from '../budget/Beside.tsx';
import { RunBubble } from '../run/bubble/RunBubble.tsx';
import { CancelRun } from '../run/CancelRun.tsx';
import { AgentChoicesQuery } from './create/queries.ts';
import { monthStart } from './list/create-agents.ts';
import { stateInWords } from './list/state.ts';
import { resume } from './page/actions.ts';
import { AgentConfig } from './page/AgentConfig.tsx';
import { AgentIssues } from './page/AgentIssues.tsx';
import { AgentKeys } from './page/AgentKeys.tsx';
import { AgentRuns } from './page/AgentRuns.tsx';
import { AgentSide } from './page/AgentSide.tsx';
import { AgentWakeups } from './page/AgentWakeups.tsx';
import { AgentDialogs } from './page/AgentDialogs.tsx';
import { AgentTop } from './page/AgentTop.tsx';
import type { AgentDetail, Asking } from './page/agent.ts';
import { AgentPageQuery as AgentDocument } from './page/queries.ts';
import { AgentRevisions } from './revisions/AgentRevisions.tsx';
import { roleLabel } from './role.ts';

/** One agent: what it does now, what it did, what it has to do, and how it is set up. */
export function AgentPage() {
  const params = useParams();
  const company = useCompany();
  const id = () => params['id'] ?? '';
  const since = monthStart();
  const view: View<AgentPageQuery> = createView({ query: AgentDocument, variables: () => ({ id: id(), since }), concerns: aboutAgent(id) });
  return (
    <Switch fallback={<Loading />}>
      <Match when={view.data && !view.data.agent}>
        <NotFound what="There is no such agent" href={paths.agents(company.prefix)} way="All agents" />
      </Match>
      <Match when={view.data?.agent?.id} keyed>
        <Agent agent={view.data?.agent as AgentDetail} />
      </Match>
      <Match when={view.error}>
        <TopBar title="Agent" back={paths.agents(company.prefix)} />
        <ErrorState what="The agent did not load" error={view.error} onRetry={view.refetch} />
      </Match>
    </Switch>
  );
}

type Part = 'runs' | 'issues' | 'wakeups' | 'configuration' | 'permissions' | 'limits' | 'history' | 'keys' | 'about';
const PARTS: readonly Tab<Part>[] = [
  { value: 'runs', label: 'Runs' },
  { value: 'issues', label: 'Issues' },
  { value: 'wakeups', label: 'Wakeups' },
  { value: 'configuration', label: 'Configuration' },
  { value: 'permissions', label: 'Permissions' },
  { value: 'limits', label: 'Circuit breakers' },
  { value: 'history', label: 'History' },
  { value: 'keys', label: 'Keys' },
  { value: 'about', label: 'About' },
];

function Agent(props: { agent: AgentDetail }) {
  const company = useCompany();
  const [search, setSearch] = useSearchParams();
  const agent = () => props.agent;
  const part = (): Part => PARTS.find((each) => each.value === search['view'])?.value ?? 'runs';
  const show = (next: Part) => setSearch({ view: next === 'runs' ? null : next }, { replace: true });
  const choices = createView({ query: AgentChoicesQuery, variables: () => ({ prefix: company.prefix }) });
  const adapter = () => choices.data?.adapters.find((each) => each.type === agent().adapterType);
  const [asking, setAsking] = createSignal<Asking>();
  const [cancelling, setCancelling] = createSignal<string>();
  const [edition, setEdition] = createSignal(0);
  const fixed = () => company.archived || agent().status === 'TERMINATED';

  return (
    <>
      <AgentTop agent={agent()} fixed={fixed()} onAsk={setAsking} onConfigure={() => show('configuration')} />
      <div class="agent-top">
        <div class="agent-face">
          <Sigil id={agent().id} name={agent().name} state={agent().status} size={40} />
          <div>
            <p class="agent-title">
              <b>{agent().name}</b>
              <Chip tone={agent().status === 'ERROR' ? 'bad' : agent().status === 'PAUSED' ? 'warn' : agent().status === 'RUNNING' ? 'accent' : 'plain'}>
                {agent().status === 'ERROR' ? 'error' : stateInWords(agent())}
              </Chip>
            </p>
            <p class="meta t3">
              {agent().title ?? roleLabel(agent().role)}, {adapter()?.label ?? agent().adapterType}
              <Show when={agent().manager}>
                {(manager) => (
                  <>
                    , reports to <A class="link" href={paths.agent(company.prefix, manager().id)}>{manager().name}</A>
                  </>
                )}
              </Show>
            </p>
          </div>
        </div>
        <Tabs label="Parts of the agent" look="underline" tabs={PARTS} value={part()} onValue={show} controls="agent-part" />
      </div>
      <Show when={agent().status === 'ERROR' && agent().errorMessage}>
        {(message) => (
          <div class="agent-error" role="note">
            <Icon name="warn" />
            <span class="agent-error-words" title={message()}>
              {sentence(message())}
            </span>
            <Button size="small" disabled={fixed()} onClick={() => void resume(agent())}>
              Clear
            </Button>
          </div>
        )}
      </Show>
      <Show when={agent().status === 'PENDING_APPROVAL' && agent().approval}>
        {(approval) => (
          <div class="agent-error pending" role="note">
            <DecisionGlyph state="PENDING" />
            <span class="agent-error-words">
              <b>Not hired yet.</b> It takes no work before the board has said yes to “{approval().title}”.
            </span>
            <A class="button primary small" href={paths.approval(company.prefix, approval().id)}>
              Decide
            </A>
          </div>
        )}
      </Show>
      <TripBanner agentId={agent().id} disabled={fixed()} />
      <AgentStop id={agent().id} disabled={fixed()} />
      <div class="agent-body">
        <div class="agent-part scroll" id="agent-part" role="tabpanel" aria-label={PARTS.find((each) => each.value === part())?.label}>
          <Switch>
            <Match when={part() === 'runs'}>
              <Show when={agent().currentRuns.length > 0}>
                <Section class="agent-now" title="Now" note={agent().currentRuns.length > 1 ? plural(agent().currentRuns.length, 'run') : undefined}>
                  <For each={agent().currentRuns}>
                    {(run) => (
                      <>
                        <RunBubble run={run} chunks={run.logChunkCount} prefix={company.prefix} about={run.issue} onCancel={() => setCancelling(run.id)} />
                        <CancelRun run={run} open={cancelling() === run.id} onClose={() => setCancelling(undefined)} />
                      </>
                    )}
                  </For>
                </Section>
              </Show>
              <AgentRuns agentId={agent().id} name={agent().name} prefix={company.prefix} />
            </Match>
            <Match when={part() === 'issues'}>
              <AgentIssues agentId={agent().id} name={agent().name} archived={fixed()} />
            </Match>
            <Match when={part() === 'wakeups'}>
              <AgentWakeups agentId={agent().id} name={agent().name} prefix={company.prefix} />
            </Match>
            <Match when={part() === 'configuration'}>
              <Show when={choices.data ? { edition: edition() } : null} keyed fallback={<SkeletonRows rows={6} />}>
                <AgentConfig agent={agent()} prefix={company.prefix} schema={adapter()?.configSchema} disabled={fixed()} onDone={() => setEdition((before) => before + 1)} />
              </Show>
            </Match>
            <Match when={part() === 'permissions'}>
              <Permissions agentId={agent().id} prefix={company.prefix} disabled={fixed()} />
            </Match>
            <Match when={part() === 'limits'}>
              <AgentBreakers agentId={agent().id} prefix={company.prefix} disabled={fixed()} />
            </Match>
            <Match when={part() === 'history'}>
              <AgentRevisions agentId={agent().id} name={agent().name} prefix={company.prefix} disabled={fixed()} onRolledBack={() => setEdition((before) => before + 1)} />
            </Match>
            <Match when={part() === 'keys'}>
              <AgentKeys agentId={agent().id} name={agent().name} disabled={fixed()} />
            </Match>
            <Match when={part() === 'about'}>
              <div class="side agent-about">
                <AgentSide agent={agent()} prefix={company.prefix} adapterLabel={adapter()?.label ?? agent().adapterType} fixed={fixed()} />
              </div>
            </Match>
          </Switch>
        </div>
        <aside class="agent-side side" aria-label="About the agent">
          <AgentSide agent={agent()} prefix={company.prefix} adapterLabel={adapter()?.label ?? agent().adapterType} fixed={fixed()} />
        </aside>
      </div>
      <AgentDialogs agent={agent()} asking={asking()} onClose={() => setAsking(undefined)} />
    </>
  );
}

function Loading() {
  return (
    <>
      <TopBar title="Agent" />
      <div class="agent-top">
        <Delayed>
          <div class="agent-face" aria-busy="true" aria-label="Loading">
            <Bone width="40px" height="40px" />
            <Bone width="180px" />
          </div>
        </Delayed>
      </div>
      <SkeletonRows rows={8} />
    </>
  );
}
