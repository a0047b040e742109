import './page/issue.css';
import { useParams } from '@solidjs/router';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { openCreate } from '../../app/create.ts';
import { paths, useCompany } from '../../app/company.ts';
import { useShortcuts } from '../../app/keyboard.ts';
import { NotFound } from '../../app/NotFound.tsx';
import { aboutIssue } from '../../graphql/live.ts';
import type { IssuePageQuery } from '../../graphql/generated/graphql.ts';
import { createView, type View } from '../../graphql/view.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { money } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { IssueGlyph, issueStatusLabel } from '../../ui/IssueGlyph.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { PriorityGlyph, priorityLabel } from '../../ui/PriorityGlyph.tsx';
import { RunGlyph } from '../../ui/RunGlyph.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { Bone, Delayed } from '../../ui/Skeleton.tsx';
import { Elapsed } from '../../ui/Time.tsx';
import { toast } from '../../ui/toast.ts';
import { TopBar } from '../../ui/TopBar.tsx';
import { CancelRun } from '../run/CancelRun.tsx';
import { changeIssue } from './change-issue.ts';
import { wake } from './page/actions.ts';
import { asMarkdown } from './page/as-markdown.ts';
import { CheckOutFor } from './page/CheckOutFor.tsx';
import { Children } from './page/Children.tsx';
import { Composer } from './page/Composer.tsx';
import { EditableText } from './page/EditableText.tsx';
import { Fold } from './page/Fold.tsx';
import { ForceRelease } from './page/ForceRelease.tsx';
import type { IssueDetail } from './page/issue.ts';
import { NextBar } from './page/NextBar.tsx';
import { hasPanel, togglePanel } from './page/panel.ts';
import { IssueSide } from './page/IssueSide.tsx';
import { IssuePageQuery as IssueDocument } from './page/queries.ts';
import { Thread } from './page/Thread.tsx';

const COMMENTS = 50;

