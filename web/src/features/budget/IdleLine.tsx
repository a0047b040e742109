import { Show } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import { about } from '../../graphql/live.ts';
import { createView } from '../../graphql/view.ts';
import { Section } from '../../ui/Panel.tsx';
import { idleBasis, idleWords } from './idle.ts';
import { CompanyIdlingQuery } from './queries.ts';

/** What the company's heartbeats saved by asking the database first. Where none was skipped there is nothing to tell. */
export function IdleReport() {
  const company = useCompany();
  const view = createView({ query: CompanyIdlingQuery, variables: () => ({ prefix: company.prefix }), concerns: about('run', 'agent') });
  return (
    <Show when={view.data?.company?.idling}>
      {(idle) => (
        <Show when={idleWords(idle())}>
          {(words) => (
            <Section title="Idle for free" note="7 days">
              <p class="idle-words t2">
                {words()} <span class="t3">{idleBasis(idle())}</span>
              </p>
            </Section>
          )}
        </Show>
      )}
    </Show>
  );
}
