import { graphql } from '../../graphql/generated/gql.ts';

export const ApprovalLine = graphql(`
  fragment ApprovalLine on Approval {
    id
    type
    approvalStatus: status
    title
    revision
    createdAt
    updatedAt
    decidedAt
    requestedBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
    decidedBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
    agent { id name status }
  }
`);

export const ApprovalsQuery = graphql(`
  query Approvals($prefix: String!, $first: Int!, $after: Cursor, $filter: ApprovalFilter) {
    company(ref: $prefix) {
      id
      approvals(first: $first, after: $after, filter: $filter) {
        nodes { ...ApprovalLine }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const ApprovalDetail = graphql(`
  fragment ApprovalDetail on Approval {
    ...ApprovalLine
    body
    decisionNote
    budgetAmount
    company { id prefix }
    run { id number }
    hireBudget { metric amount window windowHours }
    agent {
      id
      name
      status
      role
      title
      capabilities
      adapterType
      adapterConfig
      maxConcurrentRuns
      heartbeat { enabled intervalSec }
      manager { id name status }
    }
    incident {
      id
      status
      limit
      observed
      budget { id scope metric window windowHours amount used warnPercent hardStop subject { ...BudgetSubjectName } }
    }
    issues(first: 50) { nodes { id identifier title issueStatus: status } }
    comments(first: 100) {
      nodes { id body createdAt run { id number } author { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } } }
      pageInfo { hasNextPage }
    }
  }
`);

export const ApprovalQuery = graphql(`
  query Approval($id: ID!) {
    approval(id: $id) { ...ApprovalDetail }
  }
`);

export const RequestApproval = graphql(`
  mutation RequestApproval($input: RequestApprovalInput!) {
    requestApproval(input: $input) { ...ApprovalDetail }
  }
`);

export const DecideApproval = graphql(`
  mutation DecideApproval($input: DecideApprovalInput!) {
    decideApproval(input: $input) {
      __typename
      ... on Approval { ...ApprovalDetail }
      ... on ApprovalDecided { message approval { ...ApprovalDetail } }
      ... on ApprovalChanged { message approval { ...ApprovalDetail } }
    }
  }
`);

export const AskRevision = graphql(`
  mutation AskRevision($input: RequestApprovalRevisionInput!) {
    requestApprovalRevision(input: $input) {
      __typename
      ... on Approval { ...ApprovalDetail }
      ... on ApprovalDecided { message approval { ...ApprovalDetail } }
    }
  }
`);

export const ResubmitApproval = graphql(`
  mutation ResubmitApproval($input: ResubmitApprovalInput!) {
    resubmitApproval(input: $input) {
      __typename
      ... on Approval { ...ApprovalDetail }
      ... on ApprovalDecided { message approval { ...ApprovalDetail } }
    }
  }
`);

export const ApprovalVersionsQuery = graphql(`
  query ApprovalVersions($id: ID!, $first: Int!, $after: Cursor) {
    approval(id: $id) {
      id
      versions(first: $first, after: $after) {
        nodes {
          id
          number
          title
          body
          createdAt
          submittedBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
          run { id number }
          hireBudget { metric }
          changes { name before after }
          bodyDiff { oldStart newStart lines }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const WithdrawApproval = graphql(`
  mutation WithdrawApproval($input: WithdrawApprovalInput!) {
    withdrawApproval(input: $input) {
      __typename
      ... on Approval { ...ApprovalDetail }
      ... on ApprovalDecided { message approval { ...ApprovalDetail } }
    }
  }
`);

export const AddApprovalComment = graphql(`
  mutation AddApprovalComment($input: AddApprovalCommentInput!) {
    addApprovalComment(input: $input) {
      id
      approval { ...ApprovalDetail }
    }
  }
`);

/** What the dashboard lists among what waits for a person. */
export const WaitingApprovalsQuery = graphql(`
  query WaitingApprovals($prefix: String!) {
    company(ref: $prefix) {
      id
      approvals(first: 20, filter: { statuses: [PENDING] }) { nodes { ...ApprovalLine } }
    }
  }
`);
