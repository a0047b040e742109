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
