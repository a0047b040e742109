import { graphql } from '../graphql/generated/gql.ts';

/** All that the frame around every page of a company shows, and where its events begin. */
export const FrameQuery = graphql(`
  query Frame($prefix: String!) {
    company(ref: $prefix) {
      id
      name
      prefix
      status
      brandColor
      issueCounts {
        open
      }
      agents(first: 50, filter: { statuses: [IDLE, RUNNING, PAUSED, ERROR, PENDING_APPROVAL] }) {
        nodes {
          id
          name
          status
          pauseReason
          errorMessage
          currentRuns {
            id
            startedAt
          }
        }
        totalCount
      }
      projects(first: 30) {
        nodes {
          id
          name
          color
        }
      }
      approvals(first: 1, filter: { statuses: [PENDING] }) {
        totalCount
      }
      activity(first: 1) {
        nodes {
          id
          cursor
        }
      }
    }
    viewer {
      kind
      user {
        id
        name
      }
      version
    }
  }
`);

export const SwitcherQuery = graphql(`
  query Switcher {
    companies(first: 50, filter: { statuses: [ACTIVE, PAUSED] }) {
      nodes {
        id
        name
        prefix
        brandColor
      }
    }
  }
`);
