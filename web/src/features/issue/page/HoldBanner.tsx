import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import type { HoldBannerFragment } from '../../../graphql/generated/graphql.ts';
import { Button } from '../../../ui/Button.tsx';
import { plural } from '../../../ui/format.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { At } from '../../../ui/Time.tsx';
import type { IssueDetail } from './issue.ts';

/** Who keeps the issue from being worked on, since when and why, and the way to let it go on. */
export function HoldBanner(props: { issue: IssueDetail; hold: HoldBannerFragment; disabled: boolean; onRelease: () => void }) {
  const hold = () => props.hold;
  const isRoot = () => hold().root.id === props.issue.id;
  const verb = () => (hold().mode === 'CANCEL' ? 'called off' : 'holds');
  return (
    <section class="issue-banner" data-tone="warn" aria-label="Held">
      <Icon name="pause" />
      <div class="issue-banner-words">
        <p>
          <b>{hold().mode === 'CANCEL' ? 'Called off.' : 'Held.'}</b> {hold().createdBy.name} {verb()}{' '}
          <Show when={!isRoot()} fallback="this">
            <A class="link" href={paths.issue(hold().root.identifier)}>
              {hold().root.identifier}
            </A>
          </Show>{' '}
          and all below it{hold().reason ? `: ${hold().reason}` : ''}
        </p>
        <p class="meta t2">
          Since <At at={hold().createdAt} />, {plural(hold().issueCount, 'issue')}
          {hold().release === 'AFTER_ACTIVE_RUNS_FINISH' ? ', ends once what runs there has finished' : ''}
        </p>
      </div>
      <Button size="small" disabled={props.disabled} onClick={() => props.onRelease()}>
        {hold().mode === 'CANCEL' ? 'Restore' : 'Let go'}
      </Button>
    </section>
  );
}
