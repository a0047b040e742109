import { For } from 'solid-js';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { printedKeys, shortcuts } from './keyboard.ts';

/** Every key that works on the page behind it. */
export function CheatSheet(props: { onClose: () => void }) {
  const groups = () => {
    const listed = shortcuts().filter((each) => !each.hidden);
    return [...new Set(listed.map((each) => each.group))].map((name) => ({ name, keys: listed.filter((each) => each.group === name) }));
  };
  return (
    <Dialog open onClose={props.onClose} title="Keyboard" size="normal">
      <div class="cheat">
        <For each={groups()}>
          {(group) => (
            <section>
              <h3 class="meta t3">{group.name}</h3>
              <dl>
                <For each={group.keys}>
                  {(each) => (
                    <div>
                      <dt>{each.label}</dt>
                      <dd>
                        <For each={printedKeys(each.keys)}>{(key) => <Kbd>{key}</Kbd>}</For>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  );
}
