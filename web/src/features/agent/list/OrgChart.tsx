import { A } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { useShortcuts } from '../../../app/keyboard.ts';
import type { AgentLineFragment } from '../../../graphql/generated/graphql.ts';
import { money } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { Elapsed } from '../../../ui/Time.tsx';
import { roleLabel } from '../role.ts';
import { stateInWords, stateTone } from './state.ts';
import { CARD, layOut, type Branch } from './tree.ts';

const PADDING = 32;
const ZOOM = { least: 0.3, most: 1.5, step: 1.25 };

/** The org as a chart: drag or scroll to move, zoom, arrows from card to card. */
export function OrgChart(props: { org: readonly Branch<AgentLineFragment>[]; prefix: string }) {
  let frame!: HTMLDivElement;
  const chart = createMemo(() => layOut(props.org));
  const [zoom, setZoom] = createSignal(1);
  const [asked, setAsked] = createSignal(false);
  const fit = () => Math.min(1, Math.max(ZOOM.least, (frame.clientWidth - 2 * PADDING) / Math.max(1, chart().width), 0));
  const scale = (by: number) => {
    setAsked(true);
    setZoom((before) => Math.min(ZOOM.most, Math.max(ZOOM.least, before * by)));
  };
  const fitAll = () => {
    setAsked(false);
    setZoom(fit());
  };

  onMount(() => {
    const observer = new ResizeObserver(() => !asked() && setZoom(fit()));
    observer.observe(frame);
    onCleanup(() => observer.disconnect());
  });
  createEffect(() => {
    chart();
    if (!asked()) setZoom(fit());
  });
  useShortcuts([
    { keys: '0', label: 'Fit the chart', group: 'Agents', run: fitAll },
    { keys: '+', label: 'Zoom in', group: 'Agents', run: () => scale(ZOOM.step) },
    { keys: '-', label: 'Zoom out', group: 'Agents', run: () => scale(1 / ZOOM.step) },
  ]);

  /** To the nearest card in the arrow's direction. */
  const walk = (event: KeyboardEvent) => {
    const directions: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const direction = directions[event.key];
    const from = chart().placed.find((card) => card.agent.id === (document.activeElement as HTMLElement | null)?.dataset['agent']);
    if (!direction || !from) return;
    event.preventDefault();
    const [dx, dy] = direction;
    const ahead = chart().placed.flatMap((card) => {
      const along = (card.x - from.x) * dx + (card.y - from.y) * dy;
      const aside = Math.abs((card.x - from.x) * dy) + Math.abs((card.y - from.y) * dx);
      return along > 1 ? [{ card, far: along + aside * 2 }] : [];
    });
    const next = ahead.sort((a, b) => a.far - b.far)[0]?.card;
    if (next) frame.querySelector<HTMLElement>(`[data-agent="${next.agent.id}"]`)?.focus();
  };

  /** Dragging the ground moves the view; a card stays a link. */
  const grab = (event: PointerEvent) => {
    if (event.button !== 0 || event.pointerType !== 'mouse' || (event.target as HTMLElement).closest('a')) return;
    const start = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
    const move = (to: PointerEvent) => frame.scrollTo(start.x - to.clientX, start.y - to.clientY);
    const drop = () => {
      frame.classList.remove('grabbed');
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', drop);
    };
    frame.classList.add('grabbed');
    addEventListener('pointermove', move);
    addEventListener('pointerup', drop);
  };

  return (
    <div class="org-view">
      <div ref={frame} class="org-frame" onKeyDown={walk} onPointerDown={grab}>
        <div class="org-space" style={{ width: `${chart().width * zoom() + 2 * PADDING}px`, height: `${chart().height * zoom() + 2 * PADDING}px` }}>
          <div class="org-chart" style={{ width: `${chart().width}px`, height: `${chart().height}px`, transform: `translate(${PADDING}px, ${PADDING}px) scale(${zoom()})` }}>
            <svg class="org-wires" width={chart().width} height={chart().height} aria-hidden="true">
              <For each={chart().wires}>{(wire) => <path d={wire} />}</For>
            </svg>
            <For each={chart().placed}>{(card) => <Card agent={card.agent} x={card.x} y={card.y} href={paths.agent(props.prefix, card.agent.id)} />}</For>
          </div>
        </div>
      </div>
      <div class="org-zoom">
        <IconButton icon="plus" label="Zoom in" kbd="+" onClick={() => scale(ZOOM.step)} />
        <button type="button" class="meta num t2" title="Fit (0)" onClick={fitAll}>
          {Math.round(zoom() * 100)}%
        </button>
        <IconButton icon="minus" label="Zoom out" kbd="-" onClick={() => scale(1 / ZOOM.step)} />
      </div>
    </div>
  );
}

function Card(props: { agent: AgentLineFragment; x: number; y: number; href: string }) {
  const run = () => props.agent.currentRuns[0];
  return (
    <A
      class="org-card"
      classList={{ live: Boolean(run()), gone: props.agent.status === 'TERMINATED' }}
      data-agent={props.agent.id}
      href={props.href}
      style={{ left: `${props.x}px`, top: `${props.y}px`, width: `${CARD.width}px`, height: `${CARD.height}px` }}
      draggable={false}
    >
      <Sigil id={props.agent.id} name={props.agent.name} state={props.agent.status} size={28} />
      <span class="org-who">
        <b class="cut">{props.agent.name}</b>
        <span class="meta t3 cut">
          {props.agent.title ?? roleLabel(props.agent.role)}, {props.agent.adapterType}
        </span>
      </span>
      <span class="org-foot num">
        <span class={`cut ${stateTone(props.agent.status)}`}>
          <Show when={run()} fallback={stateInWords(props.agent)}>
            {(live) => (
              <>
                {live().issue?.identifier ?? 'heartbeat'}
                <Show when={live().startedAt}>{(at) => <>, <Elapsed since={at()} /></>}</Show>
              </>
            )}
          </Show>
        </span>
        <span class="t3">{money(props.agent.cost.costMicros)}</span>
      </span>
    </A>
  );
}
