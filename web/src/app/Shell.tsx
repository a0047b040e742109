import './shell.css';
import './rail.css';
import { useNavigate } from '@solidjs/router';
import { createEffect, createSignal, lazy, onCleanup, onMount, Show, Suspense, type JSX } from 'solid-js';
import type { FrameQuery } from '../graphql/generated/graphql.ts';
import { createUnread } from '../features/inbox/unread.ts';
import { useMedia } from '../ui/media.ts';
import { appearance, toggleSidebar } from './appearance.ts';
import { BottomBar } from './BottomBar.tsx';
import { paths, useCompany } from './company.ts';
import { creating, openCreate } from './create.ts';
import { useFailureToasts } from './failure-toasts.tsx';
import { blockKeys, handleKey, useShortcuts } from './keyboard.ts';
import { Sidebar } from './Sidebar.tsx';

const CheatSheet = lazy(async () => ({ default: (await import('./CheatSheet.tsx')).CheatSheet }));
const Search = lazy(async () => ({ default: (await import('../features/search/Search.tsx')).Search }));

/** The frame: sidebar or rail at the left, a bar of five below on a phone, and the keys that work everywhere. */
export function Shell(props: { frame: FrameQuery | undefined; children: JSX.Element }) {
  const company = useCompany();
  const navigate = useNavigate();
  const [sheet, setSheet] = createSignal(false);
  const [search, setSearch] = createSignal(false);
  useFailureToasts();
  const unread = createUnread(() => company.id);
  const narrow = useMedia('(max-width: 1199px)');
  const go = (path: (prefix: string) => string) => () => navigate(path(company.prefix));

  useShortcuts([
    { keys: 'c', label: 'New issue', group: 'Anywhere', run: () => !company.archived && openCreate({ kind: 'issue' }) },
    { keys: '/', label: 'Search', group: 'Anywhere', run: () => setSearch(true) },
    { keys: '[', label: 'Fold the sidebar', group: 'Anywhere', run: toggleSidebar },
    { keys: '?', label: 'This list', group: 'Anywhere', run: () => setSheet(true) },
    { keys: 'g d', label: 'Dashboard', group: 'Go to', run: go(paths.company) },
    { keys: 'g n', label: 'Inbox', group: 'Go to', run: go(paths.inbox) },
    { keys: 'g i', label: 'Issues', group: 'Go to', run: go(paths.issues) },
    { keys: 'g a', label: 'Agents', group: 'Go to', run: go(paths.agents) },
    { keys: 'g m', label: 'Costs', group: 'Go to', run: go(paths.costs) },
    { keys: 'g y', label: 'Activity', group: 'Go to', run: go(paths.activity) },
  ]);
  createEffect(() => blockKeys(creating() !== null || search() || sheet()));
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'k' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      setSearch(true);
    } else handleKey(event);
  };
  /** The router takes the link for one of its own, and would move nothing. */
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById('page')?.focus();
  };
  onMount(() => document.addEventListener('keydown', onKey));
  onCleanup(() => document.removeEventListener('keydown', onKey));

  return (
    <div class="shell" data-sidebar={narrow() ? 'rail' : appearance().sidebar}>
      <a class="skip" href="#page" on:click={skip}>
        Skip to the page
      </a>
      <Sidebar frame={props.frame} unread={unread()} onSearch={() => setSearch(true)} onKeys={() => setSheet(true)} />
      <main class="shell-main" id="page" tabIndex={-1}>
        {props.children}
      </main>
      <BottomBar unread={unread()} waiting={props.frame?.company?.approvals.totalCount} onSearch={() => setSearch(true)} />
      <Suspense>
        <Show when={sheet()}>
          <CheatSheet onClose={() => setSheet(false)} />
        </Show>
        <Show when={search()}>
          <Search onClose={() => setSearch(false)} />
        </Show>
      </Suspense>
    </div>
  );
}
