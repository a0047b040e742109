import { graphql } from '../../graphql/generated/gql.ts';

/** A document as a list names it. */
export const DocumentName = graphql(`
  fragment DocumentName on Document {
    id
    key
    title
    number
    updatedAt
    lockedAt
  }
`);

export const DocumentQuery = graphql(`
  query Document($issue: String!, $key: String!) {
    issue(ref: $issue) {
      id
      document(key: $key) { ...DocumentText }
    }
  }
`);

export const DocumentText = graphql(`
  fragment DocumentText on Document {
    id
    key
    title
    body
    number
    updatedAt
    lockedAt
    lockedBy { id name }
    latestRevision { id number }
    revisions(first: 50) {
      nodes {
        id
        number
        changeSummary
        restoredFrom
        createdAt
        author { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
        run { id number }
      }
    }
  }
`);

/** One revision, and what it changed. */
export const RevisionQuery = graphql(`
  query Revision($issue: String!, $key: String!, $number: Int!) {
    issue(ref: $issue) {
      id
      document(key: $key) {
        id
        revision(number: $number) { id number body }
        diff(to: $number) { added removed hunks { newStart oldStart lines } }
      }
    }
  }
`);

export const PutDocument = graphql(`
  mutation PutDocument($input: PutDocumentInput!) {
    putDocument(input: $input) {
      __typename
      ... on Document { ...DocumentText }
      ... on DocumentOutdated {
        message
        newer { id number body changeSummary createdAt author { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } } }
        current { ...DocumentText }
      }
      ... on DocumentLocked { message document { ...DocumentText } }
      ... on DocumentDerived { message document { ...DocumentText } }
      ... on IssueHeld { message holder { id number } }
    }
  }
`);

export const RestoreDocument = graphql(`
  mutation RestoreDocument($input: RestoreDocumentInput!) {
    restoreDocument(input: $input) {
      __typename
      ... on Document { ...DocumentText }
      ... on DocumentLocked { message }
      ... on DocumentOutdated { message }
      ... on IssueHeld { message }
    }
  }
`);

export const LockDocument = graphql(`
  mutation LockDocument($input: LockDocumentInput!) {
    lockDocument(input: $input) { id lockedAt lockedBy { id name } }
  }
`);

export const UnlockDocument = graphql(`
  mutation UnlockDocument($input: UnlockDocumentInput!) {
    unlockDocument(input: $input) { id lockedAt lockedBy { id name } }
  }
`);
