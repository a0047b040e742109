import { createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import { VirtualWindow } from '../virtual/virtual-window.ts';
import type { LogFeed } from './feed.ts';
import { LogSearch, matchAt } from './find.ts';
import { CUT, LogRows, SEGMENT, type Row } from './log-rows.ts';

export interface NumberedRow {
  readonly number: number;
  readonly row: Row;
}

/** Wrapping at words leaves some room at the end of a line. */
const FILL = 0.95;

/** What a log view knows and can do; LogView draws it. */
export function createLogView(feed: LogFeed) {
  let rows = new LogRows(feed.lines());
  let first = feed.lines().first;
  let lines = feed.lines();
  let lineHeight = 20;
  let columns = 120;

  const height = (row: number): number => {
    const width = rows.width(row);
    return lineHeight * (width <= columns ? 1 : Math.ceil(width / (columns * FILL)));
  };
  const view = new VirtualWindow({ estimate: height, padding: 6, follow: true, onWidth: () => measureAgain() });
  let measureAgain = () => {};

  const [drawn, setDrawn] = createSignal(0, { equals: false });
  const [count, setCount] = createSignal(lines.end);
  const [leftAt, setLeftAt] = createSignal<number | undefined>();
  const [search, setSearch] = createSignal<LogSearch | undefined>();
  const [found, setFound] = createSignal(0, { equals: false });
  const [current, setCurrent] = createSignal(-1);

  const visible = createMemo<NumberedRow[]>((before) => {
    drawn();
    const { from, to } = view.range();
    const old = new Map(before.map((entry) => [entry.row, entry]));
    const shown: NumberedRow[] = [];
    for (let number = from; number < Math.min(to, rows.count); number += 1) {
      const row = rows.row(number);
      const known = old.get(row);
      shown.push(known?.number === number ? known : { number, row });
    }
    return shown;
  }, []);

  /** Takes up what the feed has added since, and draws. */
  const draw = () => {
    const store = feed.lines();
    if (store !== lines) {
      // The same lines and more before them: counted from the end they keep their places.
      const shift = store.end - store.first - (lines.end - lines.first);
      lines = store;
      first = store.first;
      rows = new LogRows(store);
      view.reset(rows.count, (row) => row + shift);
      setCurrent((line) => (line === -1 ? -1 : line + store.end - count()));
      setLeftAt((line) => (line === undefined ? undefined : line + store.end - count()));
      const needle = untrack(search)?.needle;
      if (needle) find(needle);
    } else if (store.first !== first) {
      const gone = store.first - first;
      first = store.first;
      rows.refresh();
      view.reset(rows.count, (row) => row - gone);
    } else if (rows.refresh()) view.reset(rows.count);
    else {
      view.grow(rows.count);
      for (const line of store.openLines()) view.revise(rows.rowOf(line));
    }
    setCount(store.end);
    setDrawn(0);
    view.place();
    searchOn();
  };
  let frame = 0;
  const scheduleDraw = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  createEffect(on(feed.version, scheduleDraw, { defer: true }));
  onCleanup(() => cancelAnimationFrame(frame));

  createEffect(() => {
    const following = view.following();
    setLeftAt((before) => (following ? undefined : (before ?? untrack(count))));
  });

  let searching: ReturnType<typeof setTimeout> | undefined;
  const searchOn = () => {
    const looking = untrack(search);
    if (!looking || searching) return;
    const before = looking.hits.length;
    const done = looking.step();
    if (looking.hits.length !== before || done) setFound(0);
    // Not to the first hit found: to the one nearest below what is shown, once it is known.
    const last = looking.hits.at(-1);
    if (untrack(current) === -1 && last !== undefined && (done || last >= firstShown())) step(1);
    if (done) return;
    searching = setTimeout(() => {
      searching = undefined;
      searchOn();
    });
  };
  onCleanup(() => clearTimeout(searching));

  function find(text: string): void {
    clearTimeout(searching);
    searching = undefined;
    setCurrent(-1);
    setSearch(text ? new LogSearch(lines, text) : undefined);
    setFound(0);
    searchOn();
  }

  const firstShown = (): number => rows.place(untrack(view.range).from).line;

  /** To the next hit or the one before; the first time to the one nearest below what is shown. */
  function step(direction: 1 | -1): void {
    const looking = untrack(search);
    if (!looking || looking.hits.length === 0) return;
    const at = untrack(current);
    const from = at === -1 ? firstShown() - 1 : at;
    const line = direction === 1 ? looking.after(from) : looking.before(from);
    if (line === undefined) return;
    setCurrent(line);
    const place = matchAt(lines, line, looking.needle);
    if (place >= CUT && !rows.isWhole(line)) toggle(line);
    view.show(rows.rowOf(line) + (rows.isWhole(line) ? Math.floor(place / SEGMENT) : 0));
  }

  function toggle(line: number): void {
    rows.toggle(line);
    const at = rows.rowOf(line);
    view.follow(false);
    view.reset(rows.count);
    view.revise(at);
    setDrawn(0);
    view.place();
  }

  return {
    view,
    visible,
    /** Lines there are. */
    count,
    /** Lines from the start that are not kept any more. */
    forgotten: () => {
      drawn();
      return lines.first;
    },
    /** Lines that came since the reader left the end. */
    unseen: () => {
      const left = leftAt();
      return left === undefined ? 0 : Math.max(0, count() - left);
    },
    needle: () => search()?.needle ?? '',
    hits: () => {
      found();
      return search()?.hits.length ?? 0;
    },
    hit: () => {
      found();
      return search()?.numberOf(current()) ?? 0;
    },
    isCurrent: (line: number) => current() === line,
    find,
    step,
    toggle,
    follow: () => view.follow(true),
    /** The element that shows how wide a character is, and how wide a line may be. */
    measure: (probe: HTMLElement) => {
      measureAgain = () => {
        const text = probe.querySelector<HTMLElement>('.log-text');
        const letters = text?.firstElementChild;
        const wide = (letters?.getBoundingClientRect().width ?? 0) / (letters?.textContent?.length || 1);
        if (!text || wide === 0) return;
        columns = Math.max(8, Math.floor(text.clientWidth / wide));
        lineHeight = text.getBoundingClientRect().height || lineHeight;
        view.reset(rows.count);
        view.place();
      };
      measureAgain();
      draw();
    },
    /** The whole log as text. */
    text: () => {
      const all: string[] = [];
      for (let line = lines.first; line < lines.end; line += 1) all.push(lines.spans(line).map((span) => span.text).join(''));
      return all.join('\n');
    },
  };
}

export type LogViewModel = ReturnType<typeof createLogView>;
