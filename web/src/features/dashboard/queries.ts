import { graphql } from '../../graphql/generated/gql.ts';

export const FiguresQuery = graphql(`
  query Figures($prefix: String!) {
    company(ref: $prefix) {
      id
      dashboard {
        agents {
          total
          idle
          running
          error
          paused
        }
        issues {
          total
          open
          backlog
          todo
          inProgress
          inReview
          blocked
          done
        }
        issuesByPriority {
          critical
          high
          medium
          low
        }
        runsByDay(days: 14) {
          date
          succeeded
          failed
          other
        }
        successRate
        monthCost {
          costMicros
          imputedMicros
          unpricedCount
          unimputedCount
          runCount
          inputTokens
          outputTokens
        }
      }
    }
  }
`);

export const LiveRunsQuery = graphql(`
  query LiveRuns($prefix: String!) {
    company(ref: $prefix) {
      id
      dashboard {
        liveRuns(first: 6) {
          id
          number
          status
          startedAt
          queuedAt
          costMicros
          model
          adapterType
          usage {
            inputTokens
            outputTokens
          }
          logTail(lines: 3)
          agent {
            id
            name
            status
          }
          issue {
            id
            identifier
            title
          }
          transcript(first: 80) {
            nodes {
              seq
              kind
              tool
            }
          }
        }
      }
    }
  }
`);

/** What waits for a person: agents that a breaker paused, failures, work handed in, and issues that nothing moves. A trip stays open on an agent that is gone: a few more are asked for. */
export const NeedsYouQuery = graphql(`
  query NeedsYou($prefix: String!) {
    company(ref: $prefix) {
      id
      dashboard {
        failedRuns(first: 5) {
          id
          number
          status
          finishedAt
          error {
            code
            message
            remedy
          }
          agent {
            id
            name
            status
          }
          issue {
            id
            identifier
            title
            status
          }
        }
      }
      breakers(first: 20, filter: { open: true }) {
        nodes {
          id
          message
          agent {
            id
            name
            status
          }
        }
      }
      review: issues(first: 10, filter: { statuses: [IN_REVIEW] }, orderBy: { field: PRIORITY, direction: ASC }) {
        nodes {
          id
          identifier
          title
          status
          priority
          nextStep {
            text
            stalled
          }
        }
      }
      waiting: issues(first: 30, filter: { statuses: [BLOCKED, IN_PROGRESS, TODO] }, orderBy: { field: PRIORITY, direction: ASC }) {
        nodes {
          id
          identifier
          title
          status
          priority
          assignee {
            id
          }
          nextStep {
            text
            stalled
          }
          liveness {
            mover
            interactionId
            recoveryId
          }
        }
      }
    }
  }
`);

export const MovedQuery = graphql(`
  query Moved($prefix: String!) {
    company(ref: $prefix) {
      id
      issues(first: 6, orderBy: { field: UPDATED_AT, direction: DESC }) {
        nodes {
          id
          identifier
          title
          status
          updatedAt
          nextStep {
            text
            stalled
          }
        }
      }
    }
  }
`);
