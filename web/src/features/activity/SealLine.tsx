import { createEffect, on, Show } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import { useMinutes } from '../../ui/clock.ts';
import { createView } from '../../graphql/view.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { At } from '../../ui/Time.tsx';
import { toast } from '../../ui/toast.ts';
import { tip } from '../../ui/Tooltip.tsx';
import { ActivityHeadQuery } from './queries.ts';

/** How far the log is sealed, and the hash that, kept elsewhere, shows any later change of it. */
export function SealLine() {
  const company = useCompany();
  const minutes = useMinutes();
  const view = createView({ query: ActivityHeadQuery, variables: () => ({ prefix: company.prefix }) });
  // Seals are made by a job each minute, which is no event.
  createEffect(on(minutes, () => view.refetch(), { defer: true }));
  const head = () => view.data?.company?.activityHead;
  const copy = async (hash: string) => {
    await navigator.clipboard.writeText(hash);
    toast.show({ title: 'The head is copied', detail: 'Keep it elsewhere: with it `boardroom activity verify --head` shows any change of what was sealed.', icon: 'copy', tone: 'ok', key: 'seal' });
  };
  return (
    <Show when={view.data?.company}>
      <p class="seal meta t3">
        <Icon name="lock" />
        <Show when={head()} fallback={<span class="cut">Nothing is sealed yet; rows are sealed within two minutes.</span>}>
          {(seal) => (
            <>
              <span class="cut">
                Sealed up to <At at={seal().sealedAt} />, seal {seal().number}, head <code class="mono" {...tip(seal().hash)}>{seal().hash.slice(0, 12)}…</code>
              </span>
              <IconButton icon="copy" label="Copy the head" onClick={() => void copy(seal().hash)} />
            </>
          )}
        </Show>
      </p>
    </Show>
  );
}
