import { useNavigate } from '@solidjs/router';
import { createView } from '../graphql/view.ts';
import { about } from '../graphql/live.ts';
import { CompanyMark } from '../ui/CompanyMark.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { paths } from './company.ts';
import { openCreate } from './create.ts';
import { SwitcherQuery } from './frame-query.ts';

export function CompanySwitcher(props: { company: { name: string; prefix: string; brandColor?: string | null | undefined } | undefined }) {
  const navigate = useNavigate();
  const companies = createView({ query: SwitcherQuery, variables: () => ({}), concerns: about('company') });
  return (
    <Menu
      label={`Company: ${props.company?.name ?? ''}. Switch`}
      triggerClass="switcher"
      trigger={
        <>
          <CompanyMark name={props.company?.name ?? ' '} color={props.company?.brandColor} />
          <span class="sidebar-word cut">{props.company?.name}</span>
          <Icon name="updown" class="t3 end" />
        </>
      }
      groups={[
        (companies.data?.companies.nodes ?? []).map((each) => ({
          label: each.name,
          note: each.prefix,
          checked: each.prefix === props.company?.prefix,
          glyph: <CompanyMark name={each.name} color={each.brandColor} size={18} />,
          onSelect: () => navigate(paths.company(each.prefix)),
        })),
        [
          ...(props.company ? [{ label: `Settings of ${props.company.name}`, icon: 'edit' as const, onSelect: () => navigate(paths.settings(props.company?.prefix ?? '')) }] : []),
          { label: 'New company', icon: 'plus', onSelect: () => openCreate({ kind: 'company' }) },
          { label: 'All companies', icon: 'company', onSelect: () => navigate('/companies') },
        ],
      ]}
    />
  );
}
