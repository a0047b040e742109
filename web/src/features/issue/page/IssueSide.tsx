import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { paths, useCompany } from '../../../app/company.ts';
import { clock, isZero, money, moment } from '../../../ui/format.ts';
import { Properties, Property } from '../../../ui/Properties.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import { Ago, Elapsed } from '../../../ui/Time.tsx';
import { wakeInWords } from '../../run/run.ts';
import { IssueBudgets } from '../../budget/Beside.tsx';
import { BothCosts } from '../../cost/BothCosts.tsx';
import { Attachments } from '../../attachment/Attachments.tsx';
import { Documents } from '../../document/Documents.tsx';
import type { Asking, IssueDetail, IssueWork } from './issue.ts';
import { IssueProperties } from './IssueProperties.tsx';
import { IssueRelations } from './IssueRelations.tsx';
import { IssueWorkSide } from './IssueWorkSide.tsx';

const RUNS_SHOWN = 8;

export interface SideProps {
  issue: IssueDetail;
  /** Comes a moment after the issue. */
  work: IssueWork | undefined;
  disabled: boolean;
  onAsk: (what: Asking) => void;
  /** Files were added or removed. */
  onWork: () => void;
}

/** All there is beside an issue's text and thread. */
export function IssueSide(props: SideProps) {
  const company = useCompany();
  const issue = () => props.issue;
  return (
    <>
      <IssueProperties issue={issue()} disabled={props.disabled} onForceRelease={() => props.onAsk('release')} />
      <IssueRelations issue={issue()} disabled={props.disabled} />
      <Documents documents={issue().documents.nodes} disabled={props.disabled} onOpen={(document) => props.onAsk({ document })} onNew={() => props.onAsk('newDocument')} />
      <Show when={props.work}>
        {(work) => (
          <>
            <Attachments issueId={issue().id} files={work().attachments.nodes} more={work().attachments.pageInfo.hasNextPage} disabled={props.disabled} onChange={() => props.onWork()} />
            <IssueWorkSide issue={issue()} work={work()} disabled={props.disabled} />
          </>
        )}
      </Show>
      <h3>Cost</h3>
      <Properties>
        <Property name="This issue">
          <BothCosts cost={issue().cost} />
        </Property>
        <Show when={issue().childCounts.total > 0}>
          <Property name="With subtree">
            <BothCosts cost={issue().subtreeCost} />
          </Property>
        </Show>
      </Properties>
      <IssueBudgets id={issue().id} disabled={props.disabled} />

      <Show when={issue().runs.nodes.length > 0}>
        <h3>
          Runs{' '}
          <span class="t3 num">
            {issue().runs.nodes.length}
            {issue().runs.pageInfo.hasNextPage ? '+' : ''}
          </span>
        </h3>
        <For each={issue().runs.nodes.slice(0, RUNS_SHOWN)}>
          {(run) => (
            <A class="mention" href={paths.run(company.prefix, run.number)}>
              <RunGlyph status={run.status} />
              <span class="cut">{wakeInWords(run.source, run.reason)}</span>
              <span class="mention-end num meta t3">
                <Show when={run.startedAt} fallback="waiting">
                  {(at) => (
                    <Show when={run.finishedAt} fallback={<Elapsed since={at()} class="accent" />}>
                      {(end) => clock(Date.parse(end()) - Date.parse(at()))}
                    </Show>
                  )}
                </Show>
                {isZero(run.cost.costMicros) ? '' : ` · ${money(run.cost.costMicros)}`}
              </span>
            </A>
          )}
        </For>
      </Show>

      <h3>Dates</h3>
      <Properties>
        <Property name="Filed">
          <span title={moment(issue().createdAt)}>
            <Ago at={issue().createdAt} /> <span class="t3">by {issue().createdBy.name}</span>
          </span>
        </Property>
        <Show when={issue().startedAt}>
          {(at) => (
            <Property name="Started">
              <Ago at={at()} />
            </Property>
          )}
        </Show>
        <Show when={issue().completedAt ?? issue().cancelledAt}>
          {(at) => (
            <Property name={issue().completedAt ? 'Done' : 'Cancelled'}>
              <Ago at={at()} />
            </Property>
          )}
        </Show>
      </Properties>
    </>
  );
}
