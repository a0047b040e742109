import { graphql } from '../../../graphql/generated/gql.ts';

/** What one line of a list or one card of the board shows. */
export const IssueLine = graphql(`
  fragment IssueLine on Issue {
    id
    identifier
    title
    status
    priority
    updatedAt
    assignee {
      id
      name
      status
    }
    assigneeUser {
      id
      name
    }
    project {
      id
      name
      color
    }
    labels {
      id
      name
      color
    }
    nextStep {
      text
      stalled
    }
    liveRuns {
      id
      status
      startedAt
    }
    cost {
      costMicros
    }
  }
`);

/** The issues of one state: a group of the list, a column of the board. */
export const IssueGroupQuery = graphql(`
  query IssueGroup($prefix: String!, $filter: IssueFilter!, $orderBy: IssueOrder!, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      issues(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        nodes {
          ...IssueLine
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** How many there are in each state under the same filter. */
export const IssueTotalsQuery = graphql(`
  query IssueTotals($prefix: String!, $filter: IssueFilter!) {
    company(ref: $prefix) {
      id
      issueCounts(filter: $filter) {
        total
        open
        backlog
        todo
        inProgress
        inReview
        blocked
        done
        cancelled
      }
    }
  }
`);
