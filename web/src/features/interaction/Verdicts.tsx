import { For, Show } from 'solid-js';
import type { Verdict } from '../../graphql/generated/graphql.ts';
import type { Asked, Reply } from './reply.ts';

const verdicts: readonly (readonly [Verdict, string])[] = [['APPROVE', 'Approve'], ['REJECT', 'Reject'], ['DEFER', 'Defer']];

/** A verdict on each of several items. */
export function Verdicts(props: { items: Asked['items']; verdicts: Reply['verdicts']; onChange: (verdicts: Reply['verdicts']) => void }) {
  return (
    <ul class="verdicts">
      <For each={props.items}>
        {(item) => (
          <li>
            <span class="tick-words">
              {item.label}
              <Show when={item.description}>
                <span class="tick-note">{item.description}</span>
              </Show>
            </span>
            <span class="verdict" role="group" aria-label={item.label}>
              <For each={verdicts}>
                {([verdict, name]) => (
                  <button
                    type="button"
                    class="button ghost small"
                    aria-pressed={props.verdicts[item.key] === verdict}
                    onClick={() => props.onChange({ ...props.verdicts, [item.key]: verdict })}
                  >
                    {name}
                  </button>
                )}
              </For>
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
