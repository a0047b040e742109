import './welcome.css';
import { useNavigate, useSearchParams } from '@solidjs/router';
import { For, Match, Show, Switch, type JSX } from 'solid-js';
import { paths } from '../../app/company.ts';
import { createView } from '../../graphql/view.ts';
import { CompanyMark } from '../../ui/CompanyMark.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { BoardroomMark } from './BoardroomMark.tsx';
import { FirstAgentStep } from './FirstAgentStep.tsx';
import { FirstCompanyStep } from './FirstCompanyStep.tsx';
import { FirstIssueStep } from './FirstIssueStep.tsx';
import { WelcomeQuery } from './welcome-query.ts';

/**
 * The first run: company, first agent, first issue. Each step is real once it is done, and the address says where one is,
 * so closing the window loses nothing.
 */
export function WelcomePage() {
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const prefix = () => (typeof search['company'] === 'string' ? search['company'] : undefined);
  const state = createView({ query: WelcomeQuery, variables: () => (prefix() ? { prefix: prefix() as string } : null) });
  const company = () => (prefix() ? (state.data?.company ?? undefined) : undefined);
  const agent = () => company()?.agents.nodes[0];
  const at = () => (!company() ? 0 : !agent() ? 1 : 2);

  const steps = () => [
    { name: 'Company', note: company() ? `${company()?.name}, prefix ${company()?.prefix}` : 'A name and a mission' },
    { name: 'First agent', note: agent()?.name ?? 'Who runs it, on what' },
    { name: 'First issue', note: 'What should happen first' },
  ];
  return (
    <div class="welcome">
      <aside>
        <div class="line welcome-brand">
          <Show when={company()} fallback={<BoardroomMark />}>
            {(it) => <CompanyMark name={it().name} color={it().brandColor} />}
          </Show>
          <b>{company()?.name ?? 'Boardroom'}</b>
        </div>
        <ol>
          <For each={steps()}>{(step, index) => <Step number={index() + 1} state={index() < at() ? 'done' : index() === at() ? 'now' : 'later'} {...step} />}</For>
        </ol>
        <p class="meta t3 wide-only">
          Saved as you go. <a class="link" href={prefix() ? paths.company(prefix() as string) : '/companies'}>Leave for now</a>
        </p>
      </aside>
      <main class="scroll">
        <div class="welcome-form">
          <Switch>
            <Match when={prefix() && state.loading}>{null}</Match>
            <Match when={at() === 0}>
              <FirstCompanyStep onDone={(made) => setSearch({ company: made })} />
            </Match>
            <Match when={at() === 1 && company()}>{(it) => <FirstAgentStep prefix={it().prefix} onDone={state.refetch} />}</Match>
            <Match when={company() && agent()}>
              {(first) => <FirstIssueStep companyId={company()?.id ?? ''} agent={first()} onDone={() => navigate(paths.company(prefix() ?? ''))} />}
            </Match>
          </Switch>
        </div>
      </main>
    </div>
  );
}

function Step(props: { number: number; name: string; note: string; state: 'done' | 'now' | 'later' }): JSX.Element {
  return (
    <li class="welcome-step" data-state={props.state} aria-current={props.state === 'now' ? 'step' : undefined}>
      <span class="welcome-dot">
        <Show when={props.state === 'done'} fallback={props.number}>
          <Icon name="tick" label="done" />
        </Show>
      </span>
      <span>
        <span class="welcome-name">{props.name}</span>
        <span class="meta t3 cut">{props.note}</span>
      </span>
    </li>
  );
}
