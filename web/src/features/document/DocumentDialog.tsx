import './document.css';
import { createEffect, createSignal, Match, onCleanup, Show, Switch } from 'solid-js';
import type { DocumentQuery as Answer } from '../../graphql/generated/graphql.ts';
import { aboutIssue } from '../../graphql/live.ts';
import { createView, type View } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Select } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { Bone, Delayed } from '../../ui/Skeleton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { age } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';
import { restore, setLock } from './actions.ts';
import { DiffHunks } from './DiffHunks.tsx';
import { DocumentQuery, RevisionQuery } from './queries.ts';
import { passageOf, selectedIn, type Passage, type Selected } from './threads/passage.ts';
import { StartThread } from './threads/StartThread.tsx';
import { Threads } from './threads/Threads.tsx';
import { WriteDocument } from './WriteDocument.tsx';

type Text = NonNullable<NonNullable<Answer['issue']>['document']>;

/** One document of an issue to be read: as it is or was, what each revision changed; and to be written on. */
export function DocumentDialog(props: { issueId: string; documentKey: string; prefix: string; disabled: boolean; onClose: () => void }) {
  const [writing, setWriting] = createSignal(false);
  const view: View<Answer> = createView({
    query: DocumentQuery,
    variables: () => ({ issue: props.issueId, key: props.documentKey }),
    concerns: aboutIssue(() => props.issueId),
  });
  const document = () => view.data?.issue?.document ?? undefined;
  return (
    <Switch
      fallback={
        <Dialog open onClose={props.onClose} size="wide" title={props.documentKey}>
          <Switch fallback={<p class="t2">It was deleted.</p>}>
            <Match when={view.error}>
              <ErrorState what="The document did not load" error={view.error} onRetry={view.refetch} />
            </Match>
            <Match when={view.loading}>
              <Delayed>
                <div class="document-loading" aria-busy="true" aria-label="Loading">
                  <Bone width="60%" height="18px" />
                  <Bone width="96%" />
                  <Bone width="88%" />
                </div>
              </Delayed>
            </Match>
          </Switch>
        </Dialog>
      }
    >
      <Match when={writing() && document()}>
        {(it) => <WriteDocument issueId={props.issueId} document={it()} onDone={() => setWriting(false)} onClose={props.onClose} />}
      </Match>
      <Match when={document()}>
        {(it) => <Reading issueId={props.issueId} document={it()} prefix={props.prefix} disabled={props.disabled} onWrite={() => setWriting(true)} onClose={props.onClose} />}
      </Match>
    </Switch>
  );
}

