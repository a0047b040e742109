import { useParams, type RouteSectionProps } from '@solidjs/router';
import { createEffect, ErrorBoundary, Match, Show, Suspense, Switch, type JSX } from 'solid-js';
import { about } from '../graphql/live.ts';
import { createView } from '../graphql/view.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Broken } from './Broken.tsx';
import { CompanyContext, rememberCompany, type CurrentCompany } from './company.ts';
import { followCompany } from './company-events.ts';
import { CreateDialogs } from './CreateDialogs.tsx';
import { FrameQuery } from './frame-query.ts';
import { NotFound } from './NotFound.tsx';
import { CompanyStop } from '../features/budget/StopBanner.tsx';
import { OfflineLine } from './OfflineLine.tsx';
import { PageBones } from './PageBones.tsx';
import { Shell } from './Shell.tsx';

/** Everything under /ACME: the frame, the company's live events, and the page inside. */
export function CompanyLayout(props: RouteSectionProps) {
  const params = useParams();
  const prefix = () => (params['prefix'] ?? '').toUpperCase();
  const frame = createView({
    query: FrameQuery,
    variables: () => ({ prefix: prefix() }),
    concerns: about('company', 'agent', 'project', 'issue', 'run', 'approval'),
  });
  const company = () => frame.data?.company ?? undefined;
  const current: CurrentCompany = {
    get prefix() {
      return prefix();
    },
    get id() {
      return company()?.id;
    },
    get name() {
      return company()?.name;
    },
    get archived() {
      return company()?.status === 'ARCHIVED';
    },
  };
  followCompany(
    () => company()?.id,
    () => company()?.activity.nodes[0]?.cursor,
  );
  createEffect(() => company() && rememberCompany(prefix()));

  return (
    <CompanyContext.Provider value={current}>
      <Shell frame={frame.data}>
        <OfflineLine />
        <CompanyStop />
        <Show when={current.archived}>
          <Notice icon="info">Archived company: nothing here can change.</Notice>
        </Show>
        <Switch fallback={<Page>{props.children}</Page>}>
          <Match when={frame.data && !frame.data.company}>
            <NotFound what={`There is no company ${prefix()}`} href="/companies" way="All companies" />
          </Match>
          <Match when={!frame.data && frame.error}>
            <ErrorState what="The company did not load" error={frame.error} onRetry={frame.refetch} />
          </Match>
        </Switch>
      </Shell>
      <CreateDialogs />
    </CompanyContext.Provider>
  );
}

/** What goes wrong in a page stays in it: the frame is still there to go elsewhere, and going elsewhere mends it. */
function Page(props: { children: JSX.Element }) {
  return (
    <ErrorBoundary fallback={(error: unknown, reset) => <Broken error={error} reset={reset} />}>
      <Suspense fallback={<PageBones />}>{props.children}</Suspense>
    </ErrorBoundary>
  );
}
