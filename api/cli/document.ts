import { ask } from './ask.ts';
import { ApiError, UsageError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { DocumentFactsFragment } from './generated/graphql.ts';
import { columns, plain } from './print.ts';
import { issueRef, looksLikeIssue } from './refs.ts';
import type { Settings } from './settings.ts';

export const DocumentFacts = graphql(`
  fragment DocumentFacts on Document {
    id
    key
    title
    number
    isSystem
    lockedAt
    updatedAt
    latestRevision { id number changeSummary createdAt author { __typename ... on User { name } ... on Agent { name } ... on System { name } } }
    annotations { open resolved stale orphaned }
  }
`);
const DocumentOfIssueQuery = graphql(`
  query DocumentOfIssue($ref: String!, $key: String!) {
    issue(ref: $ref) { id identifier document(key: $key) { ...DocumentFacts body } }
  }
`);

/** `[ISSUE] KEY …`: the issue may be left out where the run has one. */
export function issueAndKey(settings: Settings, args: string[]): { ref: string; key: string; rest: string[] } {
  const named = args[0] !== undefined && looksLikeIssue(args[0]);
  const [key, ...rest] = named ? args.slice(1) : args;
  if (!key) throw new UsageError('say which document by its key, such as plan');
  return { ref: issueRef(settings, named ? args[0] : undefined), key, rest };
}

/** The issue, and its document of this key where there is one. */
export async function lookUp(settings: Settings, ref: string, key: string) {
  const { issue } = await ask(settings, DocumentOfIssueQuery, { ref, key });
  if (!issue) throw new ApiError('NOT_FOUND', `no issue ${ref}`);
  return issue;
}

/** The document of this key, which must be there. */
export async function documentOf(settings: Settings, ref: string, key: string) {
  const issue = await lookUp(settings, ref, key);
  if (!issue.document) throw new ApiError('NOT_FOUND', `${issue.identifier} has no document ${key}`);
  return { ...issue.document, issue: issue.identifier };
}

/** Documents, one a line. */
export function documentTable(documents: readonly DocumentFactsFragment[]): string {
  return columns(documents.map(({ key, number, lockedAt, annotations, title, updatedAt }) => [
    key, `r${number}`, updatedAt, lockedAt ? 'locked' : '-', threads(annotations), title ? plain(title) : '',
  ]));
}

export function threads({ open, stale, orphaned }: DocumentFactsFragment['annotations']): string {
  const doubtful = [stale > 0 ? `${stale} stale` : '', orphaned > 0 ? `${orphaned} orphaned` : ''].filter(Boolean).join(', ');
  return `${open} open${doubtful ? ` (${doubtful})` : ''}`;
}
