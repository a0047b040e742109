import { Route, Router } from '@solidjs/router';
import { ErrorBoundary, lazy, Suspense, type Component } from 'solid-js';
import { Broken } from './Broken.tsx';
import { CompanyLayout } from './CompanyLayout.tsx';
import { NotFound } from './NotFound.tsx';

/** A page's code comes with its first visit. */
const page = <Name extends string>(load: () => Promise<Record<Name, Component>>, name: Name) => lazy(async () => ({ default: (await load())[name] }));

const StartPage = page(() => import('../features/company/StartPage.tsx'), 'StartPage');
const WelcomePage = page(() => import('../features/company/WelcomePage.tsx'), 'WelcomePage');
const CompaniesPage = page(() => import('../features/company/CompaniesPage.tsx'), 'CompaniesPage');
const DesignPage = page(() => import('../features/design/DesignPage.tsx'), 'DesignPage');
const DashboardPage = page(() => import('../features/dashboard/DashboardPage.tsx'), 'DashboardPage');
const InboxPage = page(() => import('../features/inbox/InboxPage.tsx'), 'InboxPage');
const IssuesPage = page(() => import('../features/issue/list/IssuesPage.tsx'), 'IssuesPage');
const IssuePage = page(() => import('../features/issue/IssuePage.tsx'), 'IssuePage');
const AgentsPage = page(() => import('../features/agent/AgentsPage.tsx'), 'AgentsPage');
const AgentPage = page(() => import('../features/agent/AgentPage.tsx'), 'AgentPage');
const RunPage = page(() => import('../features/run/RunPage.tsx'), 'RunPage');
const ApprovalsPage = page(() => import('../features/approval/ApprovalsPage.tsx'), 'ApprovalsPage');
const ApprovalPage = page(() => import('../features/approval/ApprovalPage.tsx'), 'ApprovalPage');
const CostsPage = page(() => import('../features/cost/CostsPage.tsx'), 'CostsPage');
const SettingsPage = page(() => import('../features/company/settings/SettingsPage.tsx'), 'SettingsPage');
const ActivityPage = page(() => import('../features/activity/ActivityPage.tsx'), 'ActivityPage');

export function Routes() {
  return (
    <Router
      root={(props) => (
        <ErrorBoundary fallback={(error: unknown, reset) => <Broken error={error} reset={reset} />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      )}
    >
      <Route path="/" component={StartPage} />
      <Route path="/welcome" component={WelcomePage} />
      <Route path="/companies" component={CompaniesPage} />
      <Route path="/design" component={DesignPage} />
      <Route path="/:prefix" component={CompanyLayout}>
        <Route path="/" component={DashboardPage} />
        <Route path="/inbox" component={InboxPage} />
        <Route path="/issues" component={IssuesPage} />
        <Route path="/issues/:identifier" component={IssuePage} />
        <Route path="/agents" component={AgentsPage} />
        <Route path="/agents/:id" component={AgentPage} />
        <Route path="/runs/:run" component={RunPage} />
        <Route path="/approvals" component={ApprovalsPage} />
        <Route path="/approvals/:id" component={ApprovalPage} />
        <Route path="/costs" component={CostsPage} />
        <Route path="/activity" component={ActivityPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route path="/*rest" component={() => <NotFound />} />
      </Route>
    </Router>
  );
}
