import { A, useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { IconName } from '../ui/icons.ts';
import { appearance, toggleTheme } from './appearance.ts';
import { paths, useCompany } from './company.ts';
import { openCreate } from './create.ts';

/** The sidebar of a phone: four places and the rest. */
export function BottomBar(props: { unread: string | undefined; waiting: number | undefined; onSearch: () => void }) {
  const company = useCompany();
  const navigate = useNavigate();
  return (
    <nav class="bottombar" aria-label="Main">
      <Stop href={paths.company(company.prefix)} icon="home" name="Home" end />
      <Stop href={paths.inbox(company.prefix)} icon="inbox" name="Inbox" note={props.unread} />
      <Stop href={paths.issues(company.prefix)} icon="issues" name="Issues" />
      <Stop href={paths.approvals(company.prefix)} icon="tick" name="Approvals" note={props.waiting} />
      <Menu
        label="More"
        placement="top-start"
        triggerClass="bottombar-stop"
        trigger={
          <>
            <Icon name="menu" />
            More
          </>
        }
        groups={[
          [
            { label: 'Agents', icon: 'org', onSelect: () => navigate(paths.agents(company.prefix)) },
            { label: 'Activity', icon: 'activity', onSelect: () => navigate(paths.activity(company.prefix)) },
            { label: 'Costs', icon: 'cost', onSelect: () => navigate(paths.costs(company.prefix)) },
            { label: 'New issue', icon: 'plus', disabled: company.archived, onSelect: () => openCreate({ kind: 'issue' }) },
            { label: 'Search', icon: 'search', onSelect: props.onSearch },
          ],
          [{ label: appearance().theme === 'dark' ? 'Light theme' : 'Dark theme', icon: 'sun', onSelect: toggleTheme }],
          [{ label: 'Company settings', icon: 'edit', onSelect: () => navigate(paths.settings(company.prefix)) }, { label: 'All companies', icon: 'company', onSelect: () => navigate('/companies') }],
        ]}
      />
    </nav>
  );
}

function Stop(props: { href: string; icon: IconName; name: string; note?: number | string | undefined; end?: boolean }) {
  return (
    <A class="bottombar-stop" activeClass="here" href={props.href} end={props.end}>
      <Icon name={props.icon} />
      {props.name}
      <Show when={props.note}>
        <span class="bottombar-note num">{props.note}</span>
      </Show>
    </A>
  );
}
