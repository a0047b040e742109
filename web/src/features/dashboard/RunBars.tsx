import { For, Show } from 'solid-js';
import { tip } from '../../ui/Tooltip.tsx';
import { dayOf } from '../../ui/format.ts';
import { niceTop } from './scale.ts';

interface Day {
  date: string;
  succeeded: number;
  failed: number;
  other: number;
}

const WIDTH = 420;
const LEFT = 26;
const TOP = 10;
const BASE = 100;

/** Runs per day. A failure is hatched as well as red, so that it shows without colour. */
export function RunBars(props: { days: readonly Day[] }) {
  const total = (day: Day) => day.succeeded + day.failed + day.other;
  const top = () => niceTop(Math.max(0, ...props.days.map(total)));
  const y = (value: number) => BASE - (value / top()) * (BASE - TOP);
  const step = () => (WIDTH - LEFT) / Math.max(1, props.days.length);
  const said = () => `Runs per day: ${props.days.reduce((sum, day) => sum + day.succeeded, 0)} succeeded, ${props.days.reduce((sum, day) => sum + day.failed, 0)} failed`;
  const lines = () => (top() >= 4 ? [0, 0.5, 1] : [0, 1]).map((part) => part * top());
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} 120`} role="img" aria-label={said()}>
      <defs>
        <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" fill="var(--bad-soft)" />
          <rect width="1.8" height="4" fill="var(--bad)" />
        </pattern>
      </defs>
      <For each={lines()}>
        {(value) => (
          <>
            <line class="chart-axis" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {value}
            </text>
          </>
        )}
      </For>
      <For each={props.days}>
        {(day, at) => {
          const x = () => LEFT + at() * step() + step() * 0.18;
          const wide = () => step() * 0.64;
          const isToday = () => at() === props.days.length - 1;
          return (
            <g {...tip(`${dayOf(`${day.date}T12:00:00`)}: ${day.succeeded} succeeded, ${day.failed} failed${day.other ? `, ${day.other} other` : ''}`)}>
              <rect x={LEFT + at() * step()} y={TOP} width={step()} height={BASE - TOP} fill="transparent" />
              <rect x={x()} y={y(day.succeeded)} width={wide()} height={BASE - y(day.succeeded)} fill={isToday() ? 'var(--chart-1)' : 'var(--chart-2)'} />
              <rect x={x()} y={y(day.succeeded + day.other)} width={wide()} height={y(day.succeeded) - y(day.succeeded + day.other)} fill="var(--line-2)" />
              <rect x={x()} y={y(total(day))} width={wide()} height={y(day.succeeded + day.other) - y(total(day))} fill="url(#hatch)" />
              <Show when={isToday() || (at() % 3 === 1 && at() < props.days.length - 2)}>
                <text x={x() + wide() / 2} y="116" text-anchor="middle">
                  {isToday() ? 'today' : Number(day.date.slice(8))}
                </text>
              </Show>
            </g>
          );
        }}
      </For>
    </svg>
  );
}
