import './settings.css';
import '../../breaker/breaker.css';
import { useSearchParams } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import { about } from '../../../graphql/live.ts';
import { createView } from '../../../graphql/view.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { Section } from '../../../ui/Panel.tsx';
import { SkeletonRows } from '../../../ui/Skeleton.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { TopBar } from '../../../ui/TopBar.tsx';
import { BreakerForm } from '../../breaker/BreakerForm.tsx';
import { CompanyBreakersQuery } from '../../breaker/queries.ts';
import { Trips } from '../../breaker/Trips.tsx';
import { Targets } from '../../notification/Targets.tsx';
import { DEFAULTS } from '../../../../../schema/breaker/rules.ts';
import { General } from './General.tsx';
import { CompanySettingsQuery } from './queries.ts';

type Part = 'general' | 'limits' | 'notifications';
const PARTS: readonly { value: Part; label: string }[] = [
  { value: 'general', label: 'General' },
  { value: 'limits', label: 'Circuit breakers' },
  { value: 'notifications', label: 'Notifications' },
];

/** What Boardroom itself sets: how far beyond what work that goes well does. */
const SHIPPED = { ...DEFAULTS, tokensPerRun: String(DEFAULTS.tokensPerRun) };

/** What the board decides about a company as a whole. */
export function SettingsPage() {
  const company = useCompany();
  const [search, setSearch] = useSearchParams();
  const part = (): Part => PARTS.find((each) => each.value === search['view'])?.value ?? 'general';
  const view = createView({ query: CompanySettingsQuery, variables: () => ({ prefix: company.prefix }), concerns: about('company') });
  return (
    <div class="page">
      <TopBar
        title="Settings"
        tabs={<Tabs label="Parts of the settings" tabs={PARTS} value={part()} onValue={(value) => setSearch({ view: value === 'general' ? null : value }, { replace: true })} controls="settings-part" />}
      />
      <div class="scroll" id="settings-part" role="tabpanel" aria-label={PARTS.find((each) => each.value === part())?.label}>
        <Switch fallback={<SkeletonRows rows={6} />}>
          <Match when={view.data?.company?.id} keyed>
            {(id) => (
              <Switch>
                <Match when={part() === 'general'}>
                  <div class="settings">
                    <Show when={view.data?.company}>{(it) => <General company={it()} disabled={company.archived} />}</Show>
                  </div>
                </Match>
                <Match when={part() === 'limits'}>
                  <Limits companyId={id} disabled={company.archived} />
                </Match>
                <Match when={part() === 'notifications'}>
                  <div class="settings">
                    <Targets companyId={id} prefix={company.prefix} disabled={company.archived} />
                  </div>
                </Match>
              </Switch>
            )}
          </Match>
          <Match when={view.error}>
            <ErrorState what="The settings did not load" error={view.error} onRetry={view.refetch} />
          </Match>
        </Switch>
      </div>
    </div>
  );
}

/** The limits of all agents that have none of their own, and what has tripped. */
function Limits(props: { companyId: string; disabled: boolean }) {
  const company = useCompany();
  const view = createView({ query: CompanyBreakersQuery, variables: () => ({ prefix: company.prefix }), concerns: about('breaker', 'breakers', 'breakerTrip') });
  return (
    <Switch fallback={<SkeletonRows rows={6} />}>
      <Match when={view.data?.company}>
        {(it) => (
          <div class="breakers">
            <p class="meta t3">An agent past one of these is paused at once, with the evidence, and nothing wakes it before the board resets it. Each agent may have its own.</p>
            <BreakerForm settings={it().breakerSettings} above={SHIPPED} aboveName="As Boardroom ships it" of={{ companyId: props.companyId }} disabled={props.disabled} onSaved={view.refetch} />
            <Section title="Tripped" note={it().breakers.nodes.length || undefined}>
              <Trips trips={it().breakers.nodes} named />
            </Section>
          </div>
        )}
      </Match>
      <Match when={view.error}>
        <ErrorState what="The limits did not load" error={view.error} onRetry={view.refetch} />
      </Match>
    </Switch>
  );
}
