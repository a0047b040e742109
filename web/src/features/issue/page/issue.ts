import type { IssuePageQuery } from '../../../graphql/generated/graphql.ts';

export type IssueDetail = NonNullable<IssuePageQuery['issue']>;
export type IssueRun = IssueDetail['runs']['nodes'][number];
export type IssueComment = IssueDetail['comments']['nodes'][number];
