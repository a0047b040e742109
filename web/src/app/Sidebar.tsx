import { A, useSearchParams } from '@solidjs/router';
import { For, Show, type JSX } from 'solid-js';
import type { FrameQuery } from '../graphql/generated/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Sigil } from '../ui/Sigil.tsx';
import { Elapsed } from '../ui/Time.tsx';
import { tip } from '../ui/Tooltip.tsx';
import type { IconName } from '../ui/icons.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { paths, useCompany } from './company.ts';
import { CompanySwitcher } from './CompanySwitcher.tsx';
import { openCreate } from './create.ts';

type Company = NonNullable<FrameQuery['company']>;
type Agent = Company['agents']['nodes'][number];

export function Sidebar(props: { frame: FrameQuery | undefined; unread: string | undefined; onSearch: () => void; onKeys: () => void }) {
  const company = useCompany();
  const [search] = useSearchParams();
  const agents = () => props.frame?.company?.agents;
  return (
    <nav class="sidebar" aria-label="Main">
      <CompanySwitcher company={props.frame?.company ?? undefined} />
      <div class="sidebar-find">
        <Button size="small" icon="search" onClick={props.onSearch} aria-label="Search">
          <span class="sidebar-word">Search</span>
          <Kbd>/</Kbd>
        </Button>
        <IconButton icon="plus" label="New issue" kbd="c" class="plain" onClick={() => openCreate({ kind: 'issue' })} disabled={company.archived} />
      </div>
      <Place href={paths.company(company.prefix)} icon="home" name="Dashboard" end />
      <Place href={paths.inbox(company.prefix)} icon="inbox" name="Inbox" note={props.unread} yours />
      <Place href={paths.issues(company.prefix)} icon="issues" name="Issues" note={props.frame?.company?.issueCounts.open} />
      <Place href={paths.agents(company.prefix)} icon="org" name="Agents" note={agents()?.totalCount} end />
      <Place href={paths.approvals(company.prefix)} icon="tick" name="Approvals" note={props.frame?.company?.approvals.totalCount} yours />
      <Place href={paths.costs(company.prefix)} icon="cost" name="Costs" />
      <Place href={paths.activity(company.prefix)} icon="activity" name="Activity" />
      <Show when={props.frame?.company}>
        <Title name="Projects" add="New project" onAdd={() => openCreate({ kind: 'project' })} />
        <For each={props.frame?.company?.projects.nodes}>
          {(project) => (
            <a
              class="place"
              classList={{ here: search['project'] === project.id }}
              href={paths.project(company.prefix, project.id)}
              {...tip(project.name)}
            >
              <span class="project-mark" style={{ background: project.color }} />
              <span class="place-name cut">{project.name}</span>
            </a>
          )}
        </For>
      </Show>
      <Show when={props.frame?.company}>
        <Title name="Agents" add="Hire an agent" onAdd={() => openCreate({ kind: 'agent' })} />
        <For each={agents()?.nodes.filter((agent) => agent.status !== 'TERMINATED')}>{(agent) => <AgentPlace agent={agent} />}</For>
        <Show when={(agents()?.totalCount ?? 0) > (agents()?.nodes.length ?? 0)}>
          <a class="place" href={paths.agents(company.prefix)}>
            <span class="place-name t3">All {agents()?.totalCount}</span>
          </a>
        </Show>
      </Show>
      <div class="sidebar-foot">
        <AccountMenu name={props.frame?.viewer.user?.name} version={props.frame?.viewer.version} onKeys={props.onKeys} />
      </div>
    </nav>
  );
}

function Title(props: { name: string; add: string; onAdd: () => void }) {
  const company = useCompany();
  return (
    <div class="sidebar-title">
      <h2>{props.name}</h2>
      <Show when={!company.archived}>
        <IconButton icon="plus" label={props.add} onClick={props.onAdd} />
      </Show>
    </div>
  );
}

/** `yours`: what the note counts waits for whoever reads it. */
function Place(props: { href: string; icon: IconName; name: string; note?: number | string | undefined; yours?: boolean; end?: boolean }) {
  return (
    <A class="place" activeClass="here" href={props.href} end={props.end} {...tip(props.name)}>
      <Icon name={props.icon} />
      <span class="place-name">{props.name}</span>
      <Show when={props.note}>
        <span class="place-note num" classList={{ yours: props.yours }}>
          {props.note}
        </span>
      </Show>
    </A>
  );
}

function AgentPlace(props: { agent: Agent }) {
  const company = useCompany();
  return (
    <A class="place" activeClass="here" href={paths.agent(company.prefix, props.agent.id)} {...tip(props.agent.name)}>
      <Sigil id={props.agent.id} name={props.agent.name} state={props.agent.status} size={18} />
      <span class="place-name cut">{props.agent.name}</span>
      {noteOf(props.agent)}
    </A>
  );
}

/** What a glance should know: how long it runs, or why it does not. */
function noteOf(agent: Agent): JSX.Element {
  return (
    <Show
      when={agent.currentRuns.find((run) => run.startedAt)?.startedAt}
      fallback={
        <Show when={agent.status === 'ERROR' || agent.status === 'PAUSED' || agent.status === 'PENDING_APPROVAL'}>
          <span class={`place-note ${agent.status === 'ERROR' ? 'bad' : ''}`}>{agent.status === 'ERROR' ? 'error' : agent.status === 'PAUSED' ? 'paused' : 'pending'}</span>
        </Show>
      }
    >
      {(since) => <Elapsed since={since()} class="place-note" />}
    </Show>
  );
}
