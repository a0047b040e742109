import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { connection } from '../graphql/connection.ts';
import { reconnectNow } from '../graphql/socket.ts';
import { Button } from '../ui/Button.tsx';
import { useSeconds } from '../ui/clock.ts';
import { timeOf } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

/** A connection that is back within this time was never noticed. */
const SAY_AFTER_MS = 1500;

/** Says since when the page is no longer live, and when it tries again. */
export function OfflineLine() {
  const [late, setLate] = createSignal(false);
  const lost = () => {
    const now = connection();
    return now.state === 'lost' ? now : undefined;
  };
  createEffect((timer: ReturnType<typeof setTimeout> | undefined) => {
    if (lost()) return timer ?? setTimeout(() => setLate(true), SAY_AFTER_MS);
    clearTimeout(timer);
    setLate(false);
    return undefined;
  });
  onCleanup(() => setLate(false));
  return <Show when={late() && lost()}>{(it) => <Line since={it().since} retryAt={it().retryAt} />}</Show>;
}

function Line(props: { since: number; retryAt: number }) {
  const now = useSeconds();
  const left = () => Math.max(0, Math.ceil((props.retryAt - now()) / 1000));
  return (
    <Notice
      icon="offline"
      tone="warn"
      action={
        <>
          <span class="meta t2 num wide-only">{left() > 0 ? `retry in ${left()} s` : 'trying'}</span>
          <Button size="small" onClick={reconnectNow}>
            Retry now
          </Button>
        </>
      }
    >
      Offline since {timeOf(props.since)}. Showing what we had.
    </Notice>
  );
}
