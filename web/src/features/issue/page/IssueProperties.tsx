import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { paths, useCompany } from '../../../app/company.ts';
import { mutate } from '../../../graphql/mutate.ts';
import { createView } from '../../../graphql/view.ts';
import { LabelChip } from '../../../ui/Chip.tsx';
import { words } from '../../../ui/format.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { IssueGlyph, issueStatusLabel } from '../../../ui/IssueGlyph.tsx';
import { Person } from '../../../ui/Person.tsx';
import { Picker } from '../../../ui/Picker.tsx';
import { PriorityGlyph, priorityLabel } from '../../../ui/PriorityGlyph.tsx';
import { Properties, Property } from '../../../ui/Properties.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { Elapsed } from '../../../ui/Time.tsx';
import { toast } from '../../../ui/toast.ts';
import type { IssueStatus, Priority } from '../../../graphql/generated/graphql.ts';
import { changeIssue } from '../change-issue.ts';
import { labelColor } from '../create/label-color.ts';
import { CreateLabel, IssueChoicesQuery } from '../create/queries.ts';
import type { IssueDetail } from './issue.ts';
import { IssuePicker } from './IssuePicker.tsx';

const PRIORITIES: Priority[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** What an issue is: each can be changed in place. */
export function IssueProperties(props: { issue: IssueDetail; disabled: boolean; onForceRelease: () => void }) {
  const company = useCompany();
  const choices = createView({ query: IssueChoicesQuery, variables: () => ({ prefix: company.prefix }) });
  const agents = () => choices.data?.company?.agents.nodes ?? [];
  const projects = () => choices.data?.company?.projects.nodes ?? [];
  const labels = () => choices.data?.company?.labels.nodes ?? [];
  const [picking, setPicking] = createSignal(false);
  const issue = () => props.issue;
  const change = (input: Parameters<typeof changeIssue>[1]) => void changeIssue(issue(), input);

  const toggleLabel = (id: string) => {
    const now = issue().labels.map((label) => label.id);
    change({ labelIds: now.includes(id) ? now.filter((each) => each !== id) : [...now, id] });
  };
  const createLabel = async (name: string) => {
    const outcome = await mutate(CreateLabel, { input: { companyId: issue().company.id, name, color: labelColor(name) } });
    if (outcome.failure) toast.error('The label was not made', outcome.failure.message);
    else toggleLabel(outcome.data.createLabel.id);
  };
  const setParent = (parentId: string | null) => {
    setPicking(false);
    change({ parentId });
  };

  return (
    <>
      <h3>Properties</h3>
      <Properties>
        <Property name="Status">
          <Picker
            label="Status"
            filter={false}
            disabled={props.disabled}
            values={[issue().status]}
            onPick={(value) => value !== issue().status && change({ status: value as IssueStatus })}
            options={[issue().status, ...issue().allowedStatuses].map((status) => ({ value: status, label: issueStatusLabel(status), glyph: () => <IssueGlyph status={status} /> }))}
            face={<><IssueGlyph status={issue().status} />{issueStatusLabel(issue().status)}</>}
          />
        </Property>
        <Property name="Priority">
          <Picker
            label="Priority"
            filter={false}
            disabled={props.disabled}
            values={[issue().priority]}
            onPick={(value) => value !== issue().priority && change({ priority: value as Priority })}
            options={PRIORITIES.map((priority) => ({ value: priority, label: priorityLabel(priority), glyph: () => <PriorityGlyph priority={priority} /> }))}
            face={<><PriorityGlyph priority={issue().priority} />{priorityLabel(issue().priority)}</>}
          />
        </Property>
        <Property name="Assignee">
          <Picker
            label="Assignee"
            disabled={props.disabled}
            faceText={issue().assignee?.name ?? issue().assigneeUser?.name}
            values={[issue().assignee?.id ?? '']}
            onPick={(value) => value !== (issue().assignee?.id ?? '') && change({ assigneeId: value || null, ...(issue().assigneeUser ? { assigneeUserId: null } : {}) })}
            options={[
              { value: '', label: 'Nobody', glyph: () => <span class="nobody" style={{ '--mark': '18px' }} /> },
              ...agents().map((agent) => ({
                value: agent.id,
                label: agent.name,
                note: agent.title ?? words(agent.role),
                glyph: () => <Sigil id={agent.id} name={agent.name} state={agent.status} size={18} />,
              })),
            ]}
            face={
              <Show
                when={issue().assignee}
                fallback={
                  <Show when={issue().assigneeUser} fallback={<><span class="nobody" style={{ '--mark': '18px' }} /><span class="t3">Nobody</span></>}>
                    {(user) => <><Person name={user().name} size={18} />{user().name}</>}
                  </Show>
                }
              >
                {(agent) => <><Sigil id={agent().id} name={agent().name} state={agent().status} size={18} /><span class="cut">{agent().name}</span></>}
              </Show>
            }
          />
        </Property>
        <Show when={issue().holder}>
          {(holder) => (
            <Property name="Held by">
              <A class="held-by" href={paths.run(company.prefix, holder().number)}>
                <Icon name="lock" class="t3" />
                <span class="cut">
                  {holder().agent.id === issue().assignee?.id ? '' : `${holder().agent.name}, `}run {holder().number}
                </span>
                <Show when={holder().startedAt}>{(at) => <Elapsed since={at()} class="accent meta" />}</Show>
              </A>
              <IconButton icon="close" label="Force release" disabled={props.disabled} onClick={() => props.onForceRelease()} />
            </Property>
          )}
        </Show>
        <Property name="Project">
          <Picker
            label="Project"
            disabled={props.disabled}
            faceText={issue().project?.name ?? 'None'}
            values={[issue().project?.id ?? '']}
            onPick={(value) => value !== (issue().project?.id ?? '') && change({ projectId: value || null })}
            options={[
              { value: '', label: 'No project', glyph: () => <Icon name="project" class="t3" /> },
              ...projects().map((each) => ({ value: each.id, label: each.name, glyph: () => <span class="project-mark" style={{ background: each.color }} /> })),
            ]}
            face={
              <Show when={issue().project} fallback={<span class="t3">None</span>}>
                {(project) => <><span class="project-mark" style={{ background: project().color }} /><span class="cut">{project().name}</span></>}
              </Show>
            }
          />
        </Property>
        <Show when={issue().goal}>
          {(goal) => (
            <Property name="Goal">
              <Icon name="goal" class="t3" />
              <span class="cut" title={goal().title}>
                {goal().title}
              </span>
            </Property>
          )}
        </Show>
        <Property name="Parent">
          <button type="button" class="button plain small picker-chip" disabled={props.disabled} onClick={() => setPicking(true)}>
            <Show when={issue().parent} fallback={<span class="t3">None</span>}>
              {(parent) => (
                <>
                  <span class="t3 num">{parent().identifier}</span>
                  <span class="cut">{parent().title}</span>
                </>
              )}
            </Show>
          </button>
        </Property>
        <Property name="Labels">
          <Picker
            label="Labels"
            multiple
            disabled={props.disabled}
            faceText={issue().labels.map((label) => label.name).join(', ') || 'None'}
            values={issue().labels.map((label) => label.id)}
            onPick={toggleLabel}
            onCreate={(name) => void createLabel(name)}
            createLabel={(name) => `New label “${name}”`}
            options={labels().map((label) => ({ value: label.id, label: label.name, glyph: () => <span class="project-mark" style={{ background: label.color }} /> }))}
            face={
              <Show when={issue().labels.length > 0} fallback={<span class="t3">None</span>}>
                <span class="label-row">
                  <For each={issue().labels}>{(label) => <LabelChip name={label.name} color={label.color} />}</For>
                </span>
              </Show>
            }
          />
        </Property>
        <Show when={issue().billingCode}>
          <Property name="Billing">
            <span class="mono cut">{issue().billingCode}</span>
          </Property>
        </Show>
      </Properties>
      <Show when={picking()}>
        <IssuePicker
          title={`Parent of ${issue().identifier}`}
          without={[issue().id]}
          onPick={setParent}
          onNone={issue().parent ? () => setParent(null) : undefined}
          none="No parent"
          onClose={() => setPicking(false)}
        />
      </Show>
    </>
  );
}
