import './create-issue.css';
import { createEffect, createSignal, For, Show } from 'solid-js';
import { createStore, unwrap } from 'solid-js/store';
import type { Creating } from '../../../app/create.ts';
import { paths, useCompany } from '../../../app/company.ts';
import { idempotencyKey, mutate } from '../../../graphql/mutate.ts';
import { createView } from '../../../graphql/view.ts';
import { Button } from '../../../ui/Button.tsx';
import { LabelChip } from '../../../ui/Chip.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import type { Failure } from '../../../ui/failure.ts';
import { roleLabel } from '../../agent/role.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { IssueGlyph, issueStatusLabel } from '../../../ui/IssueGlyph.tsx';
import { Picker } from '../../../ui/Picker.tsx';
import { PriorityGlyph, priorityLabel } from '../../../ui/PriorityGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { toast } from '../../../ui/toast.ts';
import type { IssueStatus, Priority } from '../../../graphql/generated/graphql.ts';
import { CreateProject } from '../../project/create/queries.ts';
import { dropDraft, emptyDraft, loadDraft, saveDraft, type IssueDraft } from './draft.ts';
import { labelColor } from './label-color.ts';
import { CreateIssue, CreateLabel, IssueChoicesQuery } from './queries.ts';

const NEW_STATUSES: IssueStatus[] = ['BACKLOG', 'TODO'];
const PRIORITIES: Priority[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** Title, words, and the few things that decide who starts on it. Unsent words are kept for the next time. */
export function CreateIssueDialog(props: { given: Extract<Creating, { kind: 'issue' }>; onClose: () => void }) {
  const company = useCompany();
  const isBare = !props.given.title && !props.given.parentId;
  const [draft, setDraft] = createStore<IssueDraft>(
    ((): IssueDraft => {
      const kept = isBare ? loadDraft(company.prefix) : { ...emptyDraft };
      const { status, assigneeId, projectId, title } = props.given;
      const wished = status && NEW_STATUSES.includes(status) ? status : kept.status;
      return { ...kept, status: wished, title: title ?? kept.title, assigneeId: assigneeId ?? kept.assigneeId, projectId: projectId ?? kept.projectId };
    })(),
  );
  const [sending, setSending] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const choices = createView({ query: IssueChoicesQuery, variables: () => ({ prefix: company.prefix }) });
  const agents = () => choices.data?.company?.agents.nodes ?? [];
  const projects = () => choices.data?.company?.projects.nodes ?? [];
  const labels = () => choices.data?.company?.labels.nodes ?? [];
  const assignee = () => agents().find((agent) => agent.id === draft.assigneeId);
  const project = () => projects().find((each) => each.id === draft.projectId);
  const key = idempotencyKey();
  let title: HTMLInputElement | undefined;

  createEffect(() => isBare && saveDraft(company.prefix, { ...draft, labelIds: [...draft.labelIds] }));

  const send = async () => {
    const companyId = company.id ?? choices.data?.company?.id;
    if (sending() || !companyId) return;
    if (draft.title.trim() === '') {
      setFailure({ message: 'An issue needs a title.', field: 'title', code: undefined, requestId: undefined, offline: false });
      title?.focus();
      return;
    }
    setSending(true);
    const { description, ...rest } = unwrap(draft);
    const outcome = await mutate(CreateIssue, {
      input: { companyId, ...rest, ...(description.trim() ? { description } : {}), ...(props.given.parentId ? { parentId: props.given.parentId } : {}), idempotencyKey: key },
    });
    setSending(false);
    if (outcome.failure) {
      setFailure(outcome.failure);
      return;
    }
    const issue = outcome.data.createIssue;
    setDraft(emptyDraft);
    dropDraft(company.prefix);
    toast.show({
      title: `${issue.identifier} is filed`,
      detail: issue.title,
      glyph: () => <IssueGlyph status={issue.status} />,
      actions: [{ label: 'Open', href: paths.issue(issue.identifier) }],
    });
    props.onClose();
  };

  const createLabel = async (name: string) => {
    const companyId = company.id;
    if (!companyId) return;
    const outcome = await mutate(CreateLabel, { input: { companyId, name, color: labelColor(name) } });
    if (outcome.failure) setFailure(outcome.failure);
    else setDraft('labelIds', (before) => [...before, outcome.data.createLabel.id]);
  };
  const createProject = async (name: string) => {
    const companyId = company.id;
    if (!companyId) return;
    const outcome = await mutate(CreateProject, { input: { companyId, name, color: labelColor(name), idempotencyKey: idempotencyKey() } });
    if (outcome.failure) setFailure(outcome.failure);
    else setDraft('projectId', outcome.data.createProject.id);
  };
  const toggleLabel = (id: string) => setDraft('labelIds', (before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]));

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.given.parentIdentifier ? `New issue under ${props.given.parentIdentifier}` : 'New issue'}
      onSubmit={() => void send()}
      actions={
        <>
          <span class="meta bad fill" role="alert">
            {failure()?.message}
          </span>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" pending={sending()}>
            File issue
          </Button>
        </>
      }
    >
      <input
        ref={title}
        class="issue-draft-title"
        aria-label="Title"
        aria-invalid={failure()?.field === 'title' ? 'true' : undefined}
        placeholder="What should be done"
        maxLength={300}
        value={draft.title}
        onInput={(event) => {
          setDraft('title', event.currentTarget.value);
          setFailure(null);
        }}
      />
      <textarea
        class="issue-draft-words"
        aria-label="Description"
        placeholder="What you would tell the one who does it. Markdown works."
        value={draft.description}
        onInput={(event) => setDraft('description', event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && void send()}
      />
      <div class="line wrap issue-draft-picks">
        <Picker
          label="Status"
          filter={false}
          values={[draft.status]}
          onPick={(value) => setDraft('status', value as IssueStatus)}
          options={NEW_STATUSES.map((status) => ({ value: status, label: issueStatusLabel(status), glyph: () => <IssueGlyph status={status} /> }))}
          face={<><IssueGlyph status={draft.status} />{issueStatusLabel(draft.status)}</>}
        />
        <Picker
          label="Priority"
          filter={false}
          values={[draft.priority]}
          onPick={(value) => setDraft('priority', value as Priority)}
          options={PRIORITIES.map((priority) => ({ value: priority, label: priorityLabel(priority), glyph: () => <PriorityGlyph priority={priority} /> }))}
          face={<><PriorityGlyph priority={draft.priority} />{priorityLabel(draft.priority)}</>}
        />
        <Picker
          label="Assignee"
          values={[draft.assigneeId ?? '']}
          onPick={(value) => setDraft('assigneeId', value || null)}
          options={[
            { value: '', label: 'Nobody yet', glyph: () => <span class="nobody" style={{ '--mark': '18px' }} /> },
            ...agents().map((agent) => ({
              value: agent.id,
              label: agent.name,
              note: agent.title ?? roleLabel(agent.role),
              glyph: () => <Sigil id={agent.id} name={agent.name} state={agent.status} size={18} />,
            })),
          ]}
          face={
            <Show when={assignee()} fallback={<><Icon name="robot" class="t3" />Assignee</>}>
              {(agent) => <><Sigil id={agent().id} name={agent().name} size={16} /><span class="cut">{agent().name}</span></>}
            </Show>
          }
        />
        <Picker
          label="Project"
          onCreate={(name) => void createProject(name)}
          createLabel={(name) => `New project “${name}”`}
          values={[draft.projectId ?? '']}
          onPick={(value) => setDraft('projectId', value || null)}
          options={[
            { value: '', label: 'No project', glyph: () => <Icon name="project" class="t3" /> },
            ...projects().map((each) => ({ value: each.id, label: each.name, glyph: () => <span class="project-mark" style={{ background: each.color }} /> })),
          ]}
          face={
            <Show when={project()} fallback={<><Icon name="project" class="t3" />Project</>}>
              {(each) => <><span class="project-mark" style={{ background: each().color }} /><span class="cut">{each().name}</span></>}
            </Show>
          }
        />
        <Picker
          label="Labels"
          multiple
          values={draft.labelIds}
          onPick={toggleLabel}
          onCreate={(name) => void createLabel(name)}
          createLabel={(name) => `New label “${name}”`}
          options={labels().map((label) => ({ value: label.id, label: label.name, glyph: () => <span class="project-mark" style={{ background: label.color }} /> }))}
          face={
            <Show when={draft.labelIds.length > 0} fallback={<><Icon name="label" class="t3" />Labels</>}>
              <For each={labels().filter((label) => draft.labelIds.includes(label.id))}>{(label) => <LabelChip name={label.name} color={label.color} />}</For>
            </Show>
          }
        />
      </div>
      <p class="meta t3 issue-draft-next">{whatHappens(draft.status, assignee())}</p>
    </Dialog>
  );
}

/** Says what filing it will start: nothing should begin as a surprise. */
function whatHappens(status: IssueStatus, agent: { name: string; status: string } | undefined): string {
  if (!agent) return 'Next: somebody assigns it.';
  if (status === 'BACKLOG') return `It waits in the backlog; ${agent.name} is not woken.`;
  if (agent.status === 'PAUSED') return `${agent.name} is paused and starts on it when resumed.`;
  return `Next: ${agent.name} wakes and starts on it.`;
}
