import './budget.css';
import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import type { BudgetStopLineFragment } from '../../graphql/generated/graphql.ts';
import { createView } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { sentence } from '../../ui/failure.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { aboutStops } from './about-budgets.ts';
import { CompanyStopQuery } from './queries.ts';
import { RaiseDialog } from './RaiseDialog.tsx';
import { stoppedAt } from './stopped.ts';

/** Across every page of a company that is stopped as a whole: why nothing moves, and where that is decided. */
export function CompanyStop() {
  const company = useCompany();
  const view = createView({ query: CompanyStopQuery, variables: () => ({ prefix: company.prefix }), concerns: aboutStops });
  return (
    <Show when={view.data?.company?.budgetStop}>
      {(stop) => (
        <Notice
          icon="pause"
          tone="bad"
          action={
            <A class="button plain small" href={paths.budgets(company.prefix)}>
              Open budget
            </A>
          }
        >
          <b>The whole company is stopped.</b> {sentence(stop().message)}
        </Notice>
      )}
    </Show>
  );
}

/** Above what a budget stops, an issue or an agent: which one, how much, and the way to raise it from here. */
export function StopBanner(props: { stop: BudgetStopLineFragment; disabled: boolean; class: string; onDone: () => void }) {
  const company = useCompany();
  const [raising, setRaising] = createSignal(false);
  const stopped = () => stoppedAt(props.stop);
  return (
    <section class={props.class} data-tone="bad" aria-label="Stopped by a budget">
      <Icon name="pause" />
      <div class="stop-words issue-banner-words">
        <p>
          <b>{props.stop.incident?.status === 'KEPT_PAUSED' ? 'Kept paused by a budget.' : 'Stopped by a budget.'}</b> {sentence(props.stop.message)}
        </p>
      </div>
      <A class="button plain small" href={paths.budgets(company.prefix)}>
        Budgets
      </A>
      <Show when={stopped()}>
        <Button size="small" disabled={props.disabled} onClick={() => setRaising(true)}>
          Raise
        </Button>
      </Show>
      <Show when={raising() && stopped()} keyed>
        {(it) => (
          <RaiseDialog
            stopped={it}
            onClose={() => {
              setRaising(false);
              props.onDone();
            }}
          />
        )}
      </Show>
    </section>
  );
}
