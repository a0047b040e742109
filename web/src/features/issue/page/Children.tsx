import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { openCreate } from '../../../app/create.ts';
import { paths } from '../../../app/company.ts';
import { createView } from '../../../graphql/view.ts';
import type { ChildIssueFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IssueGlyph } from '../../../ui/IssueGlyph.tsx';
import { PriorityGlyph } from '../../../ui/PriorityGlyph.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { ChildrenQuery } from './queries.ts';
import type { IssueDetail } from './issue.ts';

/** What the issue was split into, and how far that is. */
export function Children(props: { issue: IssueDetail; archived: boolean }) {
  const counts = () => props.issue.childCounts;
  const over = () => counts().done + counts().cancelled;
  const add = () => openCreate({ kind: 'issue', parentId: props.issue.id, parentIdentifier: props.issue.identifier });
  return (
    <Show when={counts().total > 0}>
      <section class="children" aria-label="Sub-issues">
        <header>
          <h2>Sub-issues</h2>
          <span class="t3 num">
            {over()} of {counts().total}
          </span>
          <span class="progress" role="img" aria-label={`${counts().done} done, ${counts().cancelled} cancelled, ${counts().total - over()} open`}>
            <i style={{ width: `${(counts().done / counts().total) * 100}%` }} />
            <i class="cancelled" style={{ width: `${(counts().cancelled / counts().total) * 100}%` }} />
          </span>
          <span class="fill" />
          <Button size="small" kind="ghost" icon="plus" disabled={props.archived} onClick={add}>
            Add
          </Button>
        </header>
        <ul class="child-tree">
          <For each={props.issue.children.nodes}>{(child) => <Child issue={child} depth={0} />}</For>
        </ul>
        <Show when={counts().total > props.issue.children.nodes.length}>
          <p class="meta t3">
            The first {props.issue.children.nodes.length} of {counts().total}.
          </p>
        </Show>
      </section>
    </Show>
  );
}

function Child(props: { issue: ChildIssueFragment; depth: number }) {
  const [open, setOpen] = createSignal(false);
  const below = () => props.issue.childCounts;
  const running = () => props.issue.liveRuns.find((run) => run.status === 'RUNNING') ?? props.issue.liveRuns[0];
  return (
    <>
      <li class="child" style={{ '--depth': props.depth }}>
        <Show when={below().total > 0} fallback={<span class="child-fold" />}>
          <button type="button" class="child-fold" aria-expanded={open()} aria-label={`Sub-issues of ${props.issue.identifier}`} onClick={() => setOpen(!open())}>
            <Icon name="right" />
          </button>
        </Show>
        <A class="child-line" href={paths.issue(props.issue.identifier)}>
          <IssueGlyph status={props.issue.status} />
          <span class="child-id num">{props.issue.identifier}</span>
          <span class="cut" classList={{ t3: props.issue.status === 'CANCELLED' }}>
            {props.issue.title}
          </span>
          <span class="child-end">
            <Show when={below().total > 0}>
              <span class="meta t3 num">
                {below().done + below().cancelled}/{below().total}
              </span>
            </Show>
            <Show when={running()}>{(run) => <RunGlyph status={run().status} />}</Show>
            <PriorityGlyph priority={props.issue.priority} />
            <Show when={props.issue.assignee} fallback={<span class="nobody" role="img" aria-label="Unassigned" style={{ '--mark': '18px' }} />}>
              {(agent) => <Sigil id={agent().id} name={agent().name} state={agent().status} size={18} />}
            </Show>
          </span>
        </A>
      </li>
      <Show when={open()}>
        <Grandchildren id={props.issue.id} depth={props.depth + 1} />
      </Show>
    </>
  );
}

/** Asked for when a child is unfolded: trees are deep, and seldom read to the leaves. */
function Grandchildren(props: { id: string; depth: number }) {
  const view = createView({ query: ChildrenQuery, variables: () => ({ id: props.id }) });
  return <For each={view.data?.issue?.children.nodes}>{(child) => <Child issue={child} depth={props.depth} />}</For>;
}
