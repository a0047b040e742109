import { For } from 'solid-js';
import { Kbd } from '../../../ui/Kbd.tsx';

/** The keys of a list, printed under it; not where there is no keyboard. */
export function Hints(props: { keys: readonly [keys: readonly string[], does: string][] }) {
  return (
    <div class="hints" aria-hidden="true">
      <For each={props.keys}>
        {([keys, does]) => (
          <span>
            <For each={keys}>{(key) => <Kbd>{key}</Kbd>}</For>
            {does}
          </span>
        )}
      </For>
    </div>
  );
}
