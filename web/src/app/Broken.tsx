import { useLocation } from '@solidjs/router';
import { createEffect, on } from 'solid-js';
import { Button } from '../ui/Button.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { TopBar } from '../ui/TopBar.tsx';

/** For a page that could not be drawn: a mistake of ours, or its code did not arrive. Everything around it still works. */
export function Broken(props: { error: unknown; reset: () => void }) {
  const here = useLocation();
  createEffect(on(() => here.pathname, () => props.reset(), { defer: true }));
  return (
    <div class="page">
      <TopBar title="Something broke" actions={<Button size="small" onClick={() => location.reload()}>Reload</Button>} />
      <ErrorState what="This page could not be drawn" error={props.error} still="The rest of the board works." onRetry={props.reset} />
    </div>
  );
}
