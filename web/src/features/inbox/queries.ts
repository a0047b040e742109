import { graphql } from '../../graphql/generated/gql.ts';

export const InboxQuery = graphql(`
  query Inbox($companyId: ID!, $filter: InboxFilter) {
    inbox(companyId: $companyId, first: 50, filter: $filter) {
      nodes {
        at
        isUnread
        isArchived
        issue { id identifier title issueStatus: status }
        approval { id title approvalType: type approvalStatus: status requestedBy { __typename ... on User { id name } ... on Agent { id name } ... on System { name } } }
        events {
          reason
          at
          interaction { id title createdBy { __typename ... on User { id name } ... on Agent { id name } ... on System { name } } }
          comment { id body author { __typename ... on User { id name } ... on Agent { id name } ... on System { name } } }
          run { id number agent { id name } }
          recovery { id nextAction }
        }
      }
      pageInfo { hasNextPage }
    }
  }
`);

/** How many are unread, for every page's frame; the server answers it with one statement. */
export const InboxUnreadQuery = graphql(`
  query InboxUnread($companyId: ID!) {
    inbox(companyId: $companyId, first: 99, filter: { unread: true }) {
      nodes { at }
      pageInfo { hasNextPage }
    }
  }
`);

export const MarkRead = graphql(`
  mutation MarkRead($input: MarkReadInput!) {
    markRead(input: $input) { readAt }
  }
`);

export const ArchiveFromInbox = graphql(`
  mutation ArchiveFromInbox($input: ArchiveFromInboxInput!) {
    archiveFromInbox(input: $input) { archivedAt }
  }
`);
