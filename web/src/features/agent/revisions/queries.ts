import { graphql } from '../../../graphql/generated/gql.ts';

export const AgentRevisionsQuery = graphql(`
  query AgentRevisions($id: ID!, $first: Int!, $after: Cursor) {
    agent(id: $id) {
      id
      revisions(first: $first, after: $after) {
        nodes {
          id
          number
          source
          createdAt
          createdBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
          run { id number }
          rolledBackTo { id number }
          changes { name before after }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const RollbackAgentConfig = graphql(`
  mutation RollbackAgentConfig($input: RollbackAgentConfigInput!) {
    rollbackAgentConfig(input: $input) {
      ...AgentSettings
    }
  }
`);
