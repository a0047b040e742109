import { Match, Show, Switch } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { DecisionGlyph } from '../../../ui/DecisionGlyph.tsx';
import { isZero } from '../../../ui/format.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Money } from '../../../ui/Money.tsx';
import { Person } from '../../../ui/Person.tsx';
import { PriorityGlyph } from '../../../ui/PriorityGlyph.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { Elapsed } from '../../../ui/Time.tsx';
import { nextTone } from '../next-tone.ts';
import type { IssueLineFragment } from '../../../graphql/generated/graphql.ts';
import type { Drag } from './drag.ts';

/** A link that can be carried. */
export function Card(props: { issue: IssueLineFragment; drag: Drag }) {
  const picked = () => props.drag.dragging()?.issue.id === props.issue.id;
  return (
    <a
      id={`card-${props.issue.id}`}
      class="card"
      data-ghost={picked() && props.drag.dragging()?.by === 'pointer' ? '' : undefined}
      data-picked={picked() && props.drag.dragging()?.by === 'keys' ? '' : undefined}
      href={paths.issue(props.issue.identifier)}
      draggable={false}
      aria-roledescription="card that can be moved; space picks it up"
      onPointerDown={(event) => props.drag.press(event, props.issue, event.currentTarget)}
      on:keydown={(event) => props.drag.key(event, props.issue)}
      onClick={(event) => props.drag.swallowClick() && event.preventDefault()}
      onContextMenu={(event) => props.drag.dragging() && event.preventDefault()}
    >
      <CardFace issue={props.issue} />
    </a>
  );
}

/** Priority, id, whose; title; one fact and the cost. */
export function CardFace(props: { issue: IssueLineFragment }) {
  const issue = () => props.issue;
  const live = () => issue().liveRuns.find((run) => run.status === 'RUNNING' && run.startedAt);
  return (
    <>
      <span class="card-head">
        <PriorityGlyph priority={issue().priority} />
        <span class="num">{issue().identifier}</span>
        <span class="end line">
          <Show
            when={issue().assignee}
            fallback={
              <Show when={issue().assigneeUser} fallback={<span class="nobody" role="img" aria-label="Unassigned" style={{ '--mark': '18px' }} />}>
                {(user) => <Person name={user().name} size={18} />}
              </Show>
            }
          >
            {(agent) => <Sigil id={agent().id} name={agent().name} state={agent().status} size={18} />}
          </Show>
        </span>
      </span>
      <span class="card-title">{issue().title}</span>
      <span class="card-fact">
        <Show
          when={live()}
          fallback={
            <Switch fallback={<span class="cut">{issue().status === 'DONE' ? issue().project?.name : issue().nextStep.text}</span>}>
              <Match when={nextTone(issue()) === 'bad'}>
                <Icon name="warn" size={14} class="bad" />
                <span class="cut bad">{issue().nextStep.text}</span>
              </Match>
              <Match when={nextTone(issue()) === 'ask'}>
                <DecisionGlyph state="PENDING" />
                <span class="cut ask">your turn</span>
              </Match>
            </Switch>
          }
        >
          {(run) => (
            <>
              <RunGlyph status={run().status} />
              <Elapsed since={run().startedAt ?? ''} class="accent" />
            </>
          )}
        </Show>
        <Show when={!isZero(issue().cost.costMicros)}>
          <Money micros={issue().cost.costMicros} class="end" />
        </Show>
      </span>
    </>
  );
}
