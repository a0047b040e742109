import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { paths, useCompany } from '../../../app/company.ts';
import { mutate } from '../../../graphql/mutate.ts';
import { sentence } from '../../../ui/failure.ts';
import { plural, words } from '../../../ui/format.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { IssueGlyph } from '../../../ui/IssueGlyph.tsx';
import { Properties, Property } from '../../../ui/Properties.tsx';
import { Ago, At } from '../../../ui/Time.tsx';
import { toast } from '../../../ui/toast.ts';
import type { IssueDetail, IssueWork } from './issue.ts';
import { ClearMonitor } from './queries.ts';
import { gateWords } from './workspace-words.ts';

/** Where the issue is worked on, what is looked at again, and what came of the work. */
export function IssueWorkSide(props: { issue: IssueDetail; work: IssueWork; disabled: boolean }) {
  return (
    <>
      <Show when={props.work.workspace}>{(workspace) => <WorkspaceLines workspace={workspace()} />}</Show>
      <Show when={props.work.monitor}>{(monitor) => <MonitorLines issue={props.issue} monitor={monitor()} disabled={props.disabled} />}</Show>
      <Show when={props.work.workProducts.nodes.length > 0}>
        <h3>
          Work products <span class="t3 num">{props.work.workProducts.nodes.length}</span>
        </h3>
        <For each={props.work.workProducts.nodes}>{(product) => <Product product={product} />}</For>
      </Show>
      <References title="Mentions" references={props.work.references.nodes} />
      <References title="Mentioned by" references={props.work.referencedBy.nodes} />
    </>
  );
}

function WorkspaceLines(props: { workspace: NonNullable<IssueWork['workspace']> }) {
  const company = useCompany();
  const it = () => props.workspace;
  const gate = () => gateWords(it());
  return (
    <>
      <h3>Workspace</h3>
      <Properties>
        <Property name={it().branch ? 'Branch' : 'Folder'}>
          <Icon name={it().branch ? 'branch' : 'project'} class="t3" />
          <span class="mono cut" title={it().path ?? undefined}>
            {it().branch ?? it().path ?? 'not prepared yet'}
          </span>
        </Property>
        <Show when={it().headCommit}>
          {(commit) => (
            <Property name="Head">
              <code class="mono" title={commit()}>
                {commit().slice(0, 10)}
              </code>
            </Property>
          )}
        </Show>
        <Property name="Gate">
          <Icon name={gate().open ? 'tick' : 'lock'} class={gate().open ? 'ok' : gate().bad ? 'bad' : 'warn'} />
          <span class="cut" classList={{ bad: gate().bad }} title={gate().text}>{gate().text}</span>
        </Property>
        <Show when={it().lastOperation}>
          {(last) => (
            <Property name="Last">
              <p class="cut">
                {words(last().phase).toLowerCase()}
                <Show when={last().status !== 'SUCCEEDED'}> {words(last().status).toLowerCase()}</Show>
                <Show when={last().run}>
                  {(run) => (
                    <>
                      ,{' '}
                      <A class="link" href={paths.run(company.prefix, run().number)}>
                        run {run().number}
                      </A>
                    </>
                  )}
                </Show>
              </p>
              <Ago at={last().finishedAt ?? last().startedAt} class="meta t3" />
            </Property>
          )}
        </Show>
      </Properties>
      <Show when={it().lastOperation?.errorMessage}>{(message) => <p class="meta bad side-note">{sentence(message())}</p>}</Show>
    </>
  );
}

function MonitorLines(props: { issue: IssueDetail; monitor: NonNullable<IssueWork['monitor']>; disabled: boolean }) {
  const it = () => props.monitor;
  const clear = async () => {
    const { data, failure } = await mutate(ClearMonitor, { input: { issueId: props.issue.id } });
    if (failure) toast.error('It is looked at still', failure.message);
    else if (data.setMonitor.__typename === 'IssueHeld') toast.error('It is looked at still', sentence(data.setMonitor.message));
  };
  return (
    <>
      <h3>
        Monitor <span class="fill" />
        <IconButton icon="close" label="Look no more" disabled={props.disabled} onClick={() => void clear()} />
      </h3>
      <Properties>
        <Property name="Next look">
          <Show when={it().nextCheckAt} fallback="now">
            {(at) => (
              <At at={at()} />
            )}
          </Show>
        </Property>
        <Show when={it().serviceName ?? it().externalRef}>
          {(what) => (
            <Property name="Waits for">
              <span class="cut" title={it().externalRef ?? undefined}>
                {what()}
              </span>
            </Property>
          )}
        </Show>
        <Property name="Looked">
          {plural(it().attempts, 'time')}
          {it().maxAttempts ? ` of ${it().maxAttempts}` : ''}
        </Property>
      </Properties>
      <Show when={it().notes}>{(notes) => <p class="meta t2 side-note">{notes()}</p>}</Show>
    </>
  );
}

function Product(props: { product: IssueWork['workProducts']['nodes'][number] }) {
  const it = () => props.product;
  const face = () => (
    <>
      <Icon name={it().type === 'BRANCH' || it().type === 'COMMIT' ? 'branch' : it().type === 'PREVIEW_URL' ? 'external' : 'file'} class="t3" />
      <span class="cut">{it().title}</span>
      <span class="mention-end meta t3">{words(it().status).toLowerCase()}</span>
    </>
  );
  return (
    <Show when={it().url} fallback={<div class="mention">{face()}</div>}>
      {(url) => (
        <a class="mention" href={url()} target="_blank" rel="noreferrer noopener">
          {face()}
        </a>
      )}
    </Show>
  );
}

function References(props: { title: string; references: IssueWork['references']['nodes'] }) {
  return (
    <Show when={props.references.length > 0}>
      <h3>
        {props.title} <span class="t3 num">{props.references.length}</span>
      </h3>
      <For each={props.references}>
        {(reference) => (
          <A class="mention" href={paths.issue(reference.issue.identifier)} title={`In ${reference.kinds.map((kind) => words(kind).toLowerCase()).join(', ')}`}>
            <IssueGlyph status={reference.issue.status} />
            <span class="t3 num">{reference.issue.identifier}</span>
            <span class="cut t2">{reference.issue.title}</span>
          </A>
        )}
      </For>
    </Show>
  );
}
