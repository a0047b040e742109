import './companies.css';
import { useNavigate } from '@solidjs/router';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { paths } from '../../app/company.ts';
import { closeCreate, creating, openCreate } from '../../app/create.ts';
import { mutate } from '../../graphql/mutate.ts';
import { createView } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { CompanyMark } from '../../ui/CompanyMark.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { plural } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Money } from '../../ui/Money.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Ago } from '../../ui/Time.tsx';
import { toast } from '../../ui/toast.ts';
import { TopBar } from '../../ui/TopBar.tsx';
import type { CompaniesQuery as Companies } from '../../graphql/generated/graphql.ts';
import { BoardroomMark } from './BoardroomMark.tsx';
import { CreateCompanyDialog } from './create/CreateCompanyDialog.tsx';
import { ArchiveCompany, CompaniesQuery } from './queries.ts';

type Company = Companies['companies']['nodes'][number];

const PAGE = 100;

/** Every company of this Boardroom: how it goes, what it costs this month. */
export function CompaniesPage() {
  const navigate = useNavigate();
  const [shown, setShown] = createSignal<'open' | 'archived'>('open');
  const [archiving, setArchiving] = createSignal<Company | null>(null);
  const companies = createView({
    query: CompaniesQuery,
    variables: () => ({ first: PAGE, filter: { statuses: shown() === 'open' ? ['ACTIVE' as const, 'PAUSED' as const] : ['ARCHIVED' as const] } }),
  });
  const list = () => companies.data?.companies.nodes ?? [];
  return (
    <main class="page companies">
      <TopBar
        mark={<BoardroomMark size={20} />}
        title="Companies"
        tabs={<Tabs label="Companies" tabs={[{ value: 'open', label: 'Open' }, { value: 'archived', label: 'Archived' }]} value={shown()} onValue={setShown} />}
        actions={
          <Button kind="primary" size="small" onClick={() => openCreate({ kind: 'company' })}>
            New company
          </Button>
        }
      />
      <div class="scroll">
        <Switch>
          <Match when={companies.loading}>
            <SkeletonRows rows={4} />
          </Match>
          <Match when={companies.error && !companies.data}>
            <ErrorState what="The companies did not load" error={companies.error} onRetry={companies.refetch} />
          </Match>
          <Match when={list().length === 0 && shown() === 'archived'}>
            <Empty icon="company" title="Nothing is archived">
              Archiving a company stops its agents and keeps all it did.
            </Empty>
          </Match>
          <Match when={list().length === 0}>
            <Empty
              icon="company"
              title="No company yet"
              actions={
                <Button kind="primary" onClick={() => navigate('/welcome')}>
                  Found the first one
                </Button>
              }
            >
              A company has a mission, agents who work for it, and issues that say what to do.
            </Empty>
          </Match>
          <Match when={list().length > 0}>
            <For each={list()}>{(company) => <CompanyRow company={company} onArchive={() => setArchiving(company)} />}</For>
          </Match>
        </Switch>
      </div>
      <Show when={creating()?.kind === 'company'}>
        <CreateCompanyDialog onClose={closeCreate} />
      </Show>
      <Show when={archiving()}>
        {(company) => (
          <ArchiveDialog
            company={company()}
            onClose={() => {
              setArchiving(null);
              companies.refetch();
            }}
          />
        )}
      </Show>
    </main>
  );
}

function CompanyRow(props: { company: Company; onArchive: () => void }) {
  const company = () => props.company;
  const agents = () => company().dashboard.agents;
  return (
    <div class="company-row row">
      <a class="company-link" href={paths.company(company().prefix)} aria-label={company().name} />
      <CompanyMark name={company().name} color={company().brandColor} size={28} />
      <span class="company-names">
        <span class="line">
          <span class="name cut">{company().name}</span>
          <span class="meta t3">{company().prefix}</span>
          <Show when={company().status !== 'ACTIVE'}>
            <Chip>{company().status === 'ARCHIVED' ? 'archived' : 'paused'}</Chip>
          </Show>
        </span>
        <span class="meta t3 cut">{company().description ?? 'No mission written down yet.'}</span>
      </span>
      <span class="company-fact meta t2 num">
        {plural(agents().total, 'agent')}
        <Show when={agents().running > 0}>
          <span class="accent">, {agents().running} live</span>
        </Show>
        <Show when={agents().error > 0}>
          <span class="bad">, {agents().error} in error</span>
        </Show>
      </span>
      <span class="company-fact meta t2 num">
        {company().issueCounts.open} open, {company().issueCounts.done} done
      </span>
      <span class="company-cost meta t2">
        <Money micros={company().dashboard.monthCost.costMicros} />
        <span class="t3"> this month</span>
      </span>
      <Ago at={company().createdAt} class="company-age meta t3" />
      <Show when={company().status !== 'ARCHIVED'}>
        <span class="company-menu">
          <Menu
            label={`Actions for ${company().name}`}
            placement="bottom-end"
            triggerClass="button ghost square small"
            trigger={<Icon name="more" />}
            groups={[[{ label: 'Archive', icon: 'trash', danger: true, onSelect: props.onArchive }]]}
          />
        </span>
      </Show>
    </div>
  );
}

function ArchiveDialog(props: { company: Company; onClose: () => void }) {
  const [sending, setSending] = createSignal(false);
  const archive = async () => {
    setSending(true);
    const outcome = await mutate(ArchiveCompany, { input: { companyId: props.company.id } });
    setSending(false);
    if (outcome.failure) toast.error(`${props.company.name} was not archived`, outcome.failure.message);
    else toast.show({ title: `${props.company.name} is archived`, icon: 'trash' });
    props.onClose();
  };
  const running = () => props.company.dashboard.agents.running;
  return (
    <Dialog
      open
      size="small"
      onClose={props.onClose}
      title={`Archive ${props.company.name}?`}
      description={`${running() > 0 ? `${plural(running(), 'live run')} will be cancelled. ` : ''}Its ${plural(props.company.dashboard.agents.total, 'agent')} stop, and nothing in it can change afterwards. All of it stays readable.`}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="danger-solid" pending={sending()} onClick={() => void archive()}>
            Archive company
          </Button>
        </>
      }
    />
  );
}
