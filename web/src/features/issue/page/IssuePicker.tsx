import './issue-picker.css';
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import type { FindIssuesQuery } from '../../../graphql/generated/graphql.ts';
import { createView } from '../../../graphql/view.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IssueGlyph } from '../../../ui/IssueGlyph.tsx';
import { FindIssues } from './queries.ts';

type Found = NonNullable<FindIssuesQuery['company']>['issues']['nodes'][number];

const TYPING_MS = 160;

/** Finds an issue by its words or its identifier. Arrows move, Enter picks. */
export function IssuePicker(props: { title: string; without: readonly string[]; onPick: (id: string, issue: Found) => void; onClose: () => void; onNone?: (() => void) | undefined; none?: string }) {
  const company = useCompany();
  const [text, setText] = createSignal('');
  const [asked, setAsked] = createSignal('');
  const [at, setAt] = createSignal(0);
  let input!: HTMLInputElement;
  createEffect(
    on(text, (value) => {
      const timer = setTimeout(() => setAsked(value.trim()), TYPING_MS);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  const view = createView({ query: FindIssues, variables: () => ({ prefix: company.prefix, text: asked() || null }), keep: true });
  /** What is shown always fits what is typed, also before the answer to it is there: Enter must not pick something else. */
  const found = () => {
    const words = text().trim().toLowerCase();
    return (view.data?.company?.issues.nodes ?? []).filter(
      (issue) => !props.without.includes(issue.id) && (asked().toLowerCase() === words || `${issue.identifier} ${issue.title}`.toLowerCase().includes(words)),
    );
  };
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found().length > 0) setAt((before) => (before + step + found().length) % found().length);
    else if (event.key === 'Enter') {
      const issue = found()[at()];
      if (issue) props.onPick(issue.id, issue);
    } else return;
    event.preventDefault();
    document.getElementById(`found-issue-${at()}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Dialog open onClose={props.onClose} title={props.title}>
      <input
        ref={(element) => {
          input = element;
          setTimeout(() => input.focus());
        }}
        class="input"
        role="combobox"
        aria-expanded="true"
        aria-controls="found-issues"
        aria-activedescendant={`found-issue-${at()}`}
        aria-label="Words or identifier"
        placeholder="Words or identifier"
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={keys}
      />
      <div id="found-issues" class="found-issues" role="listbox" aria-label="Issues">
        <Show when={props.onNone && !asked()}>
          <button type="button" class="menu-item" onClick={() => props.onNone?.()}>
            <Icon name="close" class="t3" />
            {props.none}
          </button>
        </Show>
        <For each={found()} fallback={<p class="t3">{view.loading ? '' : asked() ? 'Nothing found.' : 'There are no other issues yet.'}</p>}>
          {(issue, index) => (
            <div
              id={`found-issue-${index()}`}
              class="menu-item"
              role="option"
              aria-selected={index() === at()}
              data-highlighted={index() === at() ? '' : undefined}
              onPointerMove={() => setAt(index())}
              onClick={() => props.onPick(issue.id, issue)}
            >
              <IssueGlyph status={issue.status} />
              <span class="t3 num">{issue.identifier}</span>
              <span class="cut">{issue.title}</span>
            </div>
          )}
        </For>
      </div>
    </Dialog>
  );
}
