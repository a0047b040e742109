import { For, Show } from 'solid-js';
import { Chip, LabelChip } from '../../../ui/Chip.tsx';
import { isZero } from '../../../ui/format.ts';
import { IssueGlyph } from '../../../ui/IssueGlyph.tsx';
import { Money } from '../../../ui/Money.tsx';
import { Person } from '../../../ui/Person.tsx';
import { PriorityGlyph } from '../../../ui/PriorityGlyph.tsx';
import { Row } from '../../../ui/Row.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { Ago } from '../../../ui/Time.tsx';
import { nextTone } from '../next-tone.ts';
import type { IssueLineFragment } from '../../../graphql/generated/graphql.ts';

/** One issue on one line: what, how it stands, what moves it next, whose it is. On a phone: title, and what moves it. */
export function IssueLine(props: { issue: IssueLineFragment; href: string; selected?: boolean; onSelect?: () => void }) {
  const issue = () => props.issue;
  const live = () => issue().liveRuns.find((run) => run.status === 'RUNNING');
  const waiting = () => issue().liveRuns.find((run) => run.status === 'QUEUED');
  return (
    <Row href={props.href} selected={props.selected} class="issue-line" id={`issue-${issue().id}`} onFocus={() => props.onSelect?.()}>
      <PriorityGlyph priority={issue().priority} class="issue-priority" />
      <span class="issue-id num">{issue().identifier}</span>
      <IssueGlyph status={issue().status} class="issue-state" />
      <span class="issue-title name cut">{issue().title}</span>
      <Show when={live() ?? waiting()}>
        {(run) => (
          <Chip tone={live() ? 'accent' : 'plain'} class="issue-chip">
            <RunGlyph status={run().status} />
            {live() ? 'live' : 'queued'}
          </Chip>
        )}
      </Show>
      <span class="issue-labels">
        <For each={issue().labels.slice(0, 3)}>{(label) => <LabelChip name={label.name} color={label.color} />}</For>
      </span>
      <span class="issue-next cut" data-tone={nextTone(issue())}>
        {issue().nextStep.text}
      </span>
      <span class="issue-project cut">{issue().project?.name}</span>
      <span class="issue-cost num">
        <Show when={!isZero(issue().cost.costMicros)}>
          <Money micros={issue().cost.costMicros} />
        </Show>
      </span>
      <span class="issue-who">
        <Show when={issue().assignee} fallback={<Nobody name={issue().assigneeUser?.name} />}>
          {(agent) => <Sigil id={agent().id} name={agent().name} state={agent().status} />}
        </Show>
      </span>
      <Ago at={issue().updatedAt} class="issue-when" />
    </Row>
  );
}

function Nobody(props: { name: string | undefined }) {
  return (
    <Show when={props.name} fallback={<span class="nobody" role="img" aria-label="Unassigned" style={{ '--mark': '20px' }} />}>
      {(name) => <Person name={name()} />}
    </Show>
  );
}
