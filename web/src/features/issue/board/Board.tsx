import './board.css';
import { createEffect, createSignal, For, on, onMount, Show, type JSX } from 'solid-js';
import { Portal } from 'solid-js/web';
import { useCompany } from '../../../app/company.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { issueStatusLabel } from '../../../ui/IssueGlyph.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import { usePhone } from '../../../ui/media.ts';
import type { IssueLineFragment, IssueStatus } from '../../../graphql/generated/graphql.ts';
import { changeIssue } from '../change-issue.ts';
import { Hints } from '../list/Hints.tsx';
import { countOf, type IssuesView } from '../list/view-state.ts';
import { CardFace } from './Card.tsx';
import { Column } from './Column.tsx';
import { COLUMNS, legalSentence, type Moved } from './columns.ts';
import { createDrag, type Dragging } from './drag.ts';
import { focusBeside } from './focus.ts';

/** Issues by state. A card is carried to the state it should have; columns the rules forbid are hatched and say why. */
export function Board(props: { view: IssuesView; counts: Parameters<typeof countOf>[0]; bar: JSX.Element }) {
  const company = useCompany();
  const phone = usePhone();
  const [moved, setMoved] = createSignal<readonly Moved[]>([]);
  const [said, setSaid] = createSignal('');
  let columns: HTMLDivElement | undefined;

  const forget = (id: string) => setMoved((before) => before.filter(({ issue }) => issue.id !== id));
  /** The server has it where it was dropped: the card is drawn from there now. */
  const settle = (id: string) => {
    forget(id);
    // With the element that was drawn until now the focus went; whoever has put it elsewhere meanwhile keeps it there.
    if (document.activeElement === document.body || document.activeElement?.id === `card-${id}`) refocus(id);
  };
  const move = async (issue: IssueLineFragment, to: IssueStatus) => {
    setMoved((before) => [...before.filter((each) => each.issue.id !== issue.id), { issue: { ...issue }, to }]);
    setSaid(`${issue.identifier} moved to ${issueStatusLabel(to)}.`);
    refocus(issue.id);
    const agreed = await changeIssue(issue, { status: to });
    // Where it was agreed, the column that reads it from the server forgets it (see Column).
    if (!agreed) {
      forget(issue.id);
      setSaid(`${issue.identifier} was put back in ${issueStatusLabel(issue.status)}.`);
      refocus(issue.id);
    }
  };
  const drag = createDrag({ scroller: () => columns, onDrop: (issue, to) => void move(issue, to), canDrag: () => !company.archived });

  createEffect(
    on(drag.dragging, (now, before) => {
      if (now?.by === 'keys') setSaid(now.over === now.issue.status ? `${now.issue.identifier} is picked up. ${legalSentence(now.issue)}` : `Over ${issueStatusLabel(now.over ?? now.issue.status)}.`);
      if (now?.over && now.by === 'keys') columns?.querySelector(`[data-column=${now.over}]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
      if (before && !now) refocus(before.issue.id);
    }),
  );
  // On a phone one column is seen at a time, and what is being done matters most.
  onMount(() => {
    if (phone()) columns?.querySelector('[data-column=IN_PROGRESS]')?.scrollIntoView({ inline: 'start', block: 'nearest' });
  });

  return (
    <>
      <Show when={drag.dragging()} fallback={props.bar}>
        {(now) => <MoveBar now={now()} />}
      </Show>
      <div
        ref={columns}
        class="board scroll"
        data-dragging={drag.dragging() ? '' : undefined}
        onKeyDown={(event) => {
          if (!event.defaultPrevented && !drag.dragging() && columns && focusBeside(columns, event.key)) event.preventDefault();
        }}
      >
        <For each={COLUMNS}>
          {(status) => <Column status={status} view={props.view} count={countOf(props.counts, status)} moved={moved()} drag={drag} onSettled={settle} />}
        </For>
      </div>
      <Hints
        keys={[
          [['↑', '↓', '←', '→'], 'move'],
          [['↵'], 'open'],
          [['space'], 'pick up'],
          [['b'], 'list'],
          [['?'], 'all keys'],
        ]}
      />
      <p class="unseen" role="status" aria-live="polite">
        {said()}
      </p>
      <Show when={drag.dragging()?.at}>
        {(at) => (
          <Portal>
            <div class="card lifted" style={{ left: `${at().x}px`, top: `${at().y}px`, width: `${at().width}px` }}>
              <Show when={drag.dragging()}>{(now) => <CardFace issue={now().issue} />}</Show>
            </div>
          </Portal>
        )}
      </Show>
    </>
  );
}

/** The card is drawn anew in its column; the focus goes with it. */
function refocus(id: string): void {
  requestAnimationFrame(() => document.getElementById(`card-${id}`)?.focus({ preventScroll: true }));
}

function MoveBar(props: { now: Dragging }) {
  return (
    <div class="filter-bar move-bar">
      <Icon name="info" class="t2" />
      <span class="meta t2 cut">
        Moving <b>{props.now.issue.identifier}</b> from {issueStatusLabel(props.now.issue.status)}. {legalSentence(props.now.issue)}
      </span>
      <span class="fill" />
      <span class="meta t3 line wide-only">
        <Kbd>←</Kbd>
        <Kbd>→</Kbd> column <Kbd>↵</Kbd> drop <Kbd>esc</Kbd> cancel
      </span>
    </div>
  );
}
