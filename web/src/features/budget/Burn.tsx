import { Show } from 'solid-js';
import type { BudgetLineFragment } from '../../graphql/generated/graphql.ts';
import { useMinutes } from '../../ui/clock.ts';
import { burnOf, paceOf, paceWords, timeWords, type Day } from './pace.ts';
import { standingOf } from './words.ts';

const [WIDE, HIGH, EDGE] = [84, 26, 2];
const x = (at: number): number => EDGE + at * (WIDE - 2 * EDGE);
const y = (left: number): number => EDGE + (1 - left) * (HIGH - 2 * EDGE);
const line = (points: readonly { at: number; left: number }[]): string => points.map(({ at, left }) => `${x(at).toFixed(1)},${y(left).toFixed(1)}`).join(' ');

/** What is left of a month's budget against an even pace (dotted), and where it leads (dashed). The words beside it say the same. */
export function Burn(props: { budget: BudgetLineFragment; days: readonly Day[] | undefined }) {
  const now = useMinutes();
  const points = () => burnOf(props.budget, now(), props.budget.scope === 'COMPANY' ? props.days : undefined);
  const ends = () => paceOf(props.budget, now())?.endsAt ?? null;
  const last = () => points().at(-1);
  return (
    <Show when={last()} fallback={<span class="burn" />}>
      {(end) => (
        <svg class="burn" data-standing={standingOf(props.budget)} viewBox={`0 0 ${WIDE} ${HIGH}`} width={WIDE} height={HIGH} aria-hidden="true">
          <polyline class="burn-even" points={line([{ at: 0, left: 1 }, { at: 1, left: 0 }])} />
          <polygon class="burn-fill" points={`${line(points())} ${x(end().at).toFixed(1)},${y(0)} ${x(0)},${y(0)}`} />
          <polyline class="burn-line" points={line(points())} />
          <Show when={ends()}>{(at) => <polyline class="burn-ahead" points={line([end(), { at: at(), left: 0 }])} />}</Show>
          <circle class="burn-now" cx={x(end().at)} cy={y(end().left)} r="2" />
        </svg>
      )}
    </Show>
  );
}

/** When it starts anew, and how it goes. */
export function BudgetTime(props: { budget: BudgetLineFragment }) {
  const now = useMinutes();
  const pace = () => (props.budget.stop ? null : paceWords(props.budget, now()));
  return (
    <span class="meta t3 budget-time">
      <Show when={pace()}>{(it) => <span class={it().tone}>{it().text}</span>}</Show>
      <span class="budget-anew">{timeWords(props.budget)}</span>
    </span>
  );
}
