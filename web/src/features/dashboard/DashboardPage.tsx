import './dashboard.css';
import { Match, Show, Switch } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { about } from '../../graphql/live.ts';
import { createView } from '../../graphql/view.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { longDay } from '../../ui/format.ts';
import { RunGlyph } from '../../ui/RunGlyph.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { useMinutes } from '../../ui/clock.ts';
import { approvalNeeds } from '../approval/needs.ts';
import { WaitingApprovalsQuery } from '../approval/queries.ts';
import { aboutStops } from '../budget/about-budgets.ts';
import { IdleReport } from '../budget/IdleLine.tsx';
import { BudgetStopsQuery } from '../budget/queries.ts';
import { stopNeeds } from '../budget/stop-needs.ts';
import { Charts } from './Charts.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { LiveNow } from './LiveNow.tsx';
import { MovedLately } from './MovedLately.tsx';
import { NeedsYou } from './NeedsYou.tsx';
import { FiguresQuery, NeedsYouQuery } from './queries.ts';
import { RecentActivity } from './RecentActivity.tsx';
import { needsOf } from './needs.ts';
import { Strip } from './Strip.tsx';

/** How the company stands, in one look: figures, what waits for a person, what runs, what moved. */
export function DashboardPage() {
  const company = useCompany();
  const now = useMinutes();
  const variables = () => ({ prefix: company.prefix });
  const figures = createView({ query: FiguresQuery, variables, concerns: about('issue', 'run', 'agent', 'cost', 'costEvent') });
  const needs = createView({ query: NeedsYouQuery, variables, concerns: about('issue', 'run', 'agent', 'interaction', 'recovery', 'breaker') });
  const board = () => figures.data?.company?.dashboard;
  const stops = createView({ query: BudgetStopsQuery, variables, concerns: aboutStops });
  const approvals = createView({ query: WaitingApprovalsQuery, variables, concerns: about('approval') });
  const waiting = () => {
    const stopped = stopNeeds(stops.data?.company, company.prefix);
    const asked = approvalNeeds(approvals.data?.company, company.prefix).filter((need) => stopped.every((stop) => stop.key !== need.key));
    return [...stopped, ...asked, ...needsOf(needs.data?.company ?? undefined, company.prefix).filter((need) => stopped.every((stop) => stop.key !== need.key))];
  };
  const isNew = () => board() !== undefined && (board()?.agents.total === 0 || board()?.issues.total === 0);

  return (
    <div class="page">
      <TopBar
        title="Dashboard"
        note={longDay(now())}
        actions={
          <Show when={board()?.agents.running}>
            {(live) => (
              <a class="chip accent" href={`${paths.issues(company.prefix)}?tab=all&live=1`}>
                <RunGlyph status="RUNNING" />
                {live()} live
              </a>
            )}
          </Show>
        }
      />
      <div class="scroll dashboard">
        <Switch>
          <Match when={figures.error && !figures.data}>
            <ErrorState what="The dashboard did not load" error={figures.error} onRetry={figures.refetch} />
          </Match>
          <Match when={true}>
            <Strip figures={board()} waiting={needs.data ? waiting().length : undefined} />
            <div class="dashboard-columns">
              <div>
                <Show when={isNew()}>
                  <FirstSteps agents={board()?.agents.total ?? 0} issues={board()?.issues.total ?? 0} />
                </Show>
                <NeedsYou needs={waiting()} loading={needs.loading} error={needs.error} onRetry={needs.refetch} />
                <LiveNow />
                <MovedLately />
              </div>
              <div>
                <Charts figures={board()} />
                <IdleReport />
                <RecentActivity />
              </div>
            </div>
          </Match>
        </Switch>
      </div>
    </div>
  );
}