function Reading(props: { issueId: string; document: Text; prefix: string; disabled: boolean; onWrite: () => void; onClose: () => void }) {
  const [tab, setTab] = createSignal<'text' | 'changes'>('text');
  const [chosen, setChosen] = createSignal<number>();
  const it = () => props.document;
  /** Without a choice, the latest: also when there is a newer one than before. */
  const number = () => chosen() ?? it().number;
  const isLatest = () => number() === it().number;
  const revision = () => it().revisions.nodes.find((each) => each.number === number());
  const view = createView({
    query: RevisionQuery,
    variables: () => (tab() === 'text' && isLatest() ? null : { issue: props.issueId, key: it().key, number: number() }),
  });
  const shown = () => (view.data?.issue?.document?.revision?.number === number() ? view.data.issue.document : undefined);
  const body = () => (isLatest() ? it().body : shown()?.revision?.body);
  let text: HTMLDivElement | undefined;
  /** Of the latest text only: a thread is about what is saved. */
  const isAnnotatable = () => tab() === 'text' && isLatest() && !props.disabled;
  const [selected, setSelected] = createSignal<Selected | null>(null);
  const [begun, setBegun] = createSignal<{ passage: Passage; revisionId: string }>();
  const select = () => setSelected(isAnnotatable() && text ? selectedIn(text) : null);
  window.document.addEventListener('selectionchange', select);
  onCleanup(() => window.document.removeEventListener('selectionchange', select));
  createEffect(select);
  const begin = () => {
    const what = selected();
    const passage = what && passageOf(it().body, what);
    if (typeof passage === 'string') toast.error('No thread about that', passage);
    else if (passage) setBegun({ passage, revisionId: it().latestRevision.id });
  };
  const words = (each: Text['revisions']['nodes'][number]) =>
    `Revision ${each.number}, ${each.author.name}, ${age(each.createdAt, Date.now())}${each.restoredFrom ? `, brings back ${each.restoredFrom}` : ''}`;
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="wide"
      title={it().title ?? it().key}
      description={
        <>
          <span class="mono">{it().key}</span>, revision {it().number}
          <Show when={it().lockedAt}>
            <span class="document-locked">
              <Icon name="lock" /> locked by {it().lockedBy?.name ?? 'the board'}
            </span>
          </Show>
        </>
      }
      actions={
        <>
          <Button kind="ghost" icon="lock" disabled={props.disabled} onClick={() => void setLock(it(), !it().lockedAt)}>
            {it().lockedAt ? 'Unlock' : 'Lock'}
          </Button>
          <span class="fill" />
          <Show when={isAnnotatable()}>
            <Button
              icon="message"
              disabled={!selected()}
              title={selected() ? undefined : 'Select words of the text first'}
              // The press must not take the selection away before it is read.
              onMouseDown={(event) => event.preventDefault()}
              onClick={begin}
            >
              Start thread
            </Button>
          </Show>
          <Show when={!isLatest() && revision()}>
            {(old) => (
              <Button
                disabled={props.disabled || Boolean(it().lockedAt)}
                onClick={async () => {
                  if (await restore(it(), old())) setChosen(undefined);
                }}
              >
                Bring back {old().number}
              </Button>
            )}
          </Show>
          <Button kind="primary" icon="edit" disabled={props.disabled || Boolean(it().lockedAt)} onClick={() => props.onWrite()}>
            Edit
          </Button>
        </>
      }
    >
      <div class="document-bar">
        <Tabs label="Document" value={tab()} onValue={setTab} tabs={[{ value: 'text', label: 'Text' }, { value: 'changes', label: 'Changes' }]} />
        <span class="fill" />
        <Select
          class="document-revision"
          size="small"
          aria-label="Revision"
          value={String(number())}
          choices={it().revisions.nodes.map((each) => ({ value: String(each.number), label: words(each) }))}
          onValue={(value) => setChosen(Number(value) === it().number ? undefined : Number(value))}
        />
      </div>
      <Show when={revision()?.changeSummary}>{(summary) => <p class="meta t2 document-summary">{summary()}</p>}</Show>
      <Show
        when={tab() === 'text'}
        fallback={
          <Show when={shown()?.diff} fallback={<Show when={shown()}><p class="t2">The first revision: all of it is new.</p></Show>}>
            {(diff) => <DiffHunks hunks={diff().hunks} added={diff().added} removed={diff().removed} />}
          </Show>
        }
      >
        <Show when={body()}>
          {(markdown) => (
            <div ref={text}>
              <Markdown class="document-text" text={markdown()} prefix={props.prefix} />
            </div>
          )}
        </Show>
        <Show when={isLatest()}>
          <Threads
            issueId={props.issueId}
            documentKey={it().key}
            prefix={props.prefix}
            disabled={props.disabled}
            start={(done) => (
              <Show when={begun()} keyed>
                {({ passage, revisionId }) => (
                  <StartThread
                    documentId={it().id}
                    revisionId={revisionId}
                    passage={passage}
                    onDone={() => {
                      setBegun(undefined);
                      done();
                    }}
                    onClose={() => setBegun(undefined)}
                  />
                )}
              </Show>
            )}
          />
        </Show>
      </Show>
    </Dialog>
  );
}
