import type { BudgetLineFragment } from '../../graphql/generated/graphql.ts';
import { Rail } from '../../ui/Rail.tsx';
import { bare, quantity } from './amount.ts';
import { metricWords, standingOf, subjectName, windowWords } from './words.ts';

/** How much of a budget is used, with a tick where the warning is. */
export function BudgetRail(props: { budget: BudgetLineFragment }) {
  const budget = () => props.budget;
  const label = () => `${subjectName(budget().subject)}, ${metricWords[budget().metric]} ${windowWords(budget())}: ${quantity(budget().metric, budget().used)} of ${quantity(budget().metric, budget().amount)}`;
  return <Rail value={Number(budget().used)} max={Number(budget().amount)} tick={budget().warnPercent / 100} label={label()} />;
}

/** "$196.30 of $240.00", in the tone of how it stands. */
export function BudgetUse(props: { budget: BudgetLineFragment }) {
  const budget = () => props.budget;
  const tone = () => ({ stopped: 'bad', kept: 'bad', over: 'bad', warned: 'warn', fine: 't2' })[standingOf(budget())];
  return (
    <span class={`num ${tone()}`}>
      {bare(budget().metric, budget().used)} of {quantity(budget().metric, budget().amount)}
    </span>
  );
}
