import { graphql } from '../../graphql/generated/gql.ts';

/** One row of the log: who did what to what, and in which run. */
export const ActivityLine = graphql(`
  fragment ActivityLine on Activity {
    id
    cursor
    action
    at
    entityType
    entityId
    details
    actor {
      __typename
      ... on User {
        id
        name
      }
      ... on Agent {
        id
        name
        status
      }
      ... on System {
        name
      }
    }
    run {
      id
      number
    }
    issue {
      id
      identifier
      title
    }
    entity {
      __typename
      ... on Node {
        id
      }
      ... on Agent {
        id
        name
      }
      ... on Project {
        id
        name
      }
      ... on Goal {
        id
        title
      }
      ... on Label {
        id
        name
      }
      ... on Company {
        id
        name
      }
      ... on Run {
        id
        number
        agent {
          id
          name
        }
      }
      ... on Approval {
        id
        title
      }
      ... on ApprovalComment {
        id
        approval { id title }
      }
      ... on BreakerTrip {
        id
        agent { id name }
      }
      ... on AgentGrant {
        id
        agent { id name }
      }
      ... on AgentRevision {
        id
        agent { id name }
      }
      ... on Wakeup {
        id
        agent {
          id
          name
        }
      }
    }
  }
`);

export const ActivityQuery = graphql(`
  query Activity($prefix: String!, $first: Int!, $after: Cursor, $filter: ActivityFilter) {
    company(ref: $prefix) {
      id
      activity(first: $first, after: $after, filter: $filter) {
        nodes {
          ...ActivityLine
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** How far the log is sealed: the newest seal, and the place of its last row. */
export const ActivityHeadQuery = graphql(`
  query ActivityHead($prefix: String!) {
    company(ref: $prefix) {
      id
      activityHead {
        number
        hash
        sealedAt
        rowCount
        cursor
      }
    }
  }
`);
