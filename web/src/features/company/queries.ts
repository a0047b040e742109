import { graphql } from '../../graphql/generated/gql.ts';

export const CompaniesQuery = graphql(`
  query Companies($first: Int!, $after: Cursor, $filter: CompanyFilter) {
    companies(first: $first, after: $after, filter: $filter) {
      nodes {
        id
        name
        prefix
        description
        status
        brandColor
        createdAt
        issueCounts {
          open
          inProgress
          blocked
          done
        }
        dashboard {
          agents {
            total
            running
            error
          }
          monthCost {
            costMicros
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const FirstCompanyQuery = graphql(`
  query FirstCompany {
    companies(first: 20, filter: { statuses: [ACTIVE, PAUSED] }) {
      nodes {
        id
        prefix
      }
    }
  }
`);

export const ArchiveCompany = graphql(`
  mutation ArchiveCompany($input: ArchiveCompanyInput!) {
    archiveCompany(input: $input) {
      id
      status
      archivedAt
    }
  }
`);
