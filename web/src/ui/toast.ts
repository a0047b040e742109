import { createStore } from 'solid-js/store';
import type { JSX } from 'solid-js';
import type { IconName } from './icons.ts';

export interface ToastAction {
  label: string;
  href?: string;
  onSelect?: () => void;
  kbd?: string;
}

export interface ToastContent {
  title: string;
  detail?: string | undefined;
  tone?: 'plain' | 'ok' | 'bad';
  icon?: IconName;
  glyph?: () => JSX.Element;
  /** At most two. */
  actions?: ToastAction[];
  /** Toasts about one change carry one key: the later takes the earlier one's place. */
  key?: string;
}

export interface ShownToast extends ToastContent {
  id: number;
  /** Refusals and errors stay until they are dismissed. */
  stays: boolean;
}

/** What holds an issue, as far as it is known. */
export interface Holder {
  issue: string;
  agent: string | null;
  since?: string | null;
  run?: { number: number; href: string } | null;
}

const [shown, setShown] = createStore<ShownToast[]>([]);
const AT_MOST = 4;
let lastId = 0;

function add(content: ToastContent, stays: boolean): number {
  lastId += 1;
  const entry: ShownToast = { ...content, id: lastId, stays };
  setShown((before) => [...before.filter((each) => !content.key || each.key !== content.key), entry].slice(-AT_MOST));
  return entry.id;
}

export const toasts: readonly ShownToast[] = shown;

export const toast = {
  /** A fact and, at most, a line of detail; gone after six seconds unless it is looked at. */
  show: (content: ToastContent) => add(content, content.tone === 'bad'),
  /** Something did not work: says what, keeps the request id, stays. */
  error: (title: string, detail?: string, key?: string) => add({ title, detail, tone: 'bad', icon: 'warn', key }, true),
  /** A change was refused: who holds the thing, since when, in which run, and that the change was put back. */
  refusal: (holder: Holder, message: string, actions: ToastAction[] = []) =>
    add(
      {
        title: holder.agent ? `${holder.agent} holds ${holder.issue}` : `${holder.issue} did not move`,
        detail: `${message} Your change was put back.`,
        tone: 'bad',
        icon: 'lock',
        key: `refusal:${holder.issue}`,
        actions: [...(holder.run ? [{ label: 'Open run', href: holder.run.href }] : []), ...actions].slice(0, 2),
      },
      true,
    ),
  dismiss: (id: number) => setShown((before) => before.filter((each) => each.id !== id)),
};
