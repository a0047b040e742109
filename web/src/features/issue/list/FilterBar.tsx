import { createMemo, createSignal, onCleanup, Show, type JSX } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import { createView } from '../../../graphql/view.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Picker, type PickerOption } from '../../../ui/Picker.tsx';
import { PriorityGlyph, priorityLabel } from '../../../ui/PriorityGlyph.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import type { Priority } from '../../../graphql/generated/graphql.ts';
import { IssueChoicesQuery } from '../create/queries.ts';
import type { IssuesView, Sort } from './view-state.ts';

const PRIORITIES: Priority[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
const ASK_AFTER_MS = 200;

/** What narrows the list. A filter that is set says its value and how to drop it. */
export function FilterBar(props: { view: IssuesView; board?: boolean }) {
  const company = useCompany();
  const choices = createView({ query: IssueChoicesQuery, variables: () => ({ prefix: company.prefix }) });
  const agents = createMemo((): PickerOption[] => [
    { value: 'none', label: 'Nobody', glyph: () => <span class="nobody" style={{ '--mark': '18px' }} /> },
    ...(choices.data?.company?.agents.nodes ?? []).map((agent) => ({
      value: agent.id,
      label: agent.name,
      glyph: () => <Sigil id={agent.id} name={agent.name} state={agent.status} size={18} />,
    })),
  ]);
  const swatch = (color: string) => () => <span class="project-mark" style={{ background: color }} />;
  const projects = createMemo((): PickerOption[] => (choices.data?.company?.projects.nodes ?? []).map(({ id, name, color }) => ({ value: id, label: name, glyph: swatch(color) })));
  const labels = createMemo((): PickerOption[] => (choices.data?.company?.labels.nodes ?? []).map(({ id, name, color }) => ({ value: id, label: name, glyph: swatch(color) })));
  const priorities: PickerOption[] = PRIORITIES.map((priority) => ({ value: priority, label: priorityLabel(priority), glyph: () => <PriorityGlyph priority={priority} /> }));

  return (
    <div class="filter-bar">
      <WordFilter value={props.view.text} onValue={(text) => props.view.set({ text })} />
      <One name="Assignee" options={agents()} value={props.view.assignee} onValue={(assignee) => props.view.set({ assignee })} />
      <One name="Priority" options={priorities} value={props.view.priority} onValue={(priority) => props.view.set({ priority })} />
      <One name="Project" options={projects()} value={props.view.project} onValue={(project) => props.view.set({ project })} />
      <One name="Label" options={labels()} value={props.view.label} onValue={(label) => props.view.set({ label })} />
      <Show when={!props.board}>
        <Button kind="ghost" size="small" aria-pressed={props.view.live} onClick={() => props.view.set({ live: props.view.live ? undefined : '1' })}>
          <RunGlyph status="RUNNING" /> Live
        </Button>
      </Show>
      <Show when={props.view.filtered}>
        <Button
          kind="ghost"
          size="small"
          onClick={() => props.view.set({ text: undefined, assignee: undefined, priority: undefined, project: undefined, label: undefined, live: undefined })}
        >
          Clear
        </Button>
      </Show>
      <span class="fill" />
      <Select<Sort>
        size="small"
        class="wide-only"
        aria-label="Order"
        value={props.view.sort}
        onValue={(sort) => props.view.set({ sort: sort === 'priority' ? undefined : sort })}
        choices={[
          { value: 'priority', label: 'By priority' },
          { value: 'updated', label: 'Last changed first' },
          { value: 'created', label: 'Newest first' },
          { value: 'number', label: 'By number' },
        ]}
      />
    </div>
  );
}

function One(props: { name: string; options: readonly PickerOption[]; value: string | undefined; onValue: (value: string | undefined) => void }) {
  const chosen = () => props.options.find((option) => option.value === props.value);
  const face = (): JSX.Element => (
    <Show when={props.value} fallback={<span class="t2">{props.name}</span>}>
      <span class="t2">{props.name}</span>
      {chosen()?.glyph?.()}
      <span class="name cut">{chosen()?.label ?? 'unknown'}</span>
    </Show>
  );
  return (
    <span class="filter-one" data-set={props.value ? '' : undefined}>
      <Picker label={props.name} options={props.options} values={props.value ? [props.value] : []} onPick={(value) => props.onValue(value === props.value ? undefined : value)} face={face()} />
      <Show when={props.value}>
        <button type="button" class="filter-drop" aria-label={`Any ${props.name.toLowerCase()}`} onClick={() => props.onValue(undefined)}>
          <Icon name="close" size={14} />
        </button>
      </Show>
    </span>
  );
}

function WordFilter(props: { value: string | undefined; onValue: (value: string | undefined) => void }) {
  const [timer, setTimer] = createSignal<ReturnType<typeof setTimeout>>();
  const later = (value: string) => {
    clearTimeout(timer());
    setTimer(setTimeout(() => props.onValue(value.trim() || undefined), ASK_AFTER_MS));
  };
  onCleanup(() => clearTimeout(timer()));
  return (
    <label class="filter-words">
      <Icon name="filter" class="t3" size={14} />
      <input type="search" placeholder="Words" aria-label="Only issues with these words" value={props.value ?? ''} onInput={(event) => later(event.currentTarget.value)} />
    </label>
  );
}
