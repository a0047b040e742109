import './approval.css';
import { useSearchParams } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import type { ApprovalLineFragment } from '../../graphql/generated/graphql.ts';
import { about } from '../../graphql/live.ts';
import { createPages } from '../../graphql/pages.ts';
import { ActorMark } from '../../ui/ActorMark.tsx';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { DecisionGlyph } from '../../ui/DecisionGlyph.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { MoreList } from '../../ui/MoreList.tsx';
import { Row } from '../../ui/Row.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Ago } from '../../ui/Time.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { ApprovalsQuery } from './queries.ts';
import { RequestDialog } from './RequestDialog.tsx';
import { glyphOf, stateWords, toneOf, typeWords } from './words.ts';

/** What agents ask the board to approve: what waits, and what was decided. */
export function ApprovalsPage() {
  const company = useCompany();
  const [search, setSearch] = useSearchParams();
  const [asking, setAsking] = createSignal(false);
  const tab = () => (search['tab'] === 'all' ? 'all' : 'waiting');
  const pages = createPages({
    query: ApprovalsQuery,
    variables: () => ({ prefix: company.prefix, first: 50, filter: tab() === 'all' ? null : { statuses: ['PENDING' as const] } }),
    connection: (data) => data.company?.approvals,
    concerns: about('approval'),
  });
  return (
    <div class="page">
      <TopBar
        title="Approvals"
        tabs={
          <Tabs
            label="Approvals"
            value={tab()}
            onValue={(value) => setSearch({ tab: value === 'all' ? 'all' : null }, { replace: true })}
            tabs={[{ value: 'waiting', label: 'Waiting' }, { value: 'all', label: 'All' }]}
            controls="approvals"
          />
        }
        actions={
          <Button size="small" icon="plus" aria-label="New request" disabled={company.archived} onClick={() => setAsking(true)}>
            <span class="wide-only">New request</span>
            <span class="narrow-only">New</span>
          </Button>
        }
      />
      <div class="scroll" id="approvals" role="tabpanel" aria-label={tab() === 'all' ? 'All' : 'Waiting'}>
        <MoreList
          what="The approvals"
          pages={pages}
          empty={
            <Empty icon="tick" title={tab() === 'all' ? 'Nothing was asked yet' : 'Nothing waits for you'}>
              Hires, the strategy of a CEO, budgets that are used up, and whatever else an agent wants a word of the board on come here.
            </Empty>
          }
        >
          {(approval) => <ApprovalRow approval={approval} href={paths.approval(company.prefix, approval.id)} />}
        </MoreList>
      </div>
      <Show when={asking()}>
        <RequestDialog onClose={() => setAsking(false)} />
      </Show>
    </div>
  );
}

function ApprovalRow(props: { approval: ApprovalLineFragment; href: string }) {
  const it = () => props.approval;
  return (
    <Row href={props.href} class="approval-row">
      <DecisionGlyph state={glyphOf(it().approvalStatus)} />
      <span class="approval-type meta t3">{typeWords(it().type)}</span>
      <span class="name cut approval-name">{it().title}</span>
      <Show when={it().revision > 1}>
        <span class="meta t3 num approval-version">version {it().revision}</span>
      </Show>
      <span class="fill" />
      <Chip tone={toneOf(it().approvalStatus)}>{stateWords(it())}</Chip>
      <span class="approval-by meta t2">
        <ActorMark actor={it().requestedBy} size={18} />
        <span class="cut">{it().requestedBy.name}</span>
      </span>
      <Ago at={it().decidedAt ?? it().createdAt} class="meta t3 approval-age" />
    </Row>
  );
}
