import './transcript.css';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { useShortcuts } from '../../../app/keyboard.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { plural } from '../../../ui/format.ts';
import { SkeletonRows } from '../../../ui/Skeleton.tsx';
import { FollowBar } from '../FollowBar.tsx';
import { FindBar } from '../find/FindBar.tsx';
import { createFinder } from '../find/create-finder.ts';
import { VirtualWindow } from '../virtual/virtual-window.ts';
import type { Transcript } from './create-transcript.ts';
import { fold, type Block } from './fold.ts';
import { TranscriptBlock } from './TranscriptBlock.tsx';

/** What an agent said and did, as far as its adapter understands it. */
export function TranscriptView(props: { transcript: Transcript; live: boolean; since: string; prefix: string; empty: JSX.Element; keys?: JSX.Element }) {
  let scroller!: HTMLDivElement;
  let space!: HTMLDivElement;
  let rows!: HTMLDivElement;
  const view = new VirtualWindow({ estimate: (row) => estimate(blocks()[row]), padding: 16, follow: true });
  const [toggled, setToggled] = createSignal<ReadonlyMap<number, boolean>>(new Map());
  const [leftAt, setLeftAt] = createSignal<number>();

  /** Blocks that did not change keep their identity, and so their elements. */
  const blocks = createMemo<readonly Block[]>((before) => {
    const old = new Map(before.map((block) => [block.id, block]));
    return fold(props.transcript.entries(), props.live).map((block) => {
      const known = old.get(block.id);
      return known && same(known, block) ? known : block;
    });
  }, []);
  const finder = createFinder({ count: () => blocks().length, textOf: (row) => textOf(blocks()[row]), show: (row) => view.show(row) });
  const visible = createMemo(() => blocks().slice(view.range().from, view.range().to));
  const isOpen = (block: Block): boolean => toggled().get(block.id) ?? opensItself(block);
  const toggle = (block: Block) => {
    const open = !isOpen(block);
    setToggled((before) => new Map(before).set(block.id, open));
    view.schedule();
  };
  const toggleAll = () => {
    const open = blocks().some((block) => block.kind !== 'speech' && isOpen(block));
    setToggled(new Map(blocks().map((block) => [block.id, !open])));
    view.schedule();
  };

  onMount(() => onCleanup(view.attach(scroller, space, rows)));
  createEffect(
    on(blocks, (now, before) => {
      // Looks that merge make fewer blocks of as many entries: then rows have other numbers.
      if (before && now.length >= before.length && before.every((block, row) => block.id === now[row]?.id)) view.grow(now.length);
      else view.reset(now.length);
      finder.refresh();
      view.schedule();
    }),
  );
  createEffect(() => {
    const following = view.following();
    setLeftAt((before) => (following ? undefined : (before ?? blocks().length)));
  });
  useShortcuts([
    { keys: 'f', label: 'Find in transcript', group: 'Run', run: finder.open },
    { keys: '/', label: 'Find in transcript', group: 'Run', run: finder.open, hidden: true },
    { keys: 'e', label: 'Fold or open all', group: 'Run', run: toggleAll },
  ]);

  const tools = () => props.transcript.entries().filter((entry) => entry.kind === 'TOOL_CALL').length;
  return (
    <div class="transcript-view">
      <Show when={finder.isOpen()}>
        <FindBar label="Find in transcript" finder={finder} onClosed={() => scroller.focus()} />
      </Show>
      <Show when={blocks().length === 0}>
        <Show when={!props.transcript.error()} fallback={<ErrorState what="The transcript did not load" error={props.transcript.error()} onRetry={props.transcript.retry} />}>
          <Show when={props.transcript.complete()} fallback={<SkeletonRows rows={6} />}>
            {props.empty}
          </Show>
        </Show>
      </Show>
      <div ref={scroller} class="transcript" role="log" aria-live="off" aria-label="Transcript" tabIndex={0} classList={{ bare: blocks().length === 0 }}>
        <div ref={space} class="transcript-space">
          <div ref={rows} class="transcript-rows">
            <For each={visible()}>
              {(block) => (
                <TranscriptBlock
                  block={block}
                  since={props.since}
                  open={isOpen(block)}
                  current={blocks()[finder.current()]?.id === block.id}
                  prefix={props.prefix}
                  onToggle={() => toggle(block)}
                />
              )}
            </For>
          </div>
        </div>
      </div>
      <FollowBar
        live={props.live}
        complete={props.transcript.complete()}
        following={view.following()}
        unseen={leftAt() === undefined ? 0 : Math.max(0, blocks().length - (leftAt() ?? 0))}
        unit="new step"
        onFollow={() => view.follow(true)}
        total={tools() ? plural(tools(), 'tool') : plural(blocks().length, 'step')}
        keys={
          <>
            <FollowBar.Key name="f">find</FollowBar.Key>
            <FollowBar.Key name="e">fold all</FollowBar.Key>
            {props.keys}
          </>
        }
      />
    </div>
  );
}

function opensItself(block: Block): boolean {
  return block.kind === 'call' && (block.call.state === 'failed' || block.call.purpose === 'edit');
}

function estimate(block: Block | undefined): number {
  if (!block) return 42;
  if ('text' in block) return 22 * Math.max(1, Math.ceil(block.text.length / 90)) + 12;
  return opensItself(block) ? 160 : 42;
}

function same(a: Block, b: Block): boolean {
  if (a.kind === 'call' && b.kind === 'call') return a.call.state === b.call.state;
  if (a.kind === 'looks' && b.kind === 'looks') return a.calls.length === b.calls.length;
  return a.kind === b.kind;
}

function textOf(block: Block | undefined): string {
  if (!block) return '';
  if ('text' in block) return block.text;
  const calls = block.kind === 'call' ? [block.call] : block.calls;
  return calls.map((call) => `${call.verb} ${call.argument} ${call.result?.text ?? ''}`).join('\n');
}
