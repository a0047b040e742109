import { For, Show } from 'solid-js';
import { IssueGlyph, issueStatusLabel } from '../../ui/IssueGlyph.tsx';
import { Section } from '../../ui/Panel.tsx';
import { PriorityGlyph, priorityLabel } from '../../ui/PriorityGlyph.tsx';
import { Meter } from '../../ui/Rail.tsx';
import type { FiguresQuery, IssueStatus, Priority } from '../../graphql/generated/graphql.ts';
import { RunBars } from './RunBars.tsx';

type Figures = NonNullable<FiguresQuery['company']>['dashboard'];

/** Two colours of the same ink for what waits: the shapes below say which is which. */
const stateColors: Partial<Record<IssueStatus, string>> = {
  IN_PROGRESS: 'var(--warn)',
  IN_REVIEW: 'var(--ask)',
  BLOCKED: 'var(--bad)',
  TODO: 'var(--line-3)',
  BACKLOG: 'var(--line-2)',
};

export function Charts(props: { figures: Figures | undefined }) {
  const states = (): [IssueStatus, number][] => {
    const issues = props.figures?.issues;
    if (!issues) return [];
    const all: [IssueStatus, number][] = [
      ['IN_PROGRESS', issues.inProgress],
      ['IN_REVIEW', issues.inReview],
      ['BLOCKED', issues.blocked],
      ['TODO', issues.todo],
      ['BACKLOG', issues.backlog],
    ];
    return all.filter(([, value]) => value > 0);
  };
  const priorities = (): [Priority, number][] => {
    const by = props.figures?.issuesByPriority;
    return by
      ? [
          ['CRITICAL', by.critical],
          ['HIGH', by.high],
          ['MEDIUM', by.medium],
          ['LOW', by.low],
        ]
      : [];
  };
  const most = () => Math.max(1, ...priorities().map(([, value]) => value));
  return (
    <>
      <Section
        title="Runs"
        note="14 days"
        action={
          <span class="chart-key meta t2">
            <i class="chart-swatch" /> succeeded <i class="chart-swatch failed" /> failed
          </span>
        }
      >
        <RunBars days={props.figures?.runsByDay ?? []} />
      </Section>
      <Section title="Open issues" note={props.figures?.issues.open}>
        <Show when={props.figures?.issues.open} fallback={<p class="quiet t3">{props.figures ? 'None is open.' : ''}</p>}>
          <Meter label="Open issues by state" parts={states().map(([status, value]) => ({ label: issueStatusLabel(status).toLowerCase(), value, color: stateColors[status] ?? '' }))} />
          <div class="chart-states">
            <For each={states()}>
              {([status, value]) => (
                <span class="num">
                  <IssueGlyph status={status} /> {value}
                </span>
              )}
            </For>
          </div>
          <div class="chart-priorities">
            <For each={priorities()}>
              {([priority, value]) => (
                <>
                  <span class="line">
                    <PriorityGlyph priority={priority} />
                    {priorityLabel(priority)}
                  </span>
                  <i style={{ width: `${(value / most()) * 100}%` }} />
                  <span class="num">{value}</span>
                </>
              )}
            </For>
          </div>
        </Show>
      </Section>
    </>
  );
}
