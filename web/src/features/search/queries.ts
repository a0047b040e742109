import { graphql } from '../../graphql/generated/gql.ts';

export const SearchQuery = graphql(`
  query Search($prefix: String!, $text: String!) {
    company(ref: $prefix) {
      id
      issues(first: 8, filter: { text: $text }, orderBy: { field: UPDATED_AT, direction: DESC }) {
        nodes {
          id
          identifier
          title
          status
          assignee {
            id
            name
            status
          }
        }
      }
      agents(first: 5, filter: { text: $text }) {
        nodes {
          id
          name
          status
          title
          role
        }
      }
    }
  }
`);
