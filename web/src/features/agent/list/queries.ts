import { graphql } from '../../../graphql/generated/gql.ts';

export const AgentLine = graphql(`
  fragment AgentLine on Agent {
    id
    name
    role
    title
    status
    pauseReason
    errorMessage
    adapterType
    lastRunAt
    manager { id }
    currentRuns { id number startedAt issue { id identifier title } }
    cost(since: $since) { costMicros unpricedCount runCount }
  }
`);

export const AgentsQuery = graphql(`
  query Agents($prefix: String!, $since: DateTime!, $after: Cursor) {
    company(ref: $prefix) {
      id
      agents(first: 100, after: $after) {
        nodes { ...AgentLine }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
`);
