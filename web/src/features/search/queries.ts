import { graphql } from '../../graphql/generated/gql.ts';

export const SearchQuery = graphql(`
  query Search($prefix: String!, $companyId: ID!, $text: String!) {
    search(companyId: $companyId, text: $text, first: 14) {
      nodes {
        kind
        issue {
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
        comment {
          id
        }
        documentId
        title {
          text
          isMatch
        }
        snippet {
          text
          isMatch
        }
      }
    }
    company(ref: $prefix) {
      id
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
