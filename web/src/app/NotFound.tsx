import { ButtonLink } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { TopBar } from '../ui/TopBar.tsx';

/** For an address that leads nowhere: says so, and where to go. */
export function NotFound(props: { what?: string; href?: string; way?: string }) {
  return (
    <div class="page">
      <TopBar title="Not found" />
      <Empty icon="search" title={props.what ?? 'There is nothing at this address'} actions={<ButtonLink href={props.href ?? '/'}>{props.way ?? 'Start page'}</ButtonLink>}>
        It may have been moved or never existed.
      </Empty>
    </div>
  );
}
