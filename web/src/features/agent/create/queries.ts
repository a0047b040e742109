import { graphql } from '../../../graphql/generated/gql.ts';

/** Which programs can run an agent here, and who may be its manager. */
export const AgentChoicesQuery = graphql(`
  query AgentChoices($prefix: String!) {
    adapters {
      type
      label
      description
      configSchema
      supportsModels
      models {
        id
        label
      }
    }
    company(ref: $prefix) {
      id
      agents(first: 100, filter: { statuses: [IDLE, RUNNING, ERROR, PAUSED] }) {
        nodes {
          id
          name
          title
          role
          status
        }
      }
    }
  }
`);

export const CreateAgent = graphql(`
  mutation CreateAgent($input: CreateAgentInput!) {
    createAgent(input: $input) {
      id
      name
      status
      role
      title
    }
  }
`);

export const TestAgent = graphql(`
  mutation TestAgent($input: TestAgentInput!) {
    testAgent(input: $input) {
      ok
      checks {
        name
        outcome
        message
        hint
      }
    }
  }
`);
