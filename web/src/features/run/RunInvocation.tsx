import { For, Show } from 'solid-js';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { bytes } from '../../ui/format.ts';
import { quoted } from '../../ui/shell.ts';
import { toast } from '../../ui/toast.ts';
import type { RunDetail } from './run.ts';

/** What was started: program, arguments, folder, and the names of what its environment holds, never their values. */
export function RunInvocation(props: { run: RunDetail }) {
  const line = () => [props.run.invocation?.command ?? '', ...(props.run.invocation?.args ?? []).map(quoted)].join(' ');
  const copy = async () => {
    await navigator.clipboard.writeText(line());
    toast.show({ title: 'Copied the command', icon: 'copy', tone: 'ok', key: 'copy' });
  };
  return (
    <div class="run-panel scroll">
      <Show when={props.run.invocation} fallback={<Empty icon="terminal" title="Nothing was started yet">What a worker starts for this run will stand here.</Empty>}>
        {(invocation) => (
          <dl class="invocation">
            <Show when={invocation().command}>
              <dt>Command</dt>
              <dd>
                <pre class="fold-input">{line()}</pre>
                <Button size="small" kind="ghost" icon="copy" onClick={() => void copy()}>
                  Copy
                </Button>
              </dd>
            </Show>
            <Show when={invocation().url}>
              <dt>Address</dt>
              <dd class="mono">{invocation().url}</dd>
            </Show>
            <Show when={invocation().cwd}>
              <dt>Folder</dt>
              <dd class="mono">{invocation().cwd}</dd>
            </Show>
            <Show when={invocation().promptBytes !== null}>
              <dt>Prompt</dt>
              <dd class="num">{bytes(invocation().promptBytes ?? 0)} on standard input</dd>
            </Show>
            <dt>Environment</dt>
            <dd>
              <Show when={invocation().envNames.length > 0} fallback={<span class="t3">none added</span>}>
                <ul class="env-names">
                  <For each={invocation().envNames}>{(name) => <li class="mono">{name}</li>}</For>
                </ul>
                <p class="meta t3">Names only: values are never stored.</p>
              </Show>
            </dd>
          </dl>
        )}
      </Show>
    </div>
  );
}
