import { Show } from 'solid-js';
import type { IssueBudgetsQuery as IssueBudgetsData } from '../../graphql/generated/graphql.ts';
import { createView, type View } from '../../graphql/view.ts';
import { aboutBudgets } from './about-budgets.ts';
import { BudgetLines } from './BudgetLines.tsx';
import { AgentBudgetsQuery, IssueBudgetsQuery } from './queries.ts';
import { StopBanner } from './StopBanner.tsx';

/** What may stop an issue, for all of its page that gives way to it. */
export const issueBudgetsView = (id: () => string) => createView({ query: IssueBudgetsQuery, variables: () => ({ id: id() }), concerns: aboutBudgets });
const agentView = (id: () => string) => createView({ query: AgentBudgetsQuery, variables: () => ({ id: id() }), concerns: aboutBudgets });

/** The budget that keeps an issue from being worked on, whosever it is. */
export function IssueStop(props: { view: View<IssueBudgetsData>; disabled: boolean }) {
  return <Show when={props.view.data?.issue?.budgetStop}>{(stop) => <StopBanner stop={stop()} disabled={props.disabled} class="issue-banner" onDone={props.view.refetch} />}</Show>;
}

export function IssueBudgets(props: { id: string; disabled: boolean }) {
  const view = issueBudgetsView(() => props.id);
  return <Show when={view.data?.issue}>{(issue) => <BudgetLines budgets={issue().budgets.nodes} scope="ISSUE_SUBTREE" subjectId={issue().id} disabled={props.disabled} onDone={view.refetch} />}</Show>;
}

/** The budget that gives an agent no runs, its own or the company's. */
export function AgentStop(props: { id: string; disabled: boolean }) {
  const view = agentView(() => props.id);
  return <Show when={view.data?.agent?.budgetStop}>{(stop) => <StopBanner stop={stop()} disabled={props.disabled} class="agent-error" onDone={view.refetch} />}</Show>;
}

export function AgentBudgets(props: { id: string; disabled: boolean }) {
  const view = agentView(() => props.id);
  return <Show when={view.data?.agent}>{(agent) => <BudgetLines budgets={agent().budgets.nodes} scope="AGENT" subjectId={agent().id} disabled={props.disabled} onDone={view.refetch} />}</Show>;
}
