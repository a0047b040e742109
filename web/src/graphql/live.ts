import { onCleanup } from 'solid-js';
import type { RunStatus } from './generated/graphql.ts';

/** One change in the company, as the events say it. */
export interface LiveEvent {
  cursor: string;
  kind: string;
  at: string;
  entityType: string;
  entityId: string;
  issueId: string | null;
  /** What that issue is part of. */
  parentId?: string | null;
  runId: string | null;
  agentId: string | null;
  /** Where the event is about a run: how it stands, whose it is and on what. */
  run?: { id: string; number: number; status: RunStatus; agent: string; issue: string | null };
}

/** Whether an event may change what a view shows. A resync concerns everybody. */
export type Concerns = (event: LiveEvent) => boolean;

const listeners = new Set<(events: readonly LiveEvent[]) => void>();

/** Events come in bursts (a run that finishes writes several): one pass over the views for all of them. */
const GATHER_MS = 60;
let gathered: LiveEvent[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Called by the company's subscription for every event. */
export function announce(event: LiveEvent): void {
  gathered.push(event);
  timer ??= setTimeout(() => {
    const events = gathered;
    gathered = [];
    timer = undefined;
    for (const listener of listeners) listener(events);
  }, GATHER_MS);
}

/** Hears every event, some at a time. Call inside a component. */
export function onLive(listener: (events: readonly LiveEvent[]) => void): void {
  listeners.add(listener);
  onCleanup(() => listeners.delete(listener));
}

const REFRESH_AT_MOST_EVERY_MS = 400;

/**
 * Runs `refresh` after events that concern it: at once, then at most every 400 ms, and not while the page is hidden, but
 * then once when it is seen again. Call inside a component.
 */
export function refreshOn(concerns: Concerns, refresh: () => void, everyMs: () => number = () => REFRESH_AT_MOST_EVERY_MS): void {
  let last = 0;
  let due: ReturnType<typeof setTimeout> | undefined;
  let missed = false;

  const run = () => {
    due = undefined;
    if (document.hidden) {
      missed = true;
      return;
    }
    last = Date.now();
    refresh();
  };
  onLive((events) => {
    if (due === undefined && events.some((event) => event.kind === 'resync' || concerns(event))) {
      due = setTimeout(run, Math.max(0, last + everyMs() - Date.now()));
    }
  });
  const seen = () => {
    if (document.hidden || !missed) return;
    missed = false;
    run();
  };
  document.addEventListener('visibilitychange', seen);
  onCleanup(() => {
    document.removeEventListener('visibilitychange', seen);
    clearTimeout(due);
  });
}

/** Concerns by what kind of thing changed: `about('issue', 'run')`. */
export const about =
  (...types: string[]): Concerns =>
  (event) =>
    types.includes(event.entityType) || types.includes(event.kind.split('.')[0] ?? '');

/**
 * Concerns by one issue: itself, its comments, runs and costs; its parts, whose end moves it on; and what else stands beside
 * it, such as its blockers.
 */
export const aboutIssue =
  (id: () => string | undefined, beside: () => readonly string[] = () => []): Concerns =>
  (event) =>
    [event.issueId, event.entityId, event.parentId].includes(id() ?? '') || (event.issueId !== null && beside().includes(event.issueId));

/** Concerns by one run. */
export const aboutRun =
  (id: () => string | undefined): Concerns =>
  (event) =>
    event.runId === id() || event.entityId === id();

/** Concerns by one agent: itself, its runs and wakes. */
export const aboutAgent =
  (id: () => string | undefined): Concerns =>
  (event) =>
    event.agentId === id() || event.entityId === id();
