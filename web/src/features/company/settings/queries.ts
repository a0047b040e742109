import { graphql } from '../../../graphql/generated/gql.ts';

export const CompanySettings = graphql(`
  fragment CompanySettings on Company {
    id
    name
    prefix
    description
    brandColor
    hiresNeedApproval
    strategyApprovedAt
    companyStatus: status
  }
`);

export const CompanySettingsQuery = graphql(`
  query CompanySettings($prefix: String!) {
    company(ref: $prefix) { ...CompanySettings }
  }
`);

export const UpdateCompany = graphql(`
  mutation UpdateCompany($input: UpdateCompanyInput!) {
    updateCompany(input: $input) { ...CompanySettings }
  }
`);
