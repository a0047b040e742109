import { graphql } from '../../../graphql/generated/gql.ts';

export const CreateProject = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      id
      name
      color
      status
    }
  }
`);
