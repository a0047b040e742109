import './page/issue.css';
import { useParams } from '@solidjs/router';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { NotFound } from '../../app/NotFound.tsx';
import type { IssuePageQuery } from '../../graphql/generated/graphql.ts';
import { aboutIssue } from '../../graphql/live.ts';
import { createView, type View } from '../../graphql/view.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Bone, Delayed } from '../../ui/Skeleton.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { Children } from './page/Children.tsx';
import { DocumentDialog } from '../document/DocumentDialog.tsx';
import { WriteDocument } from '../document/WriteDocument.tsx';
import { Composer } from './page/Composer.tsx';
import { Description } from './page/Description.tsx';
import { followHash } from './page/follow-hash.ts';
import { issueBudgetsView, IssueStop } from '../budget/Beside.tsx';
import { HoldBanner } from './page/HoldBanner.tsx';
import { IssueDialogs } from './page/IssueDialogs.tsx';
import { IssueHead } from './page/IssueHead.tsx';
import { IssueSide } from './page/IssueSide.tsx';
import { IssueTop } from './page/IssueTop.tsx';
import type { Asking, IssueDetail } from './page/issue.ts';
import { NextBar } from './page/NextBar.tsx';
import { hasPanel } from './page/panel.ts';
import { PlanLine } from './page/PlanLine.tsx';
import { PolicyBar } from './page/PolicyBar.tsx';
import { IssuePageQuery as IssueDocument, IssueWorkQuery } from './page/queries.ts';
import { RecoveryBanner } from './page/RecoveryBanner.tsx';
import { Thread } from './page/Thread.tsx';

const COMMENTS = 50;

/** One issue: what is asked, what moves it next, what was said and done, and who is at work on it. */
export function IssuePage() {
  const params = useParams();
  const company = useCompany();
  const ref = () => params['identifier'] ?? '';
  const id = (): string | undefined => view.data?.issue?.id;
  /** A hold lies on what is above it. */
  const beside = () => {
    const issue = view.data?.issue;
    return [...(issue?.blockedBy ?? []), ...(issue?.blocks ?? []), ...[issue?.parent, issue?.hold?.root].filter((each) => !!each)].map((each) => each.id);
  };
  const view: View<IssuePageQuery> = createView({
    query: IssueDocument,
    variables: () => ({ ref: ref(), comments: COMMENTS }),
    concerns: aboutIssue(id, beside),
  });
  return (
    <Switch fallback={<Loading title={ref()} />}>
      <Match when={view.data && !view.data.issue}>
        <NotFound what={`There is no issue ${ref()}`} href={paths.issues(company.prefix)} way="All issues" />
      </Match>
      <Match when={view.data?.issue?.id} keyed>
        <Issue issue={view.data?.issue as IssueDetail} />
      </Match>
      <Match when={view.error}>
        <TopBar title={ref()} back={paths.issues(company.prefix)} />
        <ErrorState what="The issue did not load" error={view.error} onRetry={view.refetch} />
      </Match>
    </Switch>
  );
}

function Issue(props: { issue: IssueDetail }) {
  const company = useCompany();
  const [asking, setAsking] = createSignal<Asking>();
  const [editing, setEditing] = createSignal(false);
  const work = createView({ query: IssueWorkQuery, variables: () => ({ id: props.issue.id }), concerns: aboutIssue(() => props.issue.id) });
  const budgets = issueBudgetsView(() => props.issue.id);
  const stop = () => (budgets.loading ? undefined : (budgets.data?.issue?.budgetStop?.message ?? null));
  const side = () => ({ issue: props.issue, work: work.data?.issue ?? undefined, disabled: company.archived, onAsk: setAsking, onWork: work.refetch });
  followHash(() => props.issue, (document) => setAsking({ document }));
  const openDocument = () => {
    const what = asking();
    return typeof what === 'object' ? what.document : undefined;
  };
  return (
    <>
      <IssueTop issue={props.issue} onAsk={setAsking} onEdit={() => setEditing(true)} />
      <div class="issue-body" classList={{ bare: !hasPanel() }}>
        <div class="issue-main">
          <div class="issue-wrap">
            <IssueHead issue={props.issue} onProperties={() => setAsking('properties')} />
            <NextBar issue={props.issue} stop={stop()} prefix={company.prefix} disabled={company.archived} />
            <IssueStop view={budgets} disabled={company.archived} />
            <Show when={props.issue.hold}>{(hold) => <HoldBanner issue={props.issue} hold={hold()} disabled={company.archived} onRelease={() => setAsking('letGo')} />}</Show>
            <Show when={props.issue.recovery}>{(recovery) => <RecoveryBanner issue={props.issue} recovery={recovery()} prefix={company.prefix} disabled={company.archived} />}</Show>
            <Show when={work.data?.issue?.policy?.pendingStage}>{(stage) => <PolicyBar issue={props.issue} stage={stage()} participant={work.data?.issue?.policy?.participant ?? null} disabled={company.archived} />}</Show>
            <Description issue={props.issue} editing={editing()} onEditing={setEditing} />
            <PlanLine decompositions={props.issue.decompositions} />
            <Children issue={props.issue} archived={company.archived} />
            <Thread issue={props.issue} prefix={company.prefix} disabled={company.archived} onDocument={(document) => setAsking({ document })} />
            <Composer issue={props.issue} disabled={company.archived} />
          </div>
        </div>
        <aside class="issue-side side" aria-label="Properties">
          <IssueSide {...side()} />
        </aside>
      </div>
      <IssueDialogs {...side()} asking={asking()} onClose={() => setAsking(undefined)} />
      <Show when={openDocument()} keyed>
        {(key) => <DocumentDialog issueId={props.issue.id} documentKey={key} prefix={company.prefix} disabled={company.archived} onClose={() => setAsking(undefined)} />}
      </Show>
      <Show when={asking() === 'newDocument'}>
        <WriteDocument issueId={props.issue.id} onDone={(document) => setAsking({ document })} onClose={() => setAsking(undefined)} />
      </Show>
    </>
  );
}

function Loading(props: { title: string }) {
  return (
    <>
      <TopBar title={props.title} />
      <div class="issue-main">
        <Delayed>
          <div class="issue-wrap issue-loading" aria-busy="true" aria-label="Loading">
            <Bone width="58%" height="20px" />
            <Bone width="100%" height="40px" />
            <Bone width="92%" />
            <Bone width="80%" />
            <Bone width="64%" />
          </div>
        </Delayed>
      </div>
    </>
  );
}
