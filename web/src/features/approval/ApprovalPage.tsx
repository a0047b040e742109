import '../interaction/interaction.css';
import './approval.css';
import { A, useParams } from '@solidjs/router';
import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { NotFound } from '../../app/NotFound.tsx';
import type { ApprovalDetailFragment } from '../../graphql/generated/graphql.ts';
import { about } from '../../graphql/live.ts';
import { createView } from '../../graphql/view.ts';
import { ActorMark } from '../../ui/ActorMark.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { DecisionGlyph } from '../../ui/DecisionGlyph.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { Section } from '../../ui/Panel.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Ago } from '../../ui/Time.tsx';
import { TopBar } from '../../ui/TopBar.tsx';
import { ApprovalComments } from './ApprovalComments.tsx';
import { BudgetFacts } from './BudgetFacts.tsx';
import { Decision } from './Decision.tsx';
import { HireFacts } from './HireFacts.tsx';
import { ApprovalQuery } from './queries.ts';
import { Resubmit } from './Resubmit.tsx';
import { Versions } from './Versions.tsx';
import { asksWords, bodyWords, glyphOf, resultWords, stateWords, toneOf, typeWords } from './words.ts';

/** One thing that the board is asked: what exactly, who asks, what was said on it, and the decision. */
export function ApprovalPage() {
  const params = useParams();
  const company = useCompany();
  const id = () => params['id'] ?? '';
  const view = createView({ query: ApprovalQuery, variables: () => ({ id: id() }), concerns: about('approval', 'approvalComment', 'agent', 'budget') });
  return (
    <div class="page">
      <Switch
        fallback={
          <>
            <TopBar title="Approval" back={paths.approvals(company.prefix)} />
            <SkeletonRows rows={6} />
          </>
        }
      >
        <Match when={view.data && (!view.data.approval || view.data.approval.company.prefix !== company.prefix)}>
          <NotFound what="There is no such approval" href={paths.approvals(company.prefix)} way="All approvals" />
        </Match>
        <Match when={view.data?.approval}>{(approval) => <Detail approval={approval()} disabled={company.archived} onChange={view.refetch} />}</Match>
        <Match when={view.error}>
          <TopBar title="Approval" back={paths.approvals(company.prefix)} />
          <ErrorState what="The approval did not load" error={view.error} onRetry={view.refetch} />
        </Match>
      </Switch>
    </div>
  );
}

function Detail(props: { approval: ApprovalDetailFragment; disabled: boolean; onChange: () => void }) {
  const company = useCompany();
  const it = () => props.approval;
  const [revising, setRevising] = createSignal(false);
  const isOpen = () => it().approvalStatus === 'PENDING' || it().approvalStatus === 'REVISION_REQUESTED';
  return (
    <>
      <TopBar
        title={it().title}
        back={paths.approvals(company.prefix)}
        crumbs={[{ label: 'Approvals', href: paths.approvals(company.prefix) }]}
        actions={<Chip tone={toneOf(it().approvalStatus)}>{stateWords(it())}</Chip>}
      />
      <div class="scroll">
        <article class="approval">
          <p class="approval-from meta t2">
            <ActorMark actor={it().requestedBy} size={20} />
            <span>
              <Requester approval={it()} /> {asksWords(it().requestedBy)}
              <Show when={it().run}>
                {(run) => (
                  <>
                    {' '}
                    in{' '}
                    <A class="link" href={paths.run(company.prefix, run().number)}>
                      run {run().number}
                    </A>
                  </>
                )}
              </Show>
              <Show when={it().revision > 1}>
                <span class="t3">. Version {it().revision}</span>
              </Show>
            </span>
            <Ago at={it().createdAt} class="t3" />
          </p>
          <section class="asked" classList={{ over: it().approvalStatus !== 'PENDING' }} aria-label={typeWords(it().type)}>
            <header>
              <DecisionGlyph state={glyphOf(it().approvalStatus)} />
              <b>{typeWords(it().type)}</b>
              <span class="fill" />
              <Show when={it().decidedAt}>{(at) => <Ago at={at()} class="meta t3" />}</Show>
            </header>
            <Show
              when={!revising()}
              fallback={
                <Resubmit
                  approval={it()}
                  disabled={props.disabled}
                  onBack={() => setRevising(false)}
                  onDone={() => {
                    setRevising(false);
                    props.onChange();
                  }}
                />
              }
            >
              <Show when={it().approvalStatus !== 'PENDING'}>
                <Result approval={it()} />
              </Show>
              <div class="asked-body">
                <h2 class="approval-title">{it().title}</h2>
                <Show when={it().type === 'HIRE_AGENT' && it().agent}>{(agent) => <HireFacts agent={agent()} budget={it().hireBudget} prefix={company.prefix} />}</Show>
                <Show when={it().incident}>{(incident) => <BudgetFacts incident={incident()} raisedTo={it().budgetAmount} />}</Show>
                <Show when={bodyWords(it())}>{(body) => <Markdown text={body()} prefix={company.prefix} class="approval-body" />}</Show>
              </div>
              <Show when={isOpen()}>
                <Decision approval={it()} disabled={props.disabled} onChange={props.onChange} onRevise={() => setRevising(true)} />
              </Show>
            </Show>
          </section>
          <Show when={it().issues.nodes.length > 0}>
            <Section title="About" note={it().issues.nodes.length}>
              <For each={it().issues.nodes}>
                {(issue) => (
                  <A class="mention" href={paths.issue(issue.identifier)}>
                    <IssueGlyph status={issue.issueStatus} />
                    <span class="t3 num">{issue.identifier}</span>
                    <span class="cut">{issue.title}</span>
                  </A>
                )}
              </For>
            </Section>
          </Show>
          <Show when={it().revision > 1}>
            <Versions approval={it()} />
          </Show>
          <ApprovalComments approval={it()} disabled={props.disabled} onChange={props.onChange} />
        </article>
      </div>
    </>
  );
}

function Requester(props: { approval: ApprovalDetailFragment }) {
  const company = useCompany();
  const agent = () => (props.approval.requestedBy.__typename === 'Agent' ? props.approval.requestedBy : undefined);
  return (
    <Show when={agent()} fallback={<b>{props.approval.requestedBy.name}</b>}>
      {(it) => (
        <A class="link" href={paths.agent(company.prefix, it().id)}>
          {it().name}
        </A>
      )}
    </Show>
  );
}

/** How it ended, and the way to what came of it. */
function Result(props: { approval: ApprovalDetailFragment }) {
  const company = useCompany();
  const it = () => props.approval;
  const hired = () => (it().type === 'HIRE_AGENT' && it().approvalStatus === 'APPROVED' ? it().agent : undefined);
  return (
    <div class="approval-result" data-tone={toneOf(it().approvalStatus)} role="status">
      <p>
        <b>{resultWords(it())}</b> <Show when={it().decisionNote}>{(note) => <span class="approval-note">{note()}</span>}</Show>
      </p>
      <Show when={hired()}>
        {(agent) => (
          <A class="button plain small" href={paths.agent(company.prefix, agent().id)}>
            Open {agent().name}
          </A>
        )}
      </Show>
    </div>
  );
}
