import '../run/transcript/transcript.css';
import { For, Show } from 'solid-js';

/** What one revision changed, from top to bottom. Scrolls sideways in its own box. */
export function DiffHunks(props: { hunks: readonly { oldStart?: number; newStart: number; lines: readonly string[] }[]; added: number; removed: number }) {
  return (
    <Show when={props.hunks.length > 0} fallback={<p class="t2">The texts are the same.</p>}>
      <p class="meta t3 num">
        <span class="ok">+{props.added}</span> <span class="bad">−{props.removed}</span>
      </p>
      <div class="document-diff">
        <For each={props.hunks}>
          {(hunk) => (
            <div class="diff" role="group" aria-label={`Changes from line ${hunk.newStart}`} tabIndex={0}>
              {/* That a text ends without a newline is a note for programs, as in a patch. */}
              <For each={hunk.lines.filter((line) => !line.startsWith('\\'))}>
                {(line) => (
                  <div class={line.startsWith('+') ? 'added' : line.startsWith('-') ? 'taken' : ''}>
                    <span class="diff-sign">{line.startsWith('-') ? '−' : line.slice(0, 1)}</span>
                    <span>{line.slice(1)}</span>
                  </div>
                )}
              </For>
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}
