import { graphql } from '../../../graphql/generated/gql.ts';

/** What an issue can be given to and filed under. */
export const IssueChoicesQuery = graphql(`
  query IssueChoices($prefix: String!) {
    company(ref: $prefix) {
      id
      agents(first: 100, filter: { statuses: [IDLE, RUNNING, ERROR, PAUSED] }) {
        nodes {
          id
          name
          status
          title
          role
        }
      }
      projects(first: 100) {
        nodes {
          id
          name
          color
        }
      }
      labels(first: 100) {
        nodes {
          id
          name
          color
        }
      }
    }
  }
`);

export const CreateIssue = graphql(`
  mutation CreateIssue($input: CreateIssueInput!) {
    createIssue(input: $input) {
      id
      identifier
      title
      status
      priority
    }
  }
`);

export const CreateLabel = graphql(`
  mutation CreateLabel($input: CreateLabelInput!) {
    createLabel(input: $input) {
      id
      name
      color
    }
  }
`);
