import type { IssuePageQuery, IssueWorkQuery } from '../../../graphql/generated/graphql.ts';

export type IssueDetail = NonNullable<IssuePageQuery['issue']>;
/** What comes after the page itself. */
export type IssueWork = NonNullable<IssueWorkQuery['issue']>;
export type IssueRun = IssueDetail['runs']['nodes'][number];
export type IssueComment = IssueDetail['comments']['nodes'][number];

/** What the page may be asking at the moment. */
export type Asking = 'release' | 'stop' | 'properties' | 'cancel' | 'checkout' | 'hold' | 'letGo' | { document: string } | 'newDocument';

export const isFinished = ({ status }: Pick<IssueDetail, 'status'>): boolean => status === 'DONE' || status === 'CANCELLED';

/** The run at work on it, or else the one that waits. */
export function liveRun(issue: Pick<IssueDetail, 'liveRuns'>): IssueDetail['liveRuns'][number] | undefined {
  return issue.liveRuns.find((run) => run.status === 'RUNNING') ?? issue.liveRuns[0];
}

/**
 * Whether a banner says already what the line of what is next would say: a hold's, a recovery's or a budget's. `stop` is the
 * sentence of the budget's, null where there is none, undefined as long as nobody knows.
 */
export function isToldByBanner({ liveness, hold, recovery }: { liveness: Pick<IssueDetail['liveness'], 'state' | 'text'>; hold?: unknown; recovery?: unknown }, stop: string | null | undefined): boolean {
  if (liveness.state === 'HELD') return Boolean(hold);
  if (liveness.state === 'RECOVERY') return Boolean(recovery);
  // In a review the banner is about the assignee and the line about the reviewer: two budgets, two sentences.
  return liveness.state === 'BUDGET_STOPPED' && (stop === undefined || stop === liveness.text);
}
