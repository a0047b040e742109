import '../../ui/dialog.css';
import './search.css';
import { useNavigate } from '@solidjs/router';
import { Dialog as KDialog } from '@kobalte/core/dialog';
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { openCreate } from '../../app/create.ts';
import { createView } from '../../graphql/view.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { returnFocus } from '../../ui/return-focus.ts';
import { roleLabel } from '../agent/role.ts';
import { Marked } from './Marked.tsx';
import { Parts, startOf } from './Parts.tsx';
import { SearchQuery } from './queries.ts';

interface Found {
  group: 'Issues' | 'Said and written' | 'Agents' | 'Do';
  key: string;
  face: () => JSX.Element;
  open: () => void;
}

const ASK_AFTER_MS = 120;

/** Issues, what was said and written on them, and agents by their words, and the few things one does most. Arrows move, Enter opens. */
export function Search(props: { onClose: () => void }) {
  const company = useCompany();
  const navigate = useNavigate();
  const back = returnFocus(() => true);
  const [text, setText] = createSignal('');
  const [asked, setAsked] = createSignal('');
  const [at, setAt] = createSignal(0);
  let list: HTMLDivElement | undefined;

  createEffect(() => {
    const next = text().trim();
    const timer = setTimeout(() => setAsked(next), ASK_AFTER_MS);
    onCleanup(() => clearTimeout(timer));
  });
  const found = createView({
    query: SearchQuery,
    variables: () => (asked() === '' || !company.id ? null : { prefix: company.prefix, companyId: company.id, text: asked() }),
    keep: true,
  });

  const leave = (then: () => void) => () => {
    props.onClose();
    then();
  };
  const doing = (key: string, icon: 'plus' | 'home' | 'inbox' | 'issues' | 'org' | 'activity', label: string, keys: string[], open: () => void): Found => ({
    group: 'Do',
    key,
    open: leave(open),
    face: () => (
      <>
        <Icon name={icon} class="t3" />
        <span class="cut">{label}</span>
        <span class="end line search-keys">
          <For each={keys}>{(each) => <Kbd>{each}</Kbd>}</For>
        </span>
      </>
    ),
  });
  const doings = (): Found[] => {
    const wanted = text().trim();
    const create = company.archived
      ? []
      : [doing('create', 'plus', wanted ? `New issue “${wanted}”` : 'New issue', ['c'], () => openCreate({ kind: 'issue', title: wanted }))];
    const places: Found[] = [
      doing('dashboard', 'home', 'Go to dashboard', ['g', 'd'], () => navigate(paths.company(company.prefix))),
      doing('inbox', 'inbox', 'Go to inbox', ['g', 'n'], () => navigate(paths.inbox(company.prefix))),
      doing('issues', 'issues', 'Go to issues', ['g', 'i'], () => navigate(paths.issues(company.prefix))),
      doing('agents', 'org', 'Go to agents', ['g', 'a'], () => navigate(paths.agents(company.prefix))),
      doing('activity', 'activity', 'Go to activity', ['g', 'y'], () => navigate(paths.activity(company.prefix))),
    ];
    return [...create, ...(wanted === '' ? places : [])];
  };
  const results = createMemo<Found[]>(() => {
    const data = asked() === '' ? undefined : found.data;
    const hits = data?.search?.nodes ?? [];
    const issues = hits.filter(({ kind }) => kind === 'ISSUE').map(({ issue, title, snippet }): Found => ({
      group: 'Issues',
      key: issue.id,
      open: leave(() => navigate(paths.issue(issue.identifier))),
      face: () => (
        <>
          <IssueGlyph status={issue.status} />
          <span class="t3 num meta">{issue.identifier}</span>
          <span class="cut">
            <Parts parts={title} />
            <Show when={snippet.some((part) => part.isMatch)}>
              <span class="t3 search-snippet">
                <Parts parts={startOf(snippet)} />
              </span>
            </Show>
          </span>
          <span class="end line">{issue.assignee && <Sigil id={issue.assignee.id} name={issue.assignee.name} state={issue.assignee.status} size={18} />}</span>
        </>
      ),
    }));
    const texts = hits.filter(({ kind }) => kind !== 'ISSUE').map(({ kind, issue, comment, documentId, title, snippet }): Found => ({
      group: 'Said and written',
      key: comment?.id ?? documentId ?? issue.id,
      open: leave(() => navigate(`${paths.issue(issue.identifier)}#${kind === 'COMMENT' ? `comment-${comment?.id}` : `document-${documentId}`}`)),
      face: () => (
        <>
          <Icon name={kind === 'COMMENT' ? 'message' : 'file'} class="t3" />
          <span class="t3 num meta">{issue.identifier}</span>
          <span class="cut">
            <Show when={title.length > 0}>
              <Parts parts={title} />{' '}
            </Show>
            <span class="t2">
              <Parts parts={startOf(snippet)} />
            </span>
          </span>
        </>
      ),
    }));
    const agents = (data?.company?.agents.nodes ?? []).map((agent): Found => ({
      group: 'Agents',
      key: agent.id,
      open: leave(() => navigate(paths.agent(company.prefix, agent.id))),
      face: () => (
        <>
          <Sigil id={agent.id} name={agent.name} state={agent.status} size={18} />
          <Marked text={agent.name} part={asked()} />
          <span class="t3 meta end">{agent.title ?? roleLabel(agent.role)}</span>
        </>
      ),
    }));
    return [...issues, ...texts, ...agents, ...doings()];
  });
  createEffect(on([asked, () => results().length], () => setAt(0)));

  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((before) => (before + step + results().length) % results().length);
      list?.querySelector(`#search-${at()}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      results()[at()]?.open();
    }
  };

  return (
    <KDialog open onOpenChange={(open) => !open && props.onClose()}>
      <KDialog.Portal>
        <KDialog.Overlay class="dialog-veil" />
        <div class="dialog-place">
          <KDialog.Content class="dialog search" aria-label="Search" onCloseAutoFocus={back}>
            <div class="search-head">
              <Icon name="search" class="t3" />
              <input
                role="combobox"
                aria-expanded="true"
                aria-controls="search-list"
                aria-activedescendant={`search-${at()}`}
                aria-label="Search issues, texts and agents"
                placeholder="Search issues, texts and agents"
                autocomplete="off"
                spellcheck={false}
                value={text()}
                onInput={(event) => setText(event.currentTarget.value)}
                onKeyDown={onKey}
              />
              <Kbd>esc</Kbd>
            </div>
            <div ref={list} class="search-list" id="search-list" role="listbox" aria-label="Results">
              <Show when={asked() !== '' && !found.loading && results().every((each) => each.group === 'Do')}>
                <p class="search-none t3" role="presentation">Nothing holds “{asked()}”.</p>
              </Show>
              <For each={results()}>
                {(each, index) => (
                  <>
                    <Show when={each.group !== results()[index() - 1]?.group}>
                      <div class="search-group" role="presentation">
                        {each.group}
                      </div>
                    </Show>
                    <div
                      class="search-item"
                      id={`search-${index()}`}
                      role="option"
                      aria-selected={index() === at()}
                      onPointerMove={() => setAt(index())}
                      onClick={() => each.open()}
                    >
                      {each.face()}
                    </div>
                  </>
                )}
              </For>
            </div>
          </KDialog.Content>
        </div>
      </KDialog.Portal>
    </KDialog>
  );
}
