import { Navigate } from '@solidjs/router';
import { Match, Switch } from 'solid-js';
import { lastCompany, paths } from '../../app/company.ts';
import { createView } from '../../graphql/view.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FirstCompanyQuery } from './queries.ts';

/** `/`: the company seen last, the only one, the list, or, where there is none, the first run. */
export function StartPage() {
  const found = createView({ query: FirstCompanyQuery, variables: () => ({}) });
  const target = () => {
    const companies = found.data?.companies.nodes ?? [];
    const last = lastCompany();
    const known = companies.find((each) => each.prefix === last) ?? (companies.length === 1 ? companies[0] : undefined);
    if (known) return paths.company(known.prefix);
    return companies.length === 0 ? '/welcome' : '/companies';
  };
  return (
    <Switch>
      <Match when={found.data}>
        <Navigate href={target()} />
      </Match>
      <Match when={found.error}>
        <ErrorState what="Boardroom did not answer" error={found.error} onRetry={found.refetch} />
      </Match>
    </Switch>
  );
}
