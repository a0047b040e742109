import { Show } from 'solid-js';
import { openCreate } from '../../../app/create.ts';
import { paths, useCompany } from '../../../app/company.ts';
import { useShortcuts } from '../../../app/keyboard.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, type MenuItem } from '../../../ui/Menu.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Elapsed } from '../../../ui/Time.tsx';
import { toast } from '../../../ui/toast.ts';
import { TopBar } from '../../../ui/TopBar.tsx';
import { changeIssue } from '../change-issue.ts';
import { wake } from '../../agent/wake.ts';
import { asMarkdown } from './as-markdown.ts';
import { isFinished, liveRun, type Asking, type IssueDetail } from './issue.ts';
import { hasPanel, togglePanel } from './panel.ts';

/** Where the issue is, what runs on it now, and what can be done with it. */
export function IssueTop(props: { issue: IssueDetail; onAsk: (what: Asking) => void; onEdit: () => void }) {
  const company = useCompany();
  const issue = () => props.issue;
  const live = () => liveRun(issue());
  const finished = () => isFinished(issue());

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
        { label: 'Check out for…', icon: 'lock', disabled: disabled || finished(), onSelect: () => props.onAsk('checkout') },
        { label: 'New sub-issue', icon: 'plus', disabled, onSelect: () => openCreate({ kind: 'issue', parentId: issue().id, parentIdentifier: issue().identifier }) },
        { label: 'Write a document', icon: 'file', disabled, onSelect: () => props.onAsk('newDocument') },
        { label: 'Edit the description', icon: 'edit', disabled, onSelect: () => props.onEdit() },
        { label: 'Copy as markdown', icon: 'copy', onSelect: () => void copy() },
        { label: 'Copy link', icon: 'link', onSelect: () => void navigator.clipboard.writeText(location.href) },
      ],
      [
        ...(holder ? [{ label: 'Force release', icon: 'lock' as const, danger: true, disabled, onSelect: () => props.onAsk('release') }] : []),
        ...(issue().hold
          ? [{ label: issue().hold?.mode === 'CANCEL' ? 'Restore what was called off' : 'Let it go on', icon: 'play' as const, disabled, onSelect: () => props.onAsk('letGo') }]
          : finished() ? [] : [{ label: 'Hold with all below it', icon: 'pause' as const, disabled, onSelect: () => props.onAsk('hold') }]),
        ...(finished()
          ? [{ label: 'Reopen', icon: 'issues' as const, disabled, onSelect: () => void changeIssue(issue(), { status: 'TODO' }) }]
          : [{ label: 'Cancel issue', icon: 'close' as const, danger: true, disabled: disabled || !issue().allowedStatuses.includes('CANCELLED'), onSelect: () => props.onAsk('cancel') }]),
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
                <ButtonLink class="live-chip" size="small" href={paths.run(company.prefix, run().number)}>
                  <RunGlyph status={run().status} />
                  <span class="unseen">Run {run().number}, </span>
                  <Elapsed since={run().startedAt ?? run().queuedAt} />
                </ButtonLink>
                <Button class="wide-only" size="small" kind="ghost" icon="stop" disabled={Boolean(run().cancelRequestedAt) || company.archived} onClick={() => props.onAsk('stop')}>
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
  );
}
