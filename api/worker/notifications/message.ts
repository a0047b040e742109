import type { ClaimedDelivery } from '../../../schema/notification/commands/claim-deliveries.ts';

type Told = Pick<ClaimedDelivery, 'id' | 'event' | 'subject' | 'payload' | 'createdAt' | 'companyId' | 'companyName' | 'companyPrefix'>;

/** The body of a webhook: the same bytes at every attempt, so that a receiver may know it by its id or by its hash. */
export function bodyOf(delivery: Told, boardUrl: string): string {
  const { id, event, subject, payload, createdAt, companyId, companyName } = delivery;
  return JSON.stringify({ id, event, at: createdAt.toISOString(), company: { id: companyId, name: companyName }, subject, url: pageOf(delivery, boardUrl), data: payload });
}

/** Where to look on the board: at what is to be decided, the run, the agent or the budgets that it is about, else at the company. */
function pageOf({ payload: { approvalId, runId, agentId, budgetId }, companyPrefix }: Told, boardUrl: string): string {
  const pages = [[approvalId, `/approvals/${approvalId}`], [runId, `/runs/${runId}`], [agentId, `/agents/${agentId}`], [budgetId, '/costs?view=budgets']] as const;
  const page = pages.find(([id]) => typeof id === 'string')?.[1] ?? '';
  return `${boardUrl}/${companyPrefix}${page}`;
}

const EVENTS: Record<ClaimedDelivery['event'], { head: string; sentence: (company: string) => string }> = {
  APPROVAL_WAITING: { head: 'Decision wanted', sentence: (company) => `Something waits for the decision of the board of ${company}.` },
  BUDGET_WARNING: { head: 'Budget warning', sentence: (company) => `A budget of ${company} has reached its warning.` },
  BUDGET_STOPPED: { head: 'Budget used up', sentence: (company) => `A budget of ${company} is used up, and has stopped what it covers.` },
  BREAKER_TRIPPED: { head: 'Circuit breaker', sentence: (company) => `A circuit breaker of ${company} has paused an agent.` },
  RUN_FAILED: { head: 'Run failed', sentence: (company) => `A run of ${company} failed, and nothing tries it again.` },
  TEST: { head: 'Test', sentence: (company) => `This is a test of the notifications of ${company}.` },
};

/** A message as mail. */
export function mailOf(delivery: Told, boardUrl: string): { subject: string; text: string } {
  const { id, event, companyName } = delivery;
  const { title, ...rest } = delivery.payload;
  const { head, sentence } = EVENTS[event];
  const facts = Object.entries(rest).flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [`${labelOf(name)}: ${shown(value)}`]));
  const parts = [sentence(companyName), title === undefined ? '' : shown(title), facts.join('\n'), pageOf(delivery, boardUrl), `Boardroom, message ${id}`];
  return { subject: oneLine(`[${companyName}] ${head}${title === undefined ? '' : `: ${shown(title)}`}`), text: `${parts.filter(Boolean).join('\n\n')}\n` };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `windowStart` reads “Window start”. */
function labelOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
