import { For, Show } from 'solid-js';
import { Sigil } from '../../ui/Sigil.tsx';
import { asTree, depthOf, toggleDraft } from './chosen.ts';
import type { Asked } from './reply.ts';
import { Tick } from './Tick.tsx';

/** Issues as an agent would have them filed. Taking one out takes out what stands under it. */
export function Drafts(props: { tasks: Asked['tasks']; chosen: readonly string[]; onChange: (chosen: string[]) => void }) {
  const toggle = (key: string) => {
    const next = toggleDraft(props.tasks, new Set(props.chosen), key);
    props.onChange(props.tasks.filter((task) => next.has(task.key)).map((task) => task.key));
  };
  return (
    <fieldset class="ticks boxed">
      <legend class="unseen">Issues to file</legend>
      <For each={asTree(props.tasks)}>
        {(task) => (
          <Tick
            type="checkbox"
            name={task.key}
            label={task.title}
            note={task.description}
            depth={depthOf(props.tasks, task.key)}
            checked={props.chosen.includes(task.key)}
            onChange={() => toggle(task.key)}
            end={<Show when={task.assignee}>{(agent) => <Sigil id={agent().id} name={agent().name} size={18} />}</Show>}
          />
        )}
      </For>
    </fieldset>
  );
}
