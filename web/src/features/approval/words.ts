import type { ApprovalLineFragment, ApprovalStatus, ApprovalType, BudgetMetric, BudgetWindow } from '../../graphql/generated/graphql.ts';
import type { DecisionState } from '../../ui/DecisionGlyph.tsx';
import type { Tone } from '../../ui/Chip.tsx';
import { quantity } from '../budget/amount.ts';
import { metricWords, windowWords } from '../budget/words.ts';

const types: Record<ApprovalType, string> = { HIRE_AGENT: 'Hire', CEO_STRATEGY: 'Strategy', BUDGET_OVERRIDE: 'Budget', BOARD_REQUEST: 'Request' };
export const typeWords = (type: ApprovalType): string => types[type];

const glyphs: Record<ApprovalStatus, DecisionState> = { PENDING: 'PENDING', APPROVED: 'ACCEPTED', REJECTED: 'REJECTED', REVISION_REQUESTED: 'REVISION', CANCELLED: 'EXPIRED' };
export const glyphOf = (status: ApprovalStatus): DecisionState => glyphs[status];

const states: Record<ApprovalStatus, string> = { PENDING: 'waits for you', APPROVED: 'approved', REJECTED: 'rejected', REVISION_REQUESTED: 'to be revised', CANCELLED: 'withdrawn' };
export const stateWords = ({ type, approvalStatus }: Pick<ApprovalLineFragment, 'type' | 'approvalStatus'>): string =>
  type === 'BUDGET_OVERRIDE' ? ({ ...states, APPROVED: 'raised', REJECTED: 'kept paused', CANCELLED: 'settled' })[approvalStatus] : states[approvalStatus];

const tones: Record<ApprovalStatus, Tone> = { PENDING: 'ask', APPROVED: 'ok', REJECTED: 'bad', REVISION_REQUESTED: 'warn', CANCELLED: 'plain' };
export const toneOf = (status: ApprovalStatus): Tone => tones[status];

/** How much and over what time, as a rule: "$40.00 billed a month". */
export function allowanceWords(budget: { metric: BudgetMetric; window: BudgetWindow; windowHours?: number | null | undefined }, amount: string): string {
  const kind = budget.metric === 'BILLED_COST' || budget.metric === 'IMPUTED_COST' ? ` ${metricWords[budget.metric]}` : '';
  return `${quantity(budget.metric, amount)}${kind} ${budget.window === 'MONTH' ? 'a month' : windowWords(budget)}`;
}

/** The button that says yes, named by what it does. */
export function yesWords({ type, agent }: { type: ApprovalType; agent?: { name: string } | null | undefined }): string {
  if (type === 'HIRE_AGENT') return agent ? `Hire ${agent.name}` : 'Hire';
  if (type === 'BUDGET_OVERRIDE') return 'Raise and resume';
  return type === 'CEO_STRATEGY' ? 'Approve strategy' : 'Approve';
}

export const noWords = (type: ApprovalType): string => (type === 'BUDGET_OVERRIDE' ? 'Keep paused' : 'Reject');

/** What follows from a yes, before it is given. */
export function effectWords({ type, agent, requestedBy }: { type: ApprovalType; agent?: { name: string } | null | undefined; requestedBy: { __typename?: string | undefined; name: string } }): string {
  switch (type) {
    case 'HIRE_AGENT':
      return `${agent?.name ?? 'The agent'} may work at once, and ${requestedBy.name} is told.`;
    case 'CEO_STRATEGY':
      return `${requestedBy.name} is told, and may set work in motion.`;
    case 'BUDGET_OVERRIDE':
      return 'What the budget stopped goes on at once.';
    case 'BOARD_REQUEST':
      return requestedBy.__typename === 'User' ? 'Nothing follows by itself.' : `${requestedBy.name} is told. Nothing else follows by itself.`;
  }
}

/** Whoever asks: people are the board, and do not ask it as if they were not. */
export const asksWords = (who: { __typename?: string | undefined }): string => (who.__typename === 'User' ? 'asks for a decision' : 'asks the board');

/** What is asked for, at length. Of a budget that was decided about only what happened: what there was to do about it is done. */
export function bodyWords({ type, approvalStatus, body }: Pick<ApprovalLineFragment, 'type' | 'approvalStatus'> & { body?: string | null | undefined }): string | null {
  if (type !== 'BUDGET_OVERRIDE' || approvalStatus === 'PENDING') return body ?? null;
  return body?.split('\n\n')[0] ?? null;
}

/** How it ended, in a sentence without the end's time: "Board hired Quill". */
export function resultWords(approval: Pick<ApprovalLineFragment, 'type' | 'approvalStatus' | 'decidedBy' | 'agent' | 'requestedBy'>): string {
  const { type, approvalStatus: status, agent } = approval;
  const who = approval.decidedBy?.name ?? 'Boardroom';
  if (status === 'REVISION_REQUESTED') return `The board asked for another version. It waits for ${approval.requestedBy.name}.`;
  if (status === 'CANCELLED') return type === 'BUDGET_OVERRIDE' ? `${who} settled it otherwise.` : `${who} withdrew it.`;
  const yes = status === 'APPROVED';
  if (type === 'HIRE_AGENT') return yes ? `${who} hired ${agent?.name ?? 'the agent'}.` : `${who} did not hire ${agent?.name ?? 'the agent'}.`;
  if (type === 'BUDGET_OVERRIDE') return yes ? `${who} raised the budget, and work went on.` : `${who} kept it paused.`;
  return `${who} ${yes ? 'approved' : 'rejected'} it.`;
}
