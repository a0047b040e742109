import { graphql } from '../../../graphql/generated/gql.ts';

export const AnnotationThread = graphql(`
  fragment AnnotationThread on AnnotationThread {
    id
    status
    anchorState
    confidence
    quote
    place { text }
    resolvedAt
    resolvedBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
    comments(first: 25) {
      nodes {
        id
        body
        createdAt
        author { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
        run { id number }
      }
      pageInfo { hasNextPage }
    }
  }
`);

export const ThreadsQuery = graphql(`
  query DocumentThreads($issue: String!, $key: String!, $status: ThreadStatus!) {
    issue(ref: $issue) {
      id
      document(key: $key) {
        id
        annotations { open resolved stale orphaned }
        threads(first: 25, status: $status) {
          nodes { ...AnnotationThread }
          pageInfo { hasNextPage }
        }
      }
    }
  }
`);

export const CreateAnnotation = graphql(`
  mutation CreateAnnotation($input: CreateAnnotationInput!) {
    createAnnotation(input: $input) {
      __typename
      ... on AnnotationThread { ...AnnotationThread }
      ... on DocumentOutdated { message }
    }
  }
`);

export const ReplyToAnnotation = graphql(`
  mutation ReplyToAnnotation($input: ReplyToAnnotationInput!) {
    replyToAnnotation(input: $input) { id }
  }
`);

export const ResolveAnnotation = graphql(`
  mutation ResolveAnnotation($input: ResolveAnnotationInput!) {
    resolveAnnotation(input: $input) { id status }
  }
`);

export const ReopenAnnotation = graphql(`
  mutation ReopenAnnotation($input: ReopenAnnotationInput!) {
    reopenAnnotation(input: $input) { id status }
  }
`);
