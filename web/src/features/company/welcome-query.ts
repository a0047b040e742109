import { graphql } from '../../graphql/generated/gql.ts';

export const WelcomeQuery = graphql(`
  query Welcome($prefix: String!) {
    company(ref: $prefix) {
      id
      name
      prefix
      brandColor
      agents(first: 1) {
        nodes {
          id
          name
          status
        }
      }
    }
  }
`);
