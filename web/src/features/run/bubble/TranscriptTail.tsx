import { createMemo, For, Show } from 'solid-js';
import { secondsOf } from '../../../ui/format.ts';
import { Tape } from '../../../ui/Tape.tsx';
import { createTranscript } from '../transcript/create-transcript.ts';
import { fold, looksInWords, type Block } from '../transcript/fold.ts';

const LINES = 3;

/** The tape of a run whose adapter understands it, and the last things it did, each in a line. */
export function TranscriptTail(props: { runId: string }) {
  const transcript = createTranscript({ runId: () => props.runId, live: () => true, speaks: () => true });
  const tail = createMemo(() => fold(transcript.entries(), true).slice(-LINES));
  return (
    <>
      <Show when={transcript.entries().length > 0}>
        <div class="run-bubble-tape">
          <Tape ticks={transcript.entries()} live whole />
        </div>
      </Show>
      <div class="run-tail" aria-label="Last steps">
        <For each={tail()} fallback={<p class="t3">Nothing said yet</p>}>
          {(block) => (
            <div class="run-tail-line">
              <span class="run-tail-time">{secondsOf(block.at)}</span>
              <span class="cut" classList={{ 'run-says': block.kind === 'speech', bad: block.kind === 'error' }}>
                {inALine(block)}
              </span>
            </div>
          )}
        </For>
      </div>
    </>
  );
}

function inALine(block: Block): string {
  if ('text' in block) return `· ${block.text.split('\n').find((line) => line.trim() !== '') ?? ''}`;
  if (block.kind === 'looks') return `› looked around, ${looksInWords(block.calls)}`;
  const failed = block.call.state === 'failed' ? ', failed' : '';
  return `› ${block.call.verb.toLowerCase()} ${block.call.argument.split('\n')[0] ?? ''}${failed}`;
}
