import './state.css';
import { Show } from 'solid-js';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { explain } from './failure.ts';

/** What failed, what still holds, and the request id to quote. */
export function ErrorState(props: { what: string; error: unknown; still?: string; onRetry?: () => void }) {
  const failure = () => explain(props.error);
  const copy = () => void navigator.clipboard?.writeText([props.what, failure().message, failure().requestId].filter(Boolean).join('\n'));
  return (
    <div class="state" role="alert">
      <Icon name="warn" class="bad" />
      <b>{props.what}</b>
      <p class="t2">
        {failure().message} {props.still}
      </p>
      <Show when={failure().requestId}>{(id) => <p class="mono t3">request {id()}</p>}</Show>
      <div class="state-actions">
        <Show when={props.onRetry}>{(retry) => <Button onClick={() => retry()()}>Try again</Button>}</Show>
        <Button kind="ghost" onClick={copy}>
          Copy details
        </Button>
      </div>
    </div>
  );
}
