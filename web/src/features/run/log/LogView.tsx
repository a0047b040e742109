import './log.css';
import { createSignal, For, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { useShortcuts } from '../../../app/keyboard.ts';
import { connection } from '../../../graphql/connection.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { count, percent, plural } from '../../../ui/format.ts';
import { toast } from '../../../ui/toast.ts';
import { FindBar } from '../find/FindBar.tsx';
import { FollowBar } from '../FollowBar.tsx';
import { createLogView } from './create-log-view.ts';
import type { LogFeed } from './feed.ts';
import { LogLine } from './LogLine.tsx';
import { selectedRange, selectedText } from './selection.ts';

export interface LogHandle {
  find: () => void;
  copy: () => void;
}

/** A run's log, whole: follows its end, stays where the reader is, finds, copies. */
export function LogView(props: { feed: LogFeed; live: boolean; ref?: (handle: LogHandle) => void; empty: JSX.Element; keys?: JSX.Element }) {
  const model = createLogView(props.feed);
  const [finding, setFinding] = createSignal(false);
  let scroller!: HTMLDivElement;
  let space!: HTMLDivElement;
  let rows!: HTMLDivElement;
  let probe!: HTMLDivElement;
  let everything = false;

  const finder = {
    ...model,
    close: () => {
      setFinding(false);
      model.find('');
    },
  };
  const copy = async () => {
    await navigator.clipboard.writeText(model.text());
    toast.show({ title: `Copied ${plural(model.count(), 'line')}`, icon: 'copy', tone: 'ok', key: 'log-copy' });
  };

  const openFind = () => void setFinding(true);
  useShortcuts([
    { keys: 'f', label: 'Find in log', group: 'Run', run: openFind },
    { keys: '/', label: 'Find in log', group: 'Run', run: openFind, hidden: true },
  ]);

  onMount(() => {
    onCleanup(model.view.attach(scroller, space, rows));
    model.measure(probe);
    let pressed = false;
    const selected = () => {
      everything = false;
      const range = selectedRange(rows, pressed);
      model.view.keep(range);
      // What a reader marks must not slide away under the pointer.
      if (range && range.to - range.from > 1) model.view.follow(false);
    };
    const press = (event: Event) => {
      pressed = event.type === 'pointerdown';
      if (!pressed) selected();
    };
    const events = [['selectionchange', selected], ['pointerdown', press], ['pointerup', press], ['pointercancel', press]] as const;
    for (const [name, listener] of events) document.addEventListener(name, listener);
    onCleanup(() => events.forEach(([name, listener]) => document.removeEventListener(name, listener)));
    props.ref?.({ find: openFind, copy: () => void copy() });
  });

  const keys = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'f') openFind();
    else if (command && event.key === 'a') {
      getSelection()?.selectAllChildren(rows);
      // The selection's own event comes later and must not take this back.
      setTimeout(() => (everything = true), 30);
    } else if (command || event.altKey) return;
    else if (event.key === 'f' || event.key === '/') setFinding(true);
    else if (event.key === 'End') model.follow();
    else if (event.key === 'Home') model.view.toStart();
    else return;
    event.preventDefault();
  };
  const copied = (event: ClipboardEvent) => {
    const text = everything ? model.text() : selectedText(rows);
    if (text === undefined) return;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };

  return (
    <div class="log-view">
      <Show when={finding()}>
        <FindBar label="Find in log" finder={finder} onClosed={() => scroller.focus()} />
      </Show>
      <Show when={props.feed.earlier() !== null}>
        <div class="log-note" role="status">
          <Icon name="clock" />
          The end of the log; what comes before is loading, {percent(Math.round((props.feed.earlier() ?? 0) * 100) / 100)}
        </div>
      </Show>
      <Show when={model.forgotten()}>
        {(lines) => (
          <div class="log-note">
            <Icon name="info" />
            The first {count(lines())} lines are more than a page can keep. The command boardroom run log prints them all.
          </div>
        )}
      </Show>
      <Show when={props.feed.phase() !== 'failed'} fallback={<ErrorState what="The log did not load" error={props.feed.problem()} onRetry={() => props.feed.retry()} />}>
        <Show when={model.count() === 0 && props.feed.phase() !== 'loading'}>{props.empty}</Show>
      </Show>
      <div
        ref={scroller}
        class="log"
        classList={{ bare: model.count() === 0 }}
        role="log"
        aria-live="off"
        aria-label="Log"
        tabIndex={0}
        onKeyDown={keys}
        onCopy={copied}
      >
        <div ref={probe} class="log-line log-probe" aria-hidden="true">
          <span class="log-time" />
          <span class="log-sign" />
          <span class="log-text">
            <span>MMMMMMMMMMMMMMMMMMMM</span>
          </span>
        </div>
        <div ref={space} class="log-space">
          <div ref={rows} class="log-rows">
            <For each={model.visible()}>
              {(entry) => (
                <LogLine
                  row={entry.row}
                  number={entry.number}
                  needle={model.needle()}
                  current={model.isCurrent(entry.row.line)}
                  onToggle={model.toggle}
                />
              )}
            </For>
          </div>
        </div>
      </div>
      <FollowBar
        live={props.live}
        complete={props.feed.phase() === 'ended'}
        following={model.view.following()}
        unseen={model.unseen()}
        unit="new line"
        onFollow={model.follow}
        total={plural(model.count(), 'line')}
        trouble={props.live && (props.feed.phase() === 'waiting' || connection().state === 'lost') ? 'Reconnecting, nothing is lost' : undefined}
        keys={
          <>
            <FollowBar.Key name="f">find</FollowBar.Key>
            {props.keys}
          </>
        }
      />
    </div>
  );
}
