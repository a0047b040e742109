import { Show } from 'solid-js';
import { createView } from '../../graphql/view.ts';
import { aboutBudgets } from './about-budgets.ts';
import { BudgetLines } from './BudgetLines.tsx';
import { AgentBudgetsQuery, IssueBudgetsQuery } from './queries.ts';
import { StopBanner } from './StopBanner.tsx';

const issueView = (id: () => string) => createView({ query: IssueBudgetsQuery, variables: () => ({ id: id() }), concerns: aboutBudgets });
const agentView = (id: () => string) => createView({ query: AgentBudgetsQuery, variables: () => ({ id: id() }), concerns: aboutBudgets });

/** The budget that keeps an issue from being worked on, whosever it is. */
export function IssueStop(props: { id: string; disabled: boolean }) {
  const view = issueView(() => props.id);
  return <Show when={view.data?.issue?.budgetStop}>{(stop) => <StopBanner stop={stop()} disabled={props.disabled} class="issue-banner" onDone={view.refetch} />}</Show>;
}

export function IssueBudgets(props: { id: string; disabled: boolean }) {
  const view = issueView(() => props.id);
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
