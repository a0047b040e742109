import { createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { tip } from '../../ui/Tooltip.tsx';
import { money } from '../../ui/format.ts';
import { dayWords, weekdayWords } from './range.ts';
import { labelEvery, moneyTop } from './scale.ts';

export interface Layer {
  name: string;
  color: string;
  /** Millionths of a dollar by day. */
  days: ReadonlyMap<string, bigint>;
}

const HEIGHT = 190;
const TOP = 16;
const BASE = 164;
const LEFT = 46;
const NARROWEST = 280;

/**
 * Cost per day, stacked. Drawn in the pixels that there are, so that words keep their size on a phone; days to come stand as
 * dashed outlines at the pace of the last week.
 */
export function CostBars(props: { days: readonly string[]; lastDay: string; layers: readonly Layer[]; paceMicros: bigint | undefined; paceWords: string; label: string }) {
  let box!: HTMLDivElement;
  const [width, setWidth] = createSignal(720);
  onMount(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(NARROWEST, Math.floor(entry.contentRect.width))));
    observer.observe(box);
    onCleanup(() => observer.disconnect());
  });
  const sum = (day: string) => props.layers.reduce((total, layer) => total + (layer.days.get(day) ?? 0n), 0n);
  const hasFuture = () => props.paceMicros !== undefined && props.paceMicros > 0n && props.days.some((day) => day > props.lastDay);
  const top = createMemo(() => moneyTop(Math.max(0, hasFuture() ? Number(props.paceMicros) : 0, ...props.days.map((day) => Number(sum(day))))));
  const y = (micros: number) => BASE - (micros / top()) * (BASE - TOP);
  const step = () => (width() - LEFT) / Math.max(1, props.days.length);
  const wide = () => Math.max(2, Math.min(44, step() * (step() < 14 ? 0.74 : 0.62)));
  const x = (at: number) => LEFT + at * step() + (step() - wide()) / 2;
  const every = () => labelEvery(step());
  /** Counted back from the last day, which is always named. */
  const isNamed = (at: number) => (props.days.indexOf(props.lastDay) - at) % every() === 0;
  /** Where a name would be cut at the edge it ends there. */
  const isAtEdge = (at: number) => x(at) + wide() / 2 + 20 > width();
  const parts = (day: string) => {
    let below = 0;
    return props.layers.map((layer) => {
      const value = Number(layer.days.get(day) ?? 0n);
      const part = { color: layer.color, from: below, to: below + value };
      below += value;
      return part;
    });
  };
  const words = (day: string) => {
    const each = props.layers.length > 1 ? props.layers.filter((layer) => (layer.days.get(day) ?? 0n) > 0n).map((layer) => `${layer.name} ${money(layer.days.get(day))}`) : [];
    return `${weekdayWords(day)}: ${money(sum(day))}${each.length > 1 ? `\n${each.join('\n')}` : ''}`;
  };
  const firstAhead = () => props.days.findIndex((day) => day > props.lastDay);
  const gap = (from: number, to: number) => (from > 0 && y(from) - y(to) > 2 ? 1 : 0);

  return (
    <div ref={box} class="cost-bars">
      <svg class="chart" width={width()} height={HEIGHT} viewBox={`0 0 ${width()} ${HEIGHT}`} role="img" aria-label={props.label}>
        <For each={[0, 0.5, 1]}>
          {(part) => (
            <>
              <line class="chart-axis" x1={LEFT - 4} x2={width()} y1={y(top() * part)} y2={y(top() * part)} />
              <text x={LEFT - 10} y={y(top() * part) + 4} text-anchor="end">
                {axisWords(top() * part, top())}
              </text>
            </>
          )}
        </For>
        <For each={props.days}>
          {(day, at) => (
            <Show
              when={day <= props.lastDay}
              fallback={
                <Show when={hasFuture()}>
                  <rect class="cost-ahead" x={x(at()) + 0.5} y={y(Number(props.paceMicros)) + 0.5} width={wide() - 1} height={Math.max(0, BASE - y(Number(props.paceMicros)) - 0.5)} />
                </Show>
              }
            >
              <g class="cost-day" {...tip(words(day))}>
                <rect x={LEFT + at() * step()} y={TOP} width={step()} height={BASE - TOP} fill="transparent" />
                <For each={parts(day)}>
                  {(part) => <rect x={x(at())} y={y(part.to)} width={wide()} height={Math.max(0, y(part.from) - y(part.to) - gap(part.from, part.to))} fill={part.color} />}
                </For>
              </g>
            </Show>
          )}
        </For>
        <For each={props.days}>
          {(day, at) => (
            <Show when={isNamed(at())}>
              <text x={isAtEdge(at()) ? width() : x(at()) + wide() / 2} y="182" text-anchor={isAtEdge(at()) ? 'end' : 'middle'}>
                {dayWords(day)}
              </text>
            </Show>
          )}
        </For>
        <Show when={hasFuture() && width() - x(firstAhead()) > 230}>
          <text x={x(firstAhead())} y={y(Number(props.paceMicros)) - 8}>
            forecast at the pace of the last {props.paceWords}
          </text>
        </Show>
      </svg>
      <table class="unseen">
        <caption>{props.label}</caption>
        <tbody>
          <For each={props.days.filter((day) => day <= props.lastDay)}>
            {(day) => (
              <tr>
                <th scope="row">{weekdayWords(day)}</th>
                <td>{words(day).split(': ')[1]}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

/** Whole dollars where the axis has such steps, cents where it has not. */
function axisWords(micros: number, top: number): string {
  const text = money(BigInt(Math.round(micros)));
  return top >= 2_000_000 || micros === 0 ? text.replace(/\.00$/, '') : text;
}
