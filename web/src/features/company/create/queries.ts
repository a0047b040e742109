import { graphql } from '../../../graphql/generated/gql.ts';

export const CreateCompany = graphql(`
  mutation CreateCompany($input: CreateCompanyInput!) {
    createCompany(input: $input) {
      id
      name
      prefix
      status
    }
  }
`);
