import { For, Show } from 'solid-js';
import { boundsOf, type Asked } from './reply.ts';
import { Tick } from './Tick.tsx';

/** What may be ticked with the yes. Once the most are ticked, the others wait. */
export function Checkboxes(props: { asked: Asked; chosen: readonly string[]; onChange: (chosen: string[]) => void }) {
  const isFull = () => props.chosen.length >= (props.asked.maxSelected ?? Infinity);
  const toggle = (key: string) => props.onChange(props.chosen.includes(key) ? props.chosen.filter((each) => each !== key) : [...props.chosen, key]);
  return (
    <fieldset class="ticks">
      <Show when={boundsOf(props.asked)}>{(words) => <legend class="meta t3">{words()}</legend>}</Show>
      <For each={props.asked.options}>
        {(option) => (
          <Tick
            type="checkbox"
            name={option.key}
            label={option.label}
            note={option.description}
            checked={props.chosen.includes(option.key)}
            disabled={isFull() && !props.chosen.includes(option.key)}
            onChange={() => toggle(option.key)}
          />
        )}
      </For>
    </fieldset>
  );
}
