import { Show, type JSX } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { AgentBadge, type AgentState } from '../../ui/AgentBadge.tsx';
import { count, money, percent, plural, utcMonth } from '../../ui/format.ts';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { RunGlyph } from '../../ui/RunGlyph.tsx';
import { Bone, Delayed } from '../../ui/Skeleton.tsx';
import type { FiguresQuery, IssueStatus } from '../../graphql/generated/graphql.ts';

type Figures = NonNullable<FiguresQuery['company']>['dashboard'];

/** The headline numbers, each a way to what is behind it. */
export function Strip(props: { figures: Figures | undefined; waiting: number | undefined }) {
  const company = useCompany();
  const issues = paths.issues(company.prefix);
  const runs = () => {
    const days = props.figures?.runsByDay ?? [];
    return { succeeded: days.reduce((sum, day) => sum + day.succeeded, 0), failed: days.reduce((sum, day) => sum + day.failed, 0) };
  };
  return (
    <div class="strip">
      <Cell name="Agents" href={paths.agents(company.prefix)} figure={props.figures && count(props.figures.agents.total)}>
        <Badge state="RUNNING" value={props.figures?.agents.running} word="live" />
        <Badge state="IDLE" value={props.figures?.agents.idle} word="idle" />
        <Badge state="PAUSED" value={props.figures?.agents.paused} />
        <Badge state="ERROR" value={props.figures?.agents.error} />
      </Cell>
      <Cell name="Open issues" href={issues} figure={props.figures && count(props.figures.issues.open)} note={props.figures && `${count(props.figures.issues.done)} done`}>
        <State status="IN_PROGRESS" value={props.figures?.issues.inProgress} />
        <State status="IN_REVIEW" value={props.figures?.issues.inReview} />
        <State status="BLOCKED" value={props.figures?.issues.blocked} />
        <State status="TODO" value={props.figures?.issues.todo} />
        <State status="BACKLOG" value={props.figures?.issues.backlog} />
      </Cell>
      <Cell
        name={`${utcMonth(Date.now())} spend`}
        href={paths.costs(company.prefix)}
        figure={props.figures && money(props.figures.monthCost.costMicros)}
        note={props.figures && props.figures.monthCost.runCount > 0 ? `billed in ${plural(props.figures.monthCost.runCount, 'run')}` : 'billed'}
      >
        <Show when={props.figures}>
          {(it) => (
            <span>
              worth {money(it().monthCost.imputedMicros)}{it().monthCost.unimputedCount > 0 ? ',' : ''}
              <Show when={it().monthCost.unimputedCount > 0}>
                <span class="warn">{count(it().monthCost.unimputedCount)} unpriced</span>
              </Show>
            </span>
          )}
        </Show>
      </Cell>
      <Cell name="Waiting for you" href="#needs-you" figure={props.waiting === undefined ? undefined : count(props.waiting)}>
        <span>{props.waiting === 0 ? 'nothing needs a decision' : 'most urgent first, below'}</span>
      </Cell>
      <Cell
        name="Runs that succeeded, 14 days"
        href={`${paths.activity(company.prefix)}?kind=runs`}
        figure={props.figures && (props.figures.successRate === null || props.figures.successRate === undefined ? '–' : percent(props.figures.successRate))}
      >
        <span>
          <RunGlyph status="SUCCEEDED" />
          {count(runs().succeeded)}
        </span>
        <span>
          <RunGlyph status="FAILED" />
          {count(runs().failed)}
        </span>
      </Cell>
    </div>
  );
}

function Cell(props: { name: string; href: string; figure: string | undefined; note?: string | undefined; children: JSX.Element }) {
  return (
    <a class="strip-cell" href={props.href}>
      <span class="strip-name">{props.name}</span>
      <Show when={props.figure !== undefined} fallback={<StripBone />}>
        <span class="strip-figure">
          {props.figure} <small>{props.note}</small>
        </span>
        <span class="strip-legend">{props.children}</span>
      </Show>
    </a>
  );
}

function StripBone() {
  return (
    <span class="strip-figure">
      <Delayed>
        <Bone width="60px" height="18px" />
      </Delayed>
    </span>
  );
}

function Badge(props: { state: AgentState; value: number | undefined; word?: string }) {
  return (
    <Show when={props.value}>
      <span>
        <AgentBadge state={props.state} />
        {props.value} {props.word}
      </span>
    </Show>
  );
}

function State(props: { status: IssueStatus; value: number | undefined }) {
  return (
    <Show when={props.value}>
      <span>
        <IssueGlyph status={props.status} />
        {props.value}
      </span>
    </Show>
  );
}
