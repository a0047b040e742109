import { For, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { createPages } from '../../graphql/pages.ts';
import { Section } from '../../ui/Panel.tsx';
import { ActivityLine } from '../activity/ActivityLine.tsx';
import { headlineActions } from '../activity/kinds.ts';
import { ActivityQuery } from '../activity/queries.ts';

const SHOWN = 10;

export function RecentActivity() {
  const company = useCompany();
  const log = createPages({
    query: ActivityQuery,
    variables: () => ({ prefix: company.prefix, first: SHOWN, filter: { actions: headlineActions } }),
    connection: (data) => data.company?.activity,
    concerns: (event) => headlineActions.includes(event.kind),
  });
  return (
    <Section
      title="Activity"
      action={
        <a class="link meta" href={paths.activity(company.prefix)}>
          All of it
        </a>
      }
    >
      <Show when={log.nodes.length > 0} fallback={<p class="quiet t3">{log.loading ? '' : 'Nothing happened yet.'}</p>}>
        <For each={log.nodes}>{(activity) => <ActivityLine activity={activity} brief />}</For>
      </Show>
    </Section>
  );
}