/** One issue: what is asked, what moves it next, what was said and done, and who is at work on it. */
export function IssuePage() {
  const params = useParams();
  const company = useCompany();
  const ref = () => params['identifier'] ?? '';
  const id = (): string | undefined => view.data?.issue?.id;
  const beside = () => [...(view.data?.issue?.blockedBy ?? []), ...(view.data?.issue?.blocks ?? [])].map((each) => each.id);
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
  const issue = () => props.issue;
  const [asking, setAsking] = createSignal<'release' | 'stop' | 'properties' | 'cancel' | 'checkout'>();
  const [editing, setEditing] = createSignal(false);
  const close = () => setAsking(undefined);
  const live = () => issue().liveRuns.find((run) => run.status === 'RUNNING') ?? issue().liveRuns[0];
  const finished = () => issue().status === 'DONE' || issue().status === 'CANCELLED';
  const change = (input: Parameters<typeof changeIssue>[1]) => changeIssue(issue(), input);

  const copy = async () => {
    await navigator.clipboard.writeText(asMarkdown(issue()));
    toast.show({ title: `Copied ${issue().identifier}`, icon: 'copy', tone: 'ok', key: 'copy' });
  };
  const menu = (): MenuItem[][] => {
    const { assignee, holder } = issue();
    const disabled = company.archived;
    return [
      assignee
        ? [
            { label: `Wake ${assignee.name}`, icon: 'play', kbd: 'w', disabled: disabled || finished(), onSelect: () => void wake(assignee, company.prefix, issue()) },
          ]
        : [],
      [
        { label: 'Check out for…', icon: 'lock', disabled: disabled || finished(), onSelect: () => void setAsking('checkout') },
        { label: 'New sub-issue', icon: 'plus', disabled, onSelect: () => openCreate({ kind: 'issue', parentId: issue().id, parentIdentifier: issue().identifier }) },
        { label: 'Edit the description', icon: 'edit', disabled, onSelect: () => setEditing(true) },
        { label: 'Copy as markdown', icon: 'copy', onSelect: () => void copy() },
        { label: 'Copy link', icon: 'link', onSelect: () => void navigator.clipboard.writeText(location.href) },
      ],
      [
        ...(holder ? [{ label: 'Force release', icon: 'lock' as const, danger: true, disabled, onSelect: () => void setAsking('release') }] : []),
        ...(finished()
          ? [{ label: 'Reopen', icon: 'issues' as const, disabled, onSelect: () => void change({ status: 'TODO' }) }]
          : [{ label: 'Cancel issue', icon: 'close' as const, danger: true, disabled: disabled || !issue().allowedStatuses.includes('CANCELLED'), onSelect: () => void setAsking('cancel') }]),
      ],
    ];
  };
  useShortcuts([
    { keys: ']', label: 'Properties', group: 'Issue', run: togglePanel },
    {
      keys: 'w',
      label: 'Wake the assignee',
      group: 'Issue',
      run: () => {
        const { assignee } = issue();
        if (assignee && !finished() && !company.archived) void wake(assignee, company.prefix, issue());
      },
    },
  ]);

  return (
    <>
      <TopBar
        title={issue().identifier}
        back={issue().parent ? paths.issue(issue().parent?.identifier ?? '') : paths.issues(company.prefix)}
        crumbs={[
          ...(issue().project ? [{ label: issue().project?.name ?? '', href: paths.project(company.prefix, issue().project?.id ?? '') }] : [{ label: 'Issues', href: paths.issues(company.prefix) }]),
          ...(issue().parent ? [{ label: `${issue().parent?.identifier} ${issue().parent?.title}`, href: paths.issue(issue().parent?.identifier ?? '') }] : []),
        ]}
        actions={
          <>
            <Show when={live()}>
              {(run) => (
                <>
                  <ButtonLink class="live-chip" size="small" href={paths.run(company.prefix, run().id)}>
                    <RunGlyph status={run().status} />
                    <span class="unseen">Run {run().number}, </span>
                    <Elapsed since={run().startedAt ?? run().queuedAt} />
                  </ButtonLink>
                  <Button class="wide-only" size="small" kind="ghost" icon="stop" disabled={Boolean(run().cancelRequestedAt) || company.archived} onClick={() => setAsking('stop')}>
                    {run().cancelRequestedAt ? 'Stopping' : 'Stop run'}
                  </Button>
                </>
              )}
            </Show>
            <IconButton class="wide-only" icon="copy" label="Copy as markdown" onClick={() => void copy()} />
            <Menu label="More" trigger={<Icon name="more" />} triggerClass="button ghost square small" placement="bottom-end" groups={menu()} />
            <IconButton class="panel-toggle" icon="panel" label="Properties" kbd="]" pressed={hasPanel()} onClick={togglePanel} />
          </>
        }
      />
      <div class="issue-body" classList={{ bare: !hasPanel() }}>
        <div class="issue-main">
          <div class="issue-wrap">
            <EditableText label="Title" value={issue().title} disabled={company.archived} onSave={(title) => change({ title })}>
              {(edit) => (
                <div class="issue-head">
                  <IssueGlyph status={issue().status} />
                  <h2>
                    <button type="button" onClick={edit} title="Edit the title">
                      {issue().title}
                    </button>
                  </h2>
                </div>
              )}
            </EditableText>
            <div class="issue-chips narrow-only">
              <button type="button" class="chip" onClick={() => setAsking('properties')}>
                <IssueGlyph status={issue().status} />
                {issueStatusLabel(issue().status)}
              </button>
              <button type="button" class="chip" onClick={() => setAsking('properties')}>
                <PriorityGlyph priority={issue().priority} />
                {priorityLabel(issue().priority)}
              </button>
              <Show when={issue().assignee}>
                {(agent) => (
                  <button type="button" class="chip" onClick={() => setAsking('properties')}>
                    <Sigil id={agent().id} name={agent().name} size={14} />
                    {agent().name}
                  </button>
                )}
              </Show>
              <span class="chip num">{money(issue().cost.costMicros)}</span>
              <button type="button" class="chip" onClick={() => setAsking('properties')}>
                More
              </button>
            </div>
            <NextBar step={issue().nextStep} prefix={company.prefix} done={finished()} action={<WayOn issue={issue()} prefix={company.prefix} disabled={company.archived} />} />
            <EditableText label="Description" multiline editing={editing()} onEditing={setEditing} value={issue().description ?? ''} disabled={company.archived} onSave={(description) => change({ description: description || null })}>
              {(edit) => (
                <div class="issue-words">
                  <Show
                    when={issue().description}
                    fallback={
                      <Button size="small" kind="ghost" icon="edit" disabled={company.archived} onClick={edit}>
                        Add a description
                      </Button>
                    }
                  >
                    {(text) => (
                      <>
                        <Fold lines={30}>
                          <Markdown text={text()} prefix={company.prefix} />
                        </Fold>
                        <IconButton class="issue-words-edit" icon="edit" label="Edit the description" disabled={company.archived} onClick={edit} />
                      </>
                    )}
                  </Show>
                </div>
              )}
            </EditableText>
            <Children issue={issue()} archived={company.archived} />
            <Thread issue={issue()} prefix={company.prefix} />
            <Composer issue={issue()} disabled={company.archived} />
          </div>
        </div>
        <aside class="issue-side side" aria-label="Properties">
          <IssueSide issue={issue()} disabled={company.archived} onForceRelease={() => setAsking('release')} />
        </aside>
      </div>
      <Dialog open={asking() === 'properties'} onClose={close} title={issue().identifier} size="small">
        <div class="side issue-sheet">
          <IssueSide issue={issue()} disabled={company.archived} onForceRelease={() => setAsking('release')} />
        </div>
      </Dialog>
      <Dialog
        open={asking() === 'cancel'}
        onClose={close}
        size="small"
        title={`Cancel ${issue().identifier}?`}
        actions={
          <>
            <Button kind="ghost" kbd="esc" onClick={close}>
              Keep it
            </Button>
            <Button
              kind="danger-solid"
              onClick={() => {
                close();
                void change({ status: 'CANCELLED' });
              }}
            >
              Cancel issue
            </Button>
          </>
        }
      >
        <p class="t2">
          <Show when={live()}>{(run) => <>Run {run().number} on it is stopped. </>}</Show>
          <Show when={issue().blocks.length > 0}>What it blocks stays blocked: {issue().blocks.map((each) => each.identifier).join(', ')}. </Show>
          It can be reopened.
        </p>
      </Dialog>
      <Show when={asking() === 'checkout'}>
        <CheckOutFor issue={issue()} assigneeId={issue().assignee?.id ?? null} onClose={close} />
      </Show>
      <Show when={asking() === 'stop' && live()}>{(run) => <CancelRun run={run()} open onClose={close} />}</Show>
      <Show when={asking() === 'release' && issue().holder}>{(holder) => <ForceRelease issue={issue()} holder={holder()} onClose={close} />}</Show>
    </>
  );
}

/** Where nothing moves the issue by itself, what would. */
function WayOn(props: { issue: IssueDetail; prefix: string; disabled: boolean }) {
  const stalled = () => props.issue.nextStep.stalled && !props.disabled;
  const isParked = () => stalled() && props.issue.status === 'BACKLOG' && Boolean(props.issue.assignee ?? props.issue.assigneeUser);
  const sleeper = () => (stalled() && ['TODO', 'IN_PROGRESS'].includes(props.issue.status) && ['IDLE', 'ERROR'].includes(props.issue.assignee?.status ?? '') ? props.issue.assignee : null);
  return (
    <>
      <Show when={isParked()}>
        <Button size="small" onClick={() => void changeIssue(props.issue, { status: 'TODO' })}>
          Move to todo
        </Button>
      </Show>
      <Show when={sleeper()}>
        {(agent) => (
          <Button size="small" icon="play" onClick={() => void wake(agent(), props.prefix, props.issue)}>
            Wake {agent().name}
          </Button>
        )}
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
