import './revisions.css';
import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import type { AgentRevisionsQuery as Answer } from '../../../graphql/generated/graphql.ts';
import { aboutAgent } from '../../../graphql/live.ts';
import { mutate } from '../../../graphql/mutate.ts';
import { createPages } from '../../../graphql/pages.ts';
import { ActorMark } from '../../../ui/ActorMark.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { MoreList } from '../../../ui/MoreList.tsx';
import { Ago } from '../../../ui/Time.tsx';
import { toast } from '../../../ui/toast.ts';
import { AgentRevisionsQuery, RollbackAgentConfig } from './queries.ts';
import { SettingChanges } from './SettingChanges.tsx';
import { changesWords } from './words.ts';

type Revision = NonNullable<Answer['agent']>['revisions']['nodes'][number];

/** Every change of an agent's settings, and the way back to each. */
export function AgentRevisions(props: { agentId: string; name: string; prefix: string; disabled: boolean; onRolledBack: () => void }) {
  const pages = createPages({
    query: AgentRevisionsQuery,
    variables: () => ({ id: props.agentId, first: 25 }),
    connection: (data) => data.agent?.revisions,
    concerns: (event) => event.entityType === 'agentRevision' || aboutAgent(() => props.agentId)(event),
  });
  const [asking, setAsking] = createSignal<Revision>();
  const newest = () => pages.nodes[0]?.id;
  return (
    <div class="revisions">
      <MoreList
        what="The history"
        pages={pages}
        empty={
          <Empty icon="clock" title="No change was kept yet">
            From its next change on, what {props.name} was set to stands here, and can be brought back.
          </Empty>
        }
      >
        {(revision) => <RevisionLine revision={revision} prefix={props.prefix} current={revision.id === newest()} disabled={props.disabled} onRollback={() => setAsking(revision)} />}
      </MoreList>
      <Show when={asking()} keyed>
        {(revision) => <RollbackDialog agentId={props.agentId} name={props.name} revision={revision} onClose={() => setAsking(undefined)} onDone={() => {
          pages.refetch();
          props.onRolledBack();
        }} />}
      </Show>
    </div>
  );
}

function RevisionLine(props: { revision: Revision; prefix: string; current: boolean; disabled: boolean; onRollback: () => void }) {
  const it = () => props.revision;
  const what = () =>
    it().source === 'HIRED' ? 'Hired with these settings' : it().source === 'ROLLED_BACK' ? `Back to ${it().rolledBackTo ? `change ${it().rolledBackTo?.number}` : 'earlier settings'}` : changesWords(it().changes) || 'As they were before';
  return (
    <details class="revision">
      <summary>
        <Icon name="right" class="revision-fold" />
        <span class="num t3">{it().number}</span>
        <ActorMark actor={it().createdBy} size={18} />
        <span class="cut revision-what">
          <span class="name">{what()}</span> <span class="meta t3">{it().createdBy.name}</span>
        </span>
        <Ago at={it().createdAt} class="meta t3" />
      </summary>
      <div class="revision-body">
        <Show when={it().changes.length > 0} fallback={<p class="meta t3">The first that was kept.</p>}>
          <SettingChanges changes={it().changes} prefix={props.prefix} />
        </Show>
        <p class="revision-way">
          <Show when={it().run}>
            {(run) => (
              <A class="link meta" href={paths.run(props.prefix, run().number)}>
                In run {run().number}
              </A>
            )}
          </Show>
          <Show when={!props.current} fallback={<span class="meta t3">This is how it is set now.</span>}>
            <Button size="small" icon="retry" disabled={props.disabled} onClick={() => props.onRollback()}>
              Roll back to this
            </Button>
          </Show>
        </p>
      </div>
    </details>
  );
}

function RollbackDialog(props: { agentId: string; name: string; revision: Revision; onClose: () => void; onDone: () => void }) {
  const [pending, setPending] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const roll = async () => {
    setPending(true);
    const { failure } = await mutate(RollbackAgentConfig, { input: { agentId: props.agentId, revisionId: props.revision.id } });
    setPending(false);
    if (failure) return setProblem(failure.message);
    toast.show({ title: `${props.name} is set as after change ${props.revision.number}`, detail: 'Its next run uses this.', tone: 'ok', icon: 'retry' });
    props.onClose();
    return props.onDone();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`Set ${props.name} as after change ${props.revision.number}?`}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Leave as is
          </Button>
          <Button kind="primary" pending={pending()} onClick={() => void roll()}>
            Roll back
          </Button>
        </>
      }
    >
      <p class="t2">All settings become what they were then, its manager among them. Secrets keep the values of today. The change is kept in this history too.</p>
      <Show when={problem()}>
        <p class="field-error" role="alert">
          {problem()}
        </p>
      </Show>
    </Dialog>
  );
}
