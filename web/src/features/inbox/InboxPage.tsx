import './inbox.css';
import { A } from '@solidjs/router';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { mutate } from '../../graphql/mutate.ts';
import { createView } from '../../graphql/view.ts';
import { DecisionGlyph } from '../../ui/DecisionGlyph.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Ago } from '../../ui/Time.tsx';
import { toast } from '../../ui/toast.ts';
import { TopBar } from '../../ui/TopBar.tsx';
import { glyphOf } from '../approval/words.ts';
import { ArchiveFromInbox, InboxQuery, MarkRead } from './queries.ts';
import { nameOf, placeOf, reasonOf, subjectOf, type Item } from './reason.ts';
import { aboutInbox } from './unread.ts';

/** Issues that want a look of whoever reads this, the newest first, until they are read or put away. */
export function InboxPage() {
  const company = useCompany();
  const [tab, setTab] = createSignal<'open' | 'unread' | 'archived'>('open');
  const filter = () => (tab() === 'unread' ? { unread: true } : tab() === 'archived' ? { archived: true } : null);
  const view = createView({
    query: InboxQuery,
    variables: () => (company.id ? { companyId: company.id, filter: filter() } : null),
    concerns: aboutInbox,
    keep: true,
  });
  const items = () => view.data?.inbox?.nodes ?? [];
  const did = (failure: { message: string } | null) => {
    if (failure) toast.error('The inbox was not changed', failure.message);
    else view.refetch();
  };
  const markRead = async (item: Item, read: boolean) => did((await mutate(MarkRead, { input: { ...subjectOf(item), read, seenAt: item.at } })).failure);
  const archive = async (item: Item, archived: boolean) => did((await mutate(ArchiveFromInbox, { input: { ...subjectOf(item), archived, seenAt: item.at } })).failure);
  return (
    <>
      <TopBar
        title="Inbox"
        tabs={<Tabs label="Inbox" value={tab()} onValue={setTab} tabs={[{ value: 'open', label: 'All' }, { value: 'unread', label: 'Unread' }, { value: 'archived', label: 'Put away' }]} />}
      />
      <div class="inbox" role="region" aria-label="Inbox">
        <For
          each={items()}
          fallback={
            <Switch fallback={<SkeletonRows rows={5} />}>
              <Match when={view.error}>
                <ErrorState what="The inbox did not load" error={view.error} onRetry={view.refetch} />
              </Match>
              <Match when={view.data}>
                <Empty icon="inbox" title={tab() === 'archived' ? 'Nothing was put away' : 'Nothing wants a look'}>
                  Questions to the board, failed runs, reviews, and what agents say on your issues come here.
                </Empty>
              </Match>
            </Switch>
          }
        >
          {(item) => (
            <div class="inbox-row" classList={{ unread: item.isUnread }}>
              <Show when={item.issue} fallback={<ApprovalLink item={item} onRead={() => item.isUnread && void markRead(item, true)} />}>
                {(issue) => (
                  <A class="inbox-link" href={`${paths.issue(issue().identifier)}${placeOf(item.events[0])}`} onClick={() => item.isUnread && void markRead(item, true)}>
                    <IssueGlyph status={issue().issueStatus} />
                    <Words item={item} />
                  </A>
                )}
              </Show>
              <IconButton icon="tick" label={item.isUnread ? `Mark ${nameOf(item)} read` : `Mark ${nameOf(item)} unread`} onClick={() => void markRead(item, item.isUnread)} />
              <IconButton
                icon={item.isArchived ? 'up' : 'archive'}
                label={item.isArchived ? `Bring ${nameOf(item)} back` : `Put ${nameOf(item)} away`}
                onClick={() => void archive(item, !item.isArchived)}
              />
            </div>
          )}
        </For>
        <Show when={view.data?.inbox?.pageInfo.hasNextPage}>
          <p class="meta t3 inbox-more">The newest 50. Put some away to see the others.</p>
        </Show>
      </div>
    </>
  );
}

/** An approval is decided on a page of its own. */
function ApprovalLink(props: { item: Item; onRead: () => void }) {
  const company = useCompany();
  return (
    <A class="inbox-link" href={paths.approval(company.prefix, props.item.approval?.id ?? '')} onClick={() => props.onRead()}>
      <DecisionGlyph state={glyphOf(props.item.approval?.approvalStatus ?? 'PENDING')} />
      <Words item={props.item} />
    </A>
  );
}

/** What it is and why it is here. */
function Words(props: { item: Item }) {
  const why = () => {
    const { approval, events } = props.item;
    return approval ? `${approval.requestedBy.name} ${approval.requestedBy.__typename === 'User' ? 'asks for a decision' : 'asks the board to approve it'}` : events[0] ? reasonOf(events[0]) : '';
  };
  return (
    <>
      <span class="inbox-words">
        <span class="inbox-title">
          <Show when={props.item.issue}>{(issue) => <span class="t3 num">{issue().identifier}</span>}</Show> <span class="cut">{props.item.issue?.title ?? props.item.approval?.title}</span>
          <Show when={props.item.isUnread}>
            <span class="inbox-dot" role="img" aria-label="Unread" />
          </Show>
        </span>
        <span class="meta t2 cut">{why()}</span>
      </span>
      <Ago at={props.item.at} class="meta t3" />
    </>
  );
}
