import '../document/document.css';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { paths } from '../../app/company.ts';
import type { ApprovalDetailFragment, ApprovalVersionsQuery as Answer } from '../../graphql/generated/graphql.ts';
import { createPages } from '../../graphql/pages.ts';
import { ActorMark } from '../../ui/ActorMark.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Section } from '../../ui/Panel.tsx';
import { Ago } from '../../ui/Time.tsx';
import { SettingChanges } from '../agent/revisions/SettingChanges.tsx';
import { DiffHunks } from '../document/DiffHunks.tsx';
import { ApprovalVersionsQuery } from './queries.ts';
import { askedName, askedValue, countsOf, versionWords } from './versions.ts';

type Version = NonNullable<Answer['approval']>['versions']['nodes'][number];

/** What was put before the board each time, and what was different then; the latest is open while it waits. */
export function Versions(props: { approval: ApprovalDetailFragment }) {
  const pages = createPages({
    query: ApprovalVersionsQuery,
    variables: () => ({ id: props.approval.id, first: 10 }),
    connection: (data) => data.approval?.versions,
    concerns: (event) => event.entityType === 'approval' && event.entityId === props.approval.id,
  });
  return (
    <Section title="Versions" note={props.approval.revision}>
      <For each={pages.nodes} fallback={<Show when={pages.error}><ErrorState what="The versions did not load" error={pages.error} onRetry={pages.refetch} /></Show>}>
        {(version) => <VersionLine version={version} prefix={props.approval.company.prefix} open={version.number === props.approval.revision && version.number > 1 && props.approval.approvalStatus === 'PENDING'} />}
      </For>
      <Show when={pages.more}>
        <Button size="small" kind="ghost" pending={pages.loadingMore} onClick={() => pages.loadMore()}>
          Show more
        </Button>
      </Show>
    </Section>
  );
}

function VersionLine(props: { version: Version; prefix: string; open: boolean }) {
  const it = () => props.version;
  const counts = () => countsOf(it().bodyDiff);
  return (
    <details class="revision version" open={props.open}>
      <summary>
        <Icon name="right" class="revision-fold" />
        <span class="num t3">{it().number}</span>
        <ActorMark actor={it().submittedBy} size={18} />
        <span class="cut revision-what">
          <span class="name">{versionWords(it())}</span> <span class="meta t3">{it().submittedBy.name}</span>
        </span>
        <Ago at={it().createdAt} class="meta t3" />
      </summary>
      <div class="revision-body">
        <Show when={it().changes.length > 0}>
          <SettingChanges changes={it().changes} prefix={props.prefix} nameOf={askedName} sayValue={(name, value) => askedValue(it().hireBudget?.metric, name, value)} />
        </Show>
        <Show when={it().bodyDiff.length > 0}>
          <DiffHunks hunks={it().bodyDiff} added={counts().added} removed={counts().removed} />
        </Show>
        <Show when={it().number === 1}>
          <p class="version-first">{it().title}</p>
          <Show when={it().body}>{(body) => <p class="version-body t2">{body()}</p>}</Show>
        </Show>
        <Show when={it().run}>
          {(run) => (
            <p class="revision-way">
              <A class="link meta" href={paths.run(props.prefix, run().number)}>
                In run {run().number}
              </A>
            </p>
          )}
        </Show>
      </div>
    </details>
  );
}
