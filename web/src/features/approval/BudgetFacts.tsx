import { Show } from 'solid-js';
import { A } from '@solidjs/router';
import { paths, useCompany } from '../../app/company.ts';
import type { ApprovalDetailFragment } from '../../graphql/generated/graphql.ts';
import { Properties, Property } from '../../ui/Properties.tsx';
import { Rail } from '../../ui/Rail.tsx';
import { bare, quantity } from '../budget/amount.ts';
import { scopeWords, subjectName } from '../budget/words.ts';
import { allowanceWords } from './words.ts';

/** The stop that is to be decided about: what it covers, how much there was, how much was used. */
export function BudgetFacts(props: { incident: NonNullable<ApprovalDetailFragment['incident']>; raisedTo: string | null | undefined }) {
  const company = useCompany();
  const it = () => props.incident;
  const budget = () => it().budget;
  return (
    <div class="hire">
      <Properties>
        <Property name="Scope">
          {scopeWords[budget().scope]}
          <Show when={budget().subject && budget().scope !== 'COMPANY'}>: {subjectName(budget().subject)}</Show>
        </Property>
        <Property name="Limit">
          {allowanceWords(budget(), it().limit)}
        </Property>
        <Property name="Observed">{quantity(budget().metric, it().observed)} when it stopped</Property>
        <Show when={props.raisedTo}>{(to) => <Property name="Raised to">{quantity(budget().metric, to())}</Property>}</Show>
      </Properties>
      <p class="approval-use">
        <Rail value={Number(budget().used)} max={Number(budget().amount)} tick={budget().warnPercent / 100} label="Used of the budget" />
        <span class="num meta t2">
          {bare(budget().metric, budget().used)} of {quantity(budget().metric, budget().amount)} now
        </span>
        <A class="link meta" href={paths.budgets(company.prefix)}>
          All budgets
        </A>
      </p>
    </div>
  );
}
