import { graphql } from '../../graphql/generated/gql.ts';

export const AgentAccess = graphql(`
  fragment AgentAccess on Agent {
    id
    name
    role
    permissions
    grants(first: 20) {
      nodes {
        id
        permission
        createdAt
        grantedBy { __typename ... on User { id name } ... on Agent { id name } ... on System { name } }
        scope { managedSubtree agents { id name } projects { id name color } }
      }
    }
  }
`);

export const AgentAccessQuery = graphql(`
  query AgentAccess($id: ID!) {
    agent(id: $id) { ...AgentAccess }
  }
`);

/** Within what an agent can be let assign. */
export const ScopeChoicesQuery = graphql(`
  query ScopeChoices($prefix: String!) {
    company(ref: $prefix) {
      id
      agents(first: 100, filter: { statuses: [IDLE, RUNNING, ERROR, PAUSED] }) { nodes { id name status } }
      projects(first: 100) { nodes { id name color } }
    }
  }
`);

export const SetGrant = graphql(`
  mutation SetGrant($input: SetGrantInput!) {
    setGrant(input: $input) { ...AgentAccess }
  }
`);
