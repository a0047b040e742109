import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Person } from '../ui/Person.tsx';
import { appearance, setTheme, toggleDensity, type Theme } from './appearance.ts';

const themes: [Theme, string][] = [
  ['system', 'Theme of the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** Who is here, and how it should look. */
export function AccountMenu(props: { name: string | undefined; version: string | undefined; onKeys: () => void }) {
  return (
    <Menu
      label={`${props.name ?? 'Account'}: appearance and keys`}
      placement="top-start"
      triggerClass="place"
      trigger={
        <>
          <Person name={props.name ?? 'Board'} size={18} />
          <span class="place-name cut">{props.name ?? 'Board'}</span>
          <Icon name="more" class="t3 end sidebar-word" />
        </>
      }
      groups={[
        themes.map(([theme, label]) => ({
          label,
          icon: theme === 'dark' ? 'moon' : theme === 'light' ? 'sun' : 'panel',
          checked: appearance().theme === theme,
          onSelect: () => setTheme(theme),
        })),
        [{ label: 'Compact rows', icon: 'density', checked: appearance().density === 'compact', onSelect: toggleDensity }],
        [
          { label: 'Keyboard', icon: 'keyboard', kbd: '?', onSelect: props.onKeys },
          { label: 'GraphQL API', icon: 'terminal', note: props.version, onSelect: () => window.open('/graphql', '_blank', 'noopener') },
        ],
      ]}
    />
  );
}
